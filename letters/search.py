"""Finding letters. Not through Wagtail's index: at many letters it holds a worker for
minutes, and it would keep tokens of erased ones."""

import unicodedata

from django.db.models import Q

MAX_TERMS = 6
MAX_LENGTH = 100


def fold(text):
    """Lower case without accents, so that "corazon" finds "corazón"; one form on every
    database. Marks that carry meaning in other scripts (Devanagari vowels) stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    latin = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", latin)


def matching(letters, query):
    """The letters that hold every word of the query (a piece of a word is enough, so scripts
    without spaces work too). Long queries are cut: a search may not hold a worker."""
    condition = Q()
    for term in fold(query[:MAX_LENGTH]).split()[:MAX_TERMS]:
        condition &= Q(search_text__contains=term)
    return letters.filter(condition)
