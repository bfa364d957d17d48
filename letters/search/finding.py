"""Looking letters up: newest first from anywhere, or the best of the newest that fit. However
many letters there are, and whatever is asked for, it ends within a part of a second."""

# ruff: noqa: S608 (what is put together here are names of ours; values are parameters)
import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection

from letters.search.index import token
from letters.search.query import Query

MOST = 1_000  # letters that are counted, and put in order by how well they fit
NEWEST = 1_000  # PostgreSQL looks through so many before it asks its index
NEWEST_FOR_BEST = 4_000
ENOUGH_FOR_BEST = 100
PATIENCE = 300  # milliseconds
QUERY_CANCELED = "57014"


@dataclass
class Found:
    """Keys of letters, in order. is_all: there are no others. is_late: it had to be stopped."""

    keys: list
    is_all: bool = True
    is_late: bool = False


def find(query, filters=(), *, before=None, after=None, count=MOST):
    """The newest public letters that fit a Query, newest first; with `after` (a key), those that
    are next to it, newest first. At least `count` of them if there are so many.

    filters: {column of `index.FILTERS`: value, or list of values}. before, after: keys, not
    found themselves.
    """
    if not query:
        return Found([])
    search = _Search(query, dict(filters), before, after)
    found = (
        search.in_sqlite(count) if connection.vendor == "sqlite" else search.in_postgresql(count)
    )
    found.keys.sort(reverse=True)
    return found


def best(query, filters=(), *, upto=None):
    """Of the newest that fit, those first that fit best. upto: a key, none newer than this."""
    from letters.models import Letter

    before = None if upto is None else upto + 1
    found = find(query, filters, before=before, count=ENOUGH_FOR_BEST)
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

    def in_sqlite(self, count):
        words = [
            f'"{one}"{"*" if term.is_begun and place == len(term.tokens) - 1 else ""}'
            for term in self.query.terms
            for place, one in enumerate(term.tokens)
        ]
        for column, values in self.filters.items():
            asked = " OR ".join(_quoted(token(column, value)) for value in values)
            words.append(f"({asked})")
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

    def in_postgresql(self, count):
        """The newest letters are looked through as they are, which is quick for words that many
        hold; where that finds too few, few hold them, and the index gives all."""
        newest = NEWEST_FOR_BEST if count == ENOUGH_FOR_BEST else NEWEST
        rows = self._ask(*self._newest(newest))
        if rows is None:
            return Found([], is_all=False, is_late=True)
        [(keys, looked_at)] = rows
        found = Found(keys or [], is_all=looked_at < newest)
        if found.is_all or len(found.keys) >= count:
            return found
        rows = self._ask(*self._indexed())
        if rows is None:
            found.is_late = True
            return found
        return Found([key for (key,) in rows], is_all=len(rows) <= MOST)

    def _newest(self, newest):
        bounds, values = self._bounds("id")
        phrases, needles = self._phrases("strpos")
        conditions = [bounds]
        for column, asked in self.filters.items():
            # A list of one would lead the planner away from the index in order.
            conditions.append(f"{column} = %s" if len(asked) == 1 else f"{column} = ANY(%s)")
            values.append(asked[0] if len(asked) == 1 else asked)
        sql = (
            "SELECT array_agg(id) FILTER (WHERE search_vector @@ %s::tsquery "
            f"{phrases}), count(*) FROM (SELECT id, search_vector, search_text "
            f"FROM letters_letter WHERE NOT hidden AND {' AND '.join(conditions)} "
            f"ORDER BY id {self.order} LIMIT %s) AS newest"
        )
        return sql, [self._tsquery(filtered=False), *needles, *values, newest]

    def _indexed(self):
        bounds, values = self._bounds("id")
        phrases, needles = self._phrases("strpos")
        sql = (
            "WITH hits AS MATERIALIZED (SELECT id FROM letters_letter WHERE "
            f"search_vector @@ %s::tsquery AND NOT hidden AND {bounds} {phrases}) "
            f"SELECT id FROM hits ORDER BY id {self.order} LIMIT %s"
        )
        return sql, [self._tsquery(filtered=True), *values, *needles, MOST + 1]

    def _tsquery(self, filtered):
        words = [
            f"'{one}'{':*' if term.is_begun and place == len(term.tokens) - 1 else ''}"
            for term in self.query.terms
            for place, one in enumerate(term.tokens)
        ]
        for column, values in self.filters.items() if filtered else ():
            asked = " | ".join(_quoted(token(column, value), "'") for value in values)
            words.append(f"({asked})")
        return " & ".join(words)

    def _phrases(self, place):
        """SQL, and its values."""
        needles = [term.needle for term in self.query.phrases]
        return f" AND {place}(search_text, %s) > 0" * len(needles), needles

    @staticmethod
    def _ask(sql, values):
        """The rows, or None where it took too long. One trip, which is a transaction of its own
        or a part of the one that is open."""
        before = f"SET LOCAL statement_timeout = {PATIENCE}; SET LOCAL enable_seqscan = off; "
        after = "; SET LOCAL statement_timeout = DEFAULT; SET LOCAL enable_seqscan = DEFAULT"
        inside = connection.in_atomic_block
        if inside:
            before, after = f"SAVEPOINT search; {before}", f"{after}; RELEASE SAVEPOINT search"
        with connection.cursor() as cursor:
            try:
                cursor.execute(f"{before}{sql}{after}", values)
            except OperationalError as error:
                if not getattr(error.__cause__, "sqlstate", "") == QUERY_CANCELED:
                    raise
                if inside:
                    cursor.execute("ROLLBACK TO SAVEPOINT search")
                return None
            while cursor.description is None:
                cursor.nextset()
            return cursor.fetchall()


def _quoted(text, mark='"'):
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
