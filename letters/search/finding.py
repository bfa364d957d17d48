"""Looking letters up: newest first from anywhere, or the best of the newest that fit. However
many letters there are, and whatever is asked for, it ends within a part of a second."""

# ruff: noqa: S608 (what is put together here are names of ours; values are parameters)
import time
from dataclasses import dataclass

from django.db import connection

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
        self.order, self.step = ("ASC", 1) if after is not None else ("DESC", -1)

    def _bounds(self, column):
        if self.after is not None:
            return f"{column} > %s", [self.after]
        if self.before is not None:
            return f"{column} < %s", [self.before]
        return "TRUE", []

    # ---------------------------------------------------------------------- SQLite

    def in_sqlite(self):
        """From shelf to shelf of the index, until there are enough or time is up."""
        end = time.monotonic() + PATIENCE / 1000
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
        asked = " AND ".join(self._tokens('"', "*", " OR "))
        found = Found([])
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT first, last FROM ({self._ends('min', 'max')})", self._edges)
            [(first, last)] = cursor.fetchall()
            for shelf in range(first, last, self.step):
                if time.monotonic() >= end:
                    return Found(found.keys, is_all=False, is_late=True)
                words = asked.replace("#", f"{shelf:x}")
                cursor.execute(sql, [words, *values, *needles, MOST + 1 - len(found.keys)])
                found.keys += [key for (key,) in cursor]
                if len(found.keys) > MOST:
                    found.is_all = False
                    break
        return found

    # ------------------------------------------------------------------ PostgreSQL

    def in_postgresql(self):
        """From shelf to shelf of the index, until there are enough or time is up. Behind the last
        one stands a key that no letter has."""
        bounds, values = self._bounds("id")
        phrases, needles = self._phrases("strpos")
        sql = f"""
            WITH ends AS (
                {self._ends("LEAST", "GREATEST")}
            ), shelves AS (
                SELECT shelf, shelf = last AS is_end
                FROM ends, generate_series(first, last, {self.step}) AS shelf
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
        asked = " & ".join(self._tokens("'", ":*", " | "))
        keys = self._ask(sql, [*self._edges, PATIENCE, asked, *values, *needles, MOST + 1])
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

    def _tokens(self, mark, begins, either):
        """What the index must have of a letter, as a database is asked; "#" is for its shelf."""
        asked = [
            f"{mark}#/{one}{mark}{begins * is_begun}"
            for term in self.query.terms
            for one, is_begun in term.indexed
        ]
        for column, values in self.filters.items():
            tokens = (_quoted(f"#/{token(column, value)}", mark) for value in values)
            asked.append(f"({either.join(tokens)})")
        return asked

    def _ends(self, least, greatest):
        """SQL for the first shelf, and for the one behind the last; see `_edges`. least, greatest:
        what a database calls the functions that choose one of two."""
        first, last = f"{least}(newest, %s)", f"{least}(oldest, %s)"
        if self.step > 0:
            first, last = f"{greatest}(oldest, %s)", f"{greatest}(newest, %s)"
        return f"""
            SELECT {first} >> {SHELF_BITS} AS first, ({last} >> {SHELF_BITS}) + {self.step} AS last
            FROM (
                SELECT COALESCE((SELECT min(id) FROM letters_letter), 0) AS oldest,
                COALESCE((SELECT max(id) FROM letters_letter), 0) AS newest
            ) AS keys
        """

    @property
    def _edges(self):
        """The key it begins with, as often as `_ends` needs it."""
        if self.after is not None:
            return [self.after + 1] * 2
        return [ANYWHERE if self.before is None else self.before - 1] * 2

    def _phrases(self, place):
        """SQL, and its values."""
        needles = [term.needle for term in self.query.phrases]
        return f" AND {place}(search_text, %s) > 0" * len(needles), needles


def _quoted(text, mark):
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"
