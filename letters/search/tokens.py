"""What a word is, in any script. Both databases get words that were cut here: their own ideas
of words differ, and PostgreSQL's depend on its locale.

Scripts that are written without spaces are cut into pairs that overlap; a run of them ends with
its last sign alone, so that each sign begins a token. "爱你们" is 爱你, 你们, 们.
"""

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

LONGEST = 40  # characters of a word that count
MOST_MARKS = 8  # on one sign

_ACCENTS = re.compile(
    "[\u0300-\u036f"  # Latin, Greek, Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # points of Hebrew: few people type them
    "\u0610-\u061a\u0640\u064b-\u0652\u0670]"  # vowels of Arabic, and its stretching
)
# Letters with a stroke, or without a dot: to Unicode no accents, to who types they are.
_STROKES = str.maketrans("đðħıłøŧ", "ddhilot")
_ALEF = re.compile("\u0627[\u0653-\u0655]")  # with hamza or without: people type either

WORD, PAIRS, MARK, NOTHING, END = range(5)
# Where no space parts words: Chinese, Japanese, Thai, Lao, Burmese, Khmer and their neighbours.
_UNSPACED = [
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19FF), (0x1A20, 0x1AAF)),
    *((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF)),
    *((0x16FE0, 0x18DFF), (0x1AFF0, 0x1B2FF), (0x20000, 0x3FFFD)),
]


def fold(text):
    """Lower case without accents, so that "corazon" finds "corazón"; one form on every
    database. Marks that carry meaning in other scripts (Devanagari vowels) stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    plain = _ALEF.sub("\u0627", _ACCENTS.sub("", unicodedata.normalize("NFKD", decomposed)))
    return unicodedata.normalize("NFC", plain.translate(_STROKES))


@lru_cache(maxsize=1 << 14)
def _kind(character):
    category = unicodedata.category(character)
    if category[0] == "M":
        return MARK
    if category == "Cf":  # joiners and hyphens that nobody sees
        return NOTHING
    if category[0] == "L":
        code = ord(character)
        return PAIRS if any(low <= code <= high for low, high in _UNSPACED) else WORD
    return WORD if category[0] == "N" else END


def runs(folded):
    """[(whether it is cut into pairs, its signs)]: a word has one sign, itself."""
    found, kind = [], END
    for character in folded:
        what = _kind(character)
        if what == NOTHING:
            continue
        if what == MARK:
            if kind != END:
                signs = found[-1][1]
                if len(signs[-1]) < (LONGEST if kind == WORD else MOST_MARKS):
                    signs[-1] += character
            continue
        if what == WORD == kind:
            signs = found[-1][1]
            if len(signs[0]) < LONGEST:
                signs[0] += character
        elif what == PAIRS == kind:
            found[-1][1].append(character)
        elif what != END:
            found.append((what == PAIRS, [character]))
        kind = what
    return found


def pairs(signs):
    return [first + second for first, second in zip(signs, signs[1:], strict=False)]


def tokens(folded):
    """The words of a text that `fold` gave, in their order."""
    found = []
    for is_cut, signs in runs(folded):
        found += [*pairs(signs), signs[-1]] if is_cut else signs
    return found


def neighbours(words):
    """A token for each two that follow each other; seldom, others have the same one."""
    return [
        f"@w{crc32(f'{first} {second}'.encode()) & 0x3FFF:x}"
        for first, second in zip(words, words[1:], strict=False)
    ]


def text_of(fields):
    """What the databases keep of some texts, a line each: its tokens, with a space before and
    after each, so that a phrase can be looked for as it is. In a last line stand their
    `neighbours`, so that few letters have to be looked through for a phrase."""
    lines = list(filter(None, (tokens(fold(field)) for field in fields)))
    near = dict.fromkeys(token for line in lines for token in neighbours(line))
    return "\n".join(f" {' '.join(line)} " for line in [*lines, near] if line)
