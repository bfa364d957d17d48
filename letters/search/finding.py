"""Looking letters up: newest first from anywhere, or the best of the newest that fit. However
many letters there are, and whatever is asked for, it ends within a part of a second."""

# ruff: noqa: S608 (what is put together here are names of ours; values are parameters)
import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection

from letters.search.index import SHELF_BITS, TOKENS, token
from letters.search.query import Query

MOST = 1_000  # letters that are counted, and put in order by how well they fit
PATIENCE = 300  # milliseconds
ANYWHERE = 1 << 62  # newer than any letter


@dataclass
class Found:
    """Keys of letters, in order. is_all: there are no others. is_late: it had to be stopped."""

    keys: list
    is_all: bool = True
    is_late: bool = False


def find(query, filters=(), *, before=None, after=None):
    """The newest public letters that fit a Query, newest first; with `after` (a key), those that
    are next to it, newest first. No more than MOST, and one to tell that there are more.

    filters: {column of `index.FILTERS`: value, or list of values}. before, after: keys, not
    found themselves.
    """
    if not query:
        return Found([])
    search = _Search(query, dict(filters), before, after)
    found = search.in_sqlite() if connection.vendor == "sqlite" else search.in_postgresql()
    found.keys.sort(reverse=True)
    return found


def best(query, filters=(), *, upto=None):
    """Of the newest that fit, those first that fit best. upto: a key, none newer than this."""
    from letters.models import Letter

    before = None if upto is None else upto + 1
    found = find(query, filters, before=before)
    texts = Letter.objects.filter(pk__in=found.keys[:MOST]).values_list("pk", "search_text")
    found.keys = [
        key for _score, key in sorted(((query.score(text), pk) for pk, text in texts), reverse=True)
    ]
    return found


def matching(letters, query):
    """Those of some letters that fit what somebody on the team asks for: of the newest MOST
    that readers could find, and of those that are hidden."""
    query = Query.of(query)
    if not query:
        return letters.none()
    hidden = letters.filter(hidden=True).order_by("-pk").values_list("pk", "search_text")
    keys = [pk for pk, text in hidden[:MOST] if query.matches(text)]
    return letters.filter(pk__in=[*keys, *find(query).keys[:MOST]])


class _Search:
    def __init__(self, query, filters, before, after):
        self.query, self.before, self.after = query, before, after
        self.filters = {
            column: value if isinstance(value, list) else [value]
            for column, value in filters.items()
        }
        self.order = "ASC" if after is not None else "DESC"

    def _bounds(self, column):
        if self.after is not None:
            return f"{column} > %s", [self.after]
        if self.before is not None:
            return f"{column} < %s", [self.before]
        return "TRUE", []

    # ---------------------------------------------------------------------- SQLite

    def in_sqlite(self):
        words = self._tokens('"', "*", " OR ")
        bounds, values = self._bounds("letters_search.rowid")
        phrases, needles = self._phrases("instr")
        if phrases:
            letter = "SELECT 1 FROM letters_letter WHERE id = letters_search.rowid"
            phrases = f"AND EXISTS ({letter}{phrases})"
        sql = (
            "SELECT letters_search.rowid FROM letters_search "
            f"WHERE letters_search MATCH %s AND {bounds} {phrases} "
            f"ORDER BY letters_search.rowid {self.order} LIMIT %s"
        )
        found = Found([])
        with connection.cursor() as cursor, interrupted_after(PATIENCE):
            try:
                cursor.execute(sql, [" AND ".join(words), *values, *needles, MOST + 1])
                for (key,) in cursor:
                    found.keys.append(key)
            except OperationalError as error:
                if "interrupted" not in str(error):
                    raise
                found.is_late = True
        found.is_all = len(found.keys) <= MOST and not found.is_late
        return found

    # ------------------------------------------------------------------ PostgreSQL

    def in_postgresql(self):
        """From shelf to shelf of the index, until there are enough or time is up. Behind the last
        one stands a key that no letter has."""
        bounds, values = self._bounds("id")
        phrases, needles = self._phrases("strpos")
        if self.after is not None:
            first, last, step = "GREATEST(oldest, %s)", "GREATEST(newest, %s)", 1
            edge = self.after + 1
        else:
            first, last, step = "LEAST(newest, %s)", "LEAST(oldest, %s)", -1
            edge = ANYWHERE if self.before is None else self.before - 1
        sql = f"""
            WITH ends AS (
                SELECT {first} >> {SHELF_BITS} AS first, ({last} >> {SHELF_BITS}) + {step} AS last
                FROM (
                    SELECT COALESCE(min(id), 0) AS oldest, COALESCE(max(id), 0) AS newest
                    FROM letters_letter
                ) AS keys
            ), shelves AS (
                SELECT shelf, shelf = last AS is_end
                FROM ends, generate_series(first, last, {step}) AS shelf
                WHERE clock_timestamp() < statement_timestamp() + %s * INTERVAL '1 ms' OFFSET 0
            )
            SELECT id FROM shelves CROSS JOIN LATERAL (
                (
                    SELECT id FROM letters_letter
                    WHERE {TOKENS} @@ replace(%s, '#', to_hex(shelf))::tsquery
                    AND NOT hidden AND {bounds} {phrases} ORDER BY id {self.order}
                )
                UNION ALL SELECT 0 WHERE is_end
            ) AS hits LIMIT %s
        """
        asked = " & ".join(self._tokens("'", ":*", " | ", "#/"))
        keys = self._ask(sql, [edge, edge, PATIENCE, asked, *values, *needles, MOST + 1])
        is_all = bool(keys) and keys[-1] == 0
        is_late = not is_all and len(keys) <= MOST
        return Found(keys[:-1] if is_all else keys, is_all, is_late)

    @staticmethod
    def _ask(sql, values):
        """The first column. One trip, which is a transaction of its own or a part of the one that
        is open. The planner takes tables for smaller than they are, or searches for longer."""
        settings = ["enable_seqscan = off", "jit = off"]
        before = "".join(f"SET LOCAL {one}; " for one in settings)
        after = "".join(f"; SET LOCAL {one.split()[0]} = DEFAULT" for one in settings)
        with connection.cursor() as cursor:
            cursor.execute(f"{before}{sql}{after}", values)
            while cursor.description is None:
                cursor.nextset()
            return [key for (key,) in cursor.fetchall()]

    # ------------------------------------------------------------------------ both

    def _tokens(self, mark, begins, either, shelf=""):
        """What the index must have of a letter, in the words of a database."""
        asked = []
        for term in self.query.terms:
            *whole, last = (f"{mark}{shelf}{one}{mark}" for one in term.tokens)
            asked += [*whole, last + begins * term.is_begun]
            asked += [f"{mark}{shelf}{one}{mark}" for one in term.neighbours]
        for column, values in self.filters.items():
            tokens = (_quoted(shelf + token(column, value), mark) for value in values)
            asked.append(f"({either.join(tokens)})")
        return asked

    def _phrases(self, place):
        """SQL, and its values."""
        needles = [term.needle for term in self.query.phrases]
        return f" AND {place}(search_text, %s) > 0" * len(needles), needles


def _quoted(text, mark):
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"


@contextmanager
def interrupted_after(milliseconds):
    """SQLite stops what it is at after this time."""
    end = time.monotonic() + milliseconds / 1000
    raw = connection.connection
    raw.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)
