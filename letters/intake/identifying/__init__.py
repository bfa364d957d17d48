"""What in a letter could tell people who somebody is, so that the check page can point at it.

It suggests, and she decides: plain cases in every script are found, ordinary words are left alone.
"""

from letters.intake.identifying import address, name, number, online, phone
from letters.intake.identifying.mark import IdentifyingKind, Mark
from letters.intake.identifying.reading import Reading

__all__ = ["IdentifyingKind", "Mark", "find"]

# Where two marks are equally long, the one that knows more wins.
_FINDERS = (online.find, number.find, phone.find, address.find, name.find)


def find(text: str, language: str = "") -> list[Mark]:
    """Return what could identify somebody, in order and without overlaps.

    Positions are Python characters of `text`, which is as `letters.intake.words` keeps it.
    `language` (a code such as "pt-br", or "") says in which countries' manner numbers without a
    country code are read. Never raises; takes time in proportion to the length.
    """
    reading = Reading.of(text)
    found = [mark for finder in _FINDERS for mark in finder(reading, language)]
    found.sort(key=lambda mark: mark.start - mark.end)
    taken = bytearray(len(text))
    marks = []
    for mark in found:
        if mark.start < mark.end and 1 not in taken[mark.start : mark.end]:
            taken[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
            marks.append(mark)
    return sorted(marks)
