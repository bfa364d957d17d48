"""The beginning of a letter, to be read at once, and the rest of it, to be unfolded."""

import re
import unicodedata

from letters import paper

WHOLE = 420  # characters: what is hardly longer than a beginning is shown whole
LEAST, MOST = 140, 300  # characters of a beginning
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=## )")
_SPACE = re.compile(r"\s")


def parted(words, heading_level=2):
    """The words as safe HTML (see `paper.html`), in two parts; the second is "" for a short
    letter. Where a paragraph is cut, dots say so."""
    words = paper.calm(words).strip()
    if len(words) <= WHOLE:
        return paper.html(words, heading_level), ""
    end, is_between = _cut(words)
    first, rest = words[:end].rstrip(), words[end:].lstrip()
    if not is_between:
        first, rest = f"{first} …", f"… {rest}"
    return paper.html(first, heading_level), paper.html(rest, heading_level)


def _cut(words):
    """Where to cut, and whether that is between two paragraphs; else it is between two words
    or, in scripts without spaces, between two letters; never within a gap."""
    for pattern, is_between in ((_PARAGRAPH, True), (_SPACE, False)):
        found = [match.start() for match in pattern.finditer(words, LEAST, MOST)]
        if found and not _gap_at(words, found[-1]):
            return found[-1], is_between
    end = MOST
    if gap := _gap_at(words, end):
        return gap.end(), False
    while end < len(words) and unicodedata.category(words[end])[0] in "MC":
        end += 1  # marks of the last letter, and joiners
    return end, False


def _gap_at(words, place):
    for gap in paper.GAP.finditer(words, 0, place + 60):
        if gap.start() < place < gap.end():
            return gap
    return None
