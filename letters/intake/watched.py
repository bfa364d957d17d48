"""Where words that editors watch for stand in a text; capitals and accents don't matter."""

import re
import unicodedata
from functools import lru_cache

from letters import search
from letters.models import WordList
from portal import tree

# Thai, Lao, Tibetan, Burmese, Khmer, Kana and Han.
_WITHOUT_SPACES = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# What an Arabic or Hebrew word is the same without: vowel marks, and the stroke that stretches it.
_VOWELS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]")
_ARABIC = re.compile("[\u0620-\u064a]")
# "and", "with", "for" and "the" are written in one with the Arabic word that follows.
_WRITTEN_IN_ONE = "(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)"


def lines(language: str) -> list[str]:
    """What editors watch for in a language: words and phrases. At most one query, then from
    memory."""
    lists = tree.current().remember(
        ("word-lists",), lambda: dict(WordList.objects.values_list("language", "words"))
    )
    watched = lists.get(language) or lists.get(language.partition("-")[0]) or ""
    return [line.strip() for line in watched.splitlines() if line.strip()]


def spans(text: str, watched: list[str]) -> list[tuple[int, int]]:
    """Return (start, end) of every place where one of `lines` stands, in order and apart from
    each other. Whole words; in scripts without spaces between words, wherever they stand.
    """
    folded, places = _folded(text)
    found = []
    for line in map(_folded_line, watched):
        if line and line in folded:
            for match in _pattern(line).finditer(folded):
                found.append((places[match.start()][0], places[match.end() - 1][1]))
    apart = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _pattern(folded):
    if _WITHOUT_SPACES.search(folded):
        return re.compile(re.escape(folded))
    before = _WRITTEN_IN_ONE if _ARABIC.match(folded) else ""
    return re.compile(rf"(?<!\w){before}{re.escape(folded)}(?!\w)")


@lru_cache(maxsize=4096)
def _folded_line(line):
    return _folded(line)[0]


def _folded(text):
    """The text as it is compared, and (start, end) in `text` of what each character stands for."""
    characters, places, start = [], [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        part = text[start:end]
        plain = part.lower() if part.isascii() else _VOWELS.sub("", search.fold(part))
        characters.append(plain)
        places += [(start, end)] * len(plain)
        start = end
    return "".join(characters), places
