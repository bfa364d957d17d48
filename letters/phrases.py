"""Where phrases stand in a text, however they were typed: in capitals, over a line's end, with
other quotation marks or without invisible joiners.
"""

import re
import unicodedata

from letters import paper
from letters.vocabulary import GapReason

# Keyboards and phones choose between these by themselves.
_ALIKE = str.maketrans("‘’‚‛′“”„‟″", "'''''" + '"""""')


def fold(text: str) -> tuple[str, list[int]]:
    """Return the text for comparing, and for each of its characters the place in `text` that it
    comes from.
    """
    characters, places = [], []
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            continue
        for part in character.casefold().translate(_ALIKE):
            characters.append(part)
            places.append(place)
    return "".join(characters), places


def _pattern(phrase):
    parts = fold(phrase)[0].split()
    # Not inside words: names carry prefixes and suffixes in most languages. Rather a gap too many.
    return re.compile(r"\s+".join(map(re.escape, parts))) if parts else None


def _merged(found):
    merged = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def spans(text: str, phrase: str) -> list[tuple[int, int]]:
    """Return (start, end) of every place where the phrase stands, none of them in a gap."""
    pattern = _pattern(phrase)
    if pattern is None:
        return []
    gaps = [match.span() for match in paper.GAP.finditer(text)]
    folded, places = fold(text)
    found = []
    for match in pattern.finditer(folded):
        start, end = places[match.start()], places[match.end() - 1] + 1
        # Marks that belong to its last letter go with it.
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if all(end <= gap_start or gap_end <= start for gap_start, gap_end in gaps):
            found.append((start, end))
    return _merged(found)


def merged_spans(text: str, phrases: list[str]) -> list[tuple[int, int]]:
    """Return (start, end) of all places of all phrases, apart from each other."""
    return _merged(span for phrase in phrases for span in spans(text, phrase))


def gap_length(length: int, one_line: bool) -> int:
    """Return how many characters stand where so many were blanked out by the writer."""
    if not one_line:
        return len(paper.gap(GapReason.WRITER))
    return len(dots(length))


def dots(length: int) -> str:
    """Return what stands in a single line for so many characters, and takes no more room."""
    return "[…]" if length > 2 else "…"


def blanked(
    text: str, phrases: list[str], *, one_line: bool = False, reason=GapReason.WRITER
) -> tuple[str, dict]:
    """Return the text without the phrases, and {phrase: at how many places it stood}.

    one_line: a title, a name, a description. They are shown as they are, so dots stand for what
    is gone, and take no more room than it.
    """
    places = {phrase: spans(text, phrase) for phrase in phrases}
    merged = _merged(span for found in places.values() for span in found)
    if one_line:
        for start, end in reversed(merged):
            text = text[:start] + dots(end - start) + text[end:]
    else:
        text = paper.blanked(text, [(start, end, reason) for start, end in merged])
    return text, {phrase: len(found) for phrase, found in places.items()}
