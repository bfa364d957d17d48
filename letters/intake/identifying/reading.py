"""A text as the finders read it: digits, spaces and dashes of every script are one, and every
character keeps its place.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_SAME = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "−": "-", "\t": " "}
_SAME |= dict.fromkeys("‐‑‒–", "-")
# Phones put these around a number that is copied into text of the other direction.
_SAME |= dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", " ")


class _Plain(dict):
    def __missing__(self, code):
        character = chr(code)
        if code < 0x80 and character not in _SAME:
            plain = character
        elif (digit := unicodedata.decimal(character, None)) is not None:
            plain = str(digit)
        elif 0xFF01 <= code <= 0xFF5E:  # full-width
            plain = _SAME.get(chr(code - 0xFEE0), chr(code - 0xFEE0))
        elif unicodedata.category(character) == "Zs":
            plain = " "
        else:
            plain = _SAME.get(character, character)
        self[code] = plain
        return plain


class _Lower(dict):
    def __missing__(self, code):
        lower = chr(code).lower()
        self[code] = lower if len(lower) == 1 else lower[0]
        return self[code]


_plain, _lower = _Plain(), _Lower()


class Reading(NamedTuple):
    plain: str
    lower: str

    @classmethod
    def of(cls, text: str) -> "Reading":
        plain = text.translate(_plain)
        return cls(plain, plain.translate(_lower))


def joins(character: str) -> bool:
    """True if a word goes on with this character, in a script that puts spaces between words."""
    return bool(character) and (
        (character.isalnum() and not runs_on(character))
        or character == "_"
        or unicodedata.category(character)[0] == "M"
        or character in "\u200c\u200d"
    )


def runs_on(character: str) -> bool:
    """True for scripts without spaces between words, and for Korean, whose words grow at the
    end: Thai, Lao, Myanmar, Khmer, Han, Kana, Hangul.
    """
    return (
        "\u0e00" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or "\u1780" <= character <= "\u17ff"
        or "\u1100" <= character <= "\u11ff"
        or "\u2e80" <= character <= "\u2fff"
        or "\u3005" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7ff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def phrases_in(lower: str, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) wherever one of `phrases` stands as whole words."""
    for phrase in phrases:
        open_start, open_end = runs_on(phrase[0]), not joins(phrase[-1])
        start = lower.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            if (open_start or not joins(lower[start - 1 : start])) and (
                open_end or not joins(lower[end : end + 1])
            ):
                yield start, end
            start = lower.find(phrase, end)
