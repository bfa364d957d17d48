"""Letters that are ticked in the list, from one page of it to the next: by their numbers, in the
address, so that it works without a script and nothing is kept anywhere.
"""

from typing import NamedTuple

from django.utils.translation import ngettext

MOST = 50  # that are decided together
LONGEST = 1000  # characters; fifty numbers of 18 digits
_BETWEEN = "-"


class Ticks(NamedTuple):
    """kept: numbers of letters, at most fifty. refused: those that came when it was full."""

    kept: list[int]
    refused: list[int]

    def __str__(self):
        return _BETWEEN.join(map(str, self.kept))

    @property
    def said(self):
        """A sentence about those that are not ticked; "" if all are."""
        if not self.refused:
            return ""
        words = ngettext(
            "At most %(most)s letters are decided together, and so many are ticked. "
            "This one is not: %(letters)s",
            "At most %(most)s letters are decided together, and so many are ticked. "
            "These are not: %(letters)s",
            len(self.refused),
        )
        letters = ", ".join(map(str, self.refused))
        return words % {"most": MOST, "letters": letters}


def of(*numbers):
    """The first fifty of some numbers, each once."""
    numbers = list(dict.fromkeys(numbers))
    return Ticks(numbers[:MOST], numbers[MOST:])


def keys_of(posted):
    """Numbers of submissions among what a form sent."""
    return [int(value) for value in posted if value.isdecimal() and len(value) <= 18]


def read(value):
    """The numbers in what `str(Ticks)` gave, or in anything else that an address may hold."""
    return keys_of(value[:LONGEST].split(_BETWEEN))


def posted(data):
    """The numbers that a page of the list sent: those ticked elsewhere, then those ticked here."""
    return [*read(data.get("elsewhere", "")), *keys_of(data.getlist("letter"))]
