"""Whom a letter can be to: the list that the form offers, found by name and kind."""

from functools import cached_property

from letters.models import DecisionMaker
from letters.vocabulary import AddresseeKind

SHOWN = 12
FIND_LENGTH = 100


class Addressees:
    """What the page shows of the list: those that she looked for, or the first; whoever is
    chosen stays.

    find: words of a name, as typed. kind: a code of AddresseeKind, or "". chosen: a slug, or "".
    """

    kinds = AddresseeKind.choices

    def __init__(self, reader_language, find="", kind="", chosen=""):
        self.language, self.chosen = reader_language, chosen
        self.find = "".join(filter(str.isprintable, find))[:FIND_LENGTH].strip()
        self.kind = kind if kind in AddresseeKind.values else ""

    @cached_property
    def rows(self):
        """[{slug, name, language, chosen}]"""
        found = DecisionMaker.search(self.find, self.kind, self.language, limit=SHOWN + 1)
        if not self.find and not self.kind:
            # Whom most people think of comes first; an address book may hold thousands.
            first = DecisionMaker.search("", "platform", self.language, limit=SHOWN + 1)
            found = [*first, *(row for row in found if row not in first)]
        self.has_more = len(found) > SHOWN
        found = [(slug, name, code) for slug, name, code, _kind in found[:SHOWN]]
        if self.chosen and self.chosen not in [slug for slug, *_rest in found]:
            names = DecisionMaker.names_in(self.language, only={self.chosen})
            found = [(self.chosen, *name) for name in names.values()] + found
        return [
            {"slug": slug, "name": name, "language": code, "chosen": slug == self.chosen}
            for slug, name, code in found
        ]

    @property
    def found_nobody(self):
        return bool(self.find or self.kind) and not self.rows
