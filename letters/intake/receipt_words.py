"""A receipt as six words of the writer's language, for those who would rather keep words.

The twenty digits are a number; in the base of as many words as a list has, six places hold it.
A list of `wordlists/` is therefore never changed, not even put in another order: receipts on
paper are read with it.
"""

import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "wordlists"
DIGITS, WORDS = 20, 6
ENOUGH = 2155  # words: the smallest base whose sixth power is more than all receipts

# Marks that hardly anybody types: accents, Arabic vowels, hamza and the lengthener, the dot below
# of Devanagari.
_LEFT_OUT = {
    *range(0x0300, 0x0370),
    *range(0x0610, 0x061B),
    0x0640,
    *range(0x064B, 0x0660),
    0x0670,
    *range(0x06D6, 0x06EE),
    0x093C,
}
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(_LEFT_OUT, ""),
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ٱ": "ا",
        "ँ": "ं",
        "œ": "oe",
        "æ": "ae",
    }
)


def fold(word: str) -> str:
    """Return what two ways of typing the same word have in common."""
    folded = unicodedata.normalize("NFKD", word.casefold()).translate(_ALIKE)
    folded = "".join(mark for mark in folded if unicodedata.category(mark) != "Cf")
    return unicodedata.normalize("NFC", folded)


class WordList:
    """The words of a language, and where each stands among them."""

    def __init__(self, words):
        self.words = words
        self.places = {fold(word): place for place, word in enumerate(words)}
        lengths = {len(word) for word in self.places}
        # Words that are all as long as each other need no spaces between them.
        self.length = lengths.pop() if len(lengths) == 1 else 0

    def parted(self, typed):
        """Typed words, folded, as words of this list: without spaces too, where that works."""
        together = "".join(typed)
        if self.length and len(together) == self.length * WORDS:
            starts = range(0, len(together), self.length)
            return [together[start : start + self.length] for start in starts]
        return typed

    def write(self, number):
        places = []
        for _place in range(WORDS):
            number, place = divmod(number, len(self.words))
            places.append(place)
        return [self.words[place] for place in reversed(places)]

    def read(self, typed):
        """The number that six folded words stand for; None if they aren't six of this list."""
        words = self.parted(typed)
        if len(words) != WORDS or any(word not in self.places for word in words):
            return None
        number = 0
        for word in words:
            number = number * len(self.words) + self.places[word]
        return number


@cache
def _list(code):
    """The list of a language, or None."""
    path = FOLDER / f"{code}.txt"
    if not path.exists():
        return None
    words = path.read_text(encoding="utf-8").split()
    return WordList(words) if len(words) >= ENOUGH else None


@cache
def _codes():
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def _code(language):
    """The list that serves a language: its own, or that of the language it is a form of."""
    generic = language.partition("-")[0]
    return next((code for code in (language, generic) if code in _codes() and _list(code)), "")


def has_words(language: str) -> bool:
    return bool(_code(language))


def as_words(receipt: str, language: str) -> list[str]:
    """Return the twenty digits as six words; [] in a language without a list."""
    code = _code(language)
    return _list(code).write(int(receipt)) if code else []


def readings(typed: str) -> list[str]:
    """Return the receipts, in digits, that typed words can stand for: hardly ever two, where
    languages share words. Case, accents and what stands between the words don't matter.
    """
    words = [fold(word) for word in _words(typed)]
    if not words:
        return []
    found = []
    for code in _codes():
        number = _list(code).read(words) if _list(code) else None
        if number is not None and number < 10**DIGITS:
            found.append(f"{number:0{DIGITS}d}")
    return list(dict.fromkeys(found))


def read_words(typed: str) -> str:
    """Return the receipt that typed words stand for, in digits; "" if there is none."""
    return next(iter(readings(typed)), "")


def _words(typed):
    """Letters with their marks; whatever else is between them parts them."""
    belongs = [
        character if unicodedata.category(character)[0] in "LM" else " "
        for character in typed
        if unicodedata.category(character) != "Cf"
    ]
    return "".join(belongs).split()
