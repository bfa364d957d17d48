"""Finding letters by what is in them: the same hits on every database, whatever there are.

`tokens` says what a word is, `query` what somebody asks for, `index` how the databases keep the
words, `finding` how they are looked up. Not through Wagtail's index: at many letters it holds a
worker for minutes, and it would keep words of erased ones.
"""

from letters.search.finding import MOST, Found, best, find, matching
from letters.search.query import MAX_LENGTH, MAX_TERMS, Query
from letters.search.tokens import fold, text_of

__all__ = [
    "MAX_LENGTH",
    "MAX_TERMS",
    "MOST",
    "Found",
    "Query",
    "best",
    "find",
    "fold",
    "matching",
    "text_of",
]
