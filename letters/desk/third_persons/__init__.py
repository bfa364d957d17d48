"""Where a letter seems to name somebody else: a neighbour, a former husband, a colleague.

A hint for the moderator, who decides. It sees more than `letters.intake.identifying`, which points
at names on the writer's own page and must be sure; so it is used at the desk alone.
"""

from collections.abc import Iterable

from letters.desk.third_persons import arabic, capitals, chinese, hindi, named_places
from letters.desk.third_persons.capital_text import words_of
from letters.intake.identifying.reading import Reading


def find(text: str, language: str, known: Iterable[str] = ()) -> list[tuple[int, int]]:
    """(start, end) of what may be names, in order and apart from each other, in characters of
    `text`. language: a code such as "zh-hans"; known: names that need no mark, such as the
    addressee's. Takes time in proportion to the length.
    """
    reading = Reading.of(text)
    known = " ".join(Reading.of(name).lower for name in known if name)
    places = named_places.of(language)
    found = [
        *capitals.find(reading, language, places, frozenset(words_of(known))),
        *arabic.find(reading.plain),
        *hindi.find(reading.plain),
        *chinese.find(reading.plain),
    ]
    apart = []
    for start, end in sorted(found):
        # Capitals were compared word by word.
        if known and not text[start].isupper() and reading.lower[start:end] in known:
            continue
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
