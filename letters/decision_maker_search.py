"""Finding decision-makers by what people type: in memory, whatever there are."""

from django.conf import settings
from django.utils import translation

from letters.search import MAX_LENGTH, MAX_TERMS, fold
from letters.vocabulary import AddresseeKind
from portal.names import country_name

NOT_FOUND = 5


class Entry:
    """What a search looks at, folded; `answer` is what it gives. Few strings, no lists: there
    may be thousands, for as long as the process lives."""

    __slots__ = ("answer", "everything", "kind", "names")

    def __init__(self, answer, names, others):
        self.answer, self.kind = answer, answer[3]
        self.names = "".join(f"\n{_folded(name)}" for name in names) + "\n"
        self.everything = self.names + "\n".join(map(_folded, others))

    def rank(self, phrase):
        """0: its name; 1: how a name begins; 2: how words of a name begin; 3: a piece of a
        name; 4: elsewhere."""
        terms = phrase.split()[:MAX_TERMS]
        if not all(term in self.everything for term in terms):
            return NOT_FOUND
        if f"\n{phrase}\n" in self.names:
            return 0
        if f"\n{phrase}" in self.names:
            return 1
        if all(f"\n{term}" in self.names or f" {term}" in self.names for term in terms):
            return 2
        return 3 if phrase in self.names else 4


def _folded(text):
    return " ".join(fold(text).split())


def entries_in(model, language):
    """[Entry] of all decision-makers for a reader, sorted by name. Two queries at most."""
    rows = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE).values_list(
        "slug", "name", "kind", "office", "countries"
    )
    names, entries, places = model.names_in(language), [], {}
    with translation.override(language):
        kinds = {code: str(label) for code, label in AddresseeKind.choices}
        for slug, source_name, kind, office, codes in rows:
            places |= {code: country_name(code) for code in codes if code not in places}
            name, code = names.get(slug, (source_name, settings.LANGUAGE_CODE))
            others = [office, kinds.get(kind, ""), *(places[code] for code in codes)]
            answer = (slug, name, code, kind)
            entries.append(Entry(answer, dict.fromkeys([name, source_name, slug]), others))
    return sorted(entries, key=lambda entry: (entry.names, entry.answer[0]))


def best(entries, text, kind=""):
    """The entries in which every word of `text` is found, best first; all for an empty text."""
    found = [entry for entry in entries if not kind or entry.kind == kind]
    phrase = _folded(text[:MAX_LENGTH])
    if not phrase:
        return found
    ranked = [(entry.rank(phrase), entry) for entry in found]
    # Sorting is stable: those of one rank stay in the order of their names.
    ranked.sort(key=lambda pair: pair[0])
    return [entry for rank, entry in ranked if rank < NOT_FOUND]
