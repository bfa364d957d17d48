"""How the databases keep the words of public letters, and how many letters there are of what:
triggers see to both, in the transaction of every change, whoever makes it and how.

An index holds tokens, no places: phrases are looked for in `Letter.search_text`, which has a
token for each two words that follow each other. Besides these a letter has tokens for the
filters. Hidden letters are in no index.

PostgreSQL gives what an index finds in no order, and SQLite reads all words that begin alike
before it gives a letter. So the index has shelves: each token stands there with the number of
its letter's shelf before it. A search goes from shelf to shelf, and ends when it has enough.

Counts are kept as changes (+1, -1), which `letters.counting` adds up: so nobody who publishes
waits for anybody else who does.
"""

# ruff: noqa: S608 (what is put together here are names of ours)
from django.db import connections

FILTERS = {"language": "@l", "kind": "@k", "decision_maker_id": "@d", "campaign_key": "@c"}
SHELF_BITS = 12  # a shelf has the letters whose keys are alike but for so many bits
_KEY = ", ".join(FILTERS)
_WATCHED = ", ".join(["hidden", "search_text", *FILTERS])


def token(column, value):
    """The token of a letter with this value in one of the columns of FILTERS."""
    return FILTERS[column] + str(value).replace("-", "")


def _composed(row, shelf):
    """SQL for the tokens of a row ("NEW", "OLD" or a table), with its shelf before each."""
    filters = (
        f"COALESCE(' {prefix}' || REPLACE(CAST({row}.{column} AS text), '-', ''), '')"
        for column, prefix in FILTERS.items()
    )
    tokens = " || ".join([f"{row}.search_text", *filters])
    return f"REPLACE({tokens}, ' ', ' ' || {shelf})"


def _composed_sqlite(row):
    return _composed(row, f"printf('%x/', {row}.id >> {SHELF_BITS})")


def _change(row, number):
    values = ", ".join(f"{row}.{column}" for column in FILTERS)
    return f"INSERT INTO letters_lettercount ({_KEY}, letters) VALUES ({values}, {number});"


_ADDED_SQLITE = f"""
    INSERT INTO letters_search (rowid, tokens) VALUES (NEW.id, {_composed_sqlite("NEW")});
    {_change("NEW", 1)}
"""
_GONE_SQLITE = f"""
    INSERT INTO letters_search (letters_search, rowid, tokens)
    VALUES ('delete', OLD.id, {_composed_sqlite("OLD")});
    {_change("OLD", -1)}
"""
_TRIGGERS_SQLITE = {
    "letters_letter_added": ("AFTER INSERT", "NOT NEW.hidden", _ADDED_SQLITE),
    "letters_letter_before": (f"BEFORE UPDATE OF {_WATCHED}", "NOT OLD.hidden", _GONE_SQLITE),
    "letters_letter_after": (f"AFTER UPDATE OF {_WATCHED}", "NOT NEW.hidden", _ADDED_SQLITE),
    "letters_letter_gone": ("AFTER DELETE", "NOT OLD.hidden", _GONE_SQLITE),
}
# The tokenizer "ascii" leaves everything but ASCII alone: no table of characters of its own.
SQLITE = [
    """CREATE VIRTUAL TABLE IF NOT EXISTS letters_search USING fts5(
        tokens, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '@/'"
    )""",
    *(
        f"CREATE TRIGGER IF NOT EXISTS {name} {when} ON letters_letter "
        f"WHEN {condition} BEGIN {body} END"
        for name, (when, condition, body) in _TRIGGERS_SQLITE.items()
    ),
]
SQLITE_GONE = [
    *(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS_SQLITE),
    "DROP TABLE IF EXISTS letters_search",
]
_FILL_SQLITE = [
    "INSERT INTO letters_search (letters_search) VALUES ('delete-all')",
    f"INSERT INTO letters_search (rowid, tokens) "
    f"SELECT id, {_composed_sqlite('letters_letter')} FROM letters_letter WHERE NOT hidden",
]

_ARGUMENTS = ["id", "search_text", *FILTERS]
# What stands in PostgreSQL's index for a letter; finding asks for it in the same words.
TOKENS = f"letters_tokens({', '.join(_ARGUMENTS)})"

_CHANGED = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in ["hidden", *FILTERS])
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION letters_tokens(
        id bigint, search_text text, language text, kind text, decision_maker_id bigint,
        campaign_key uuid
    ) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_to_tsvector(array_remove(array_remove(string_to_array(
            translate({_composed("letters_tokens", "shelf")}, E'\\n', ' '), ' '
        ), shelf), '')) FROM (SELECT to_hex(id >> {SHELF_BITS}) || '/' AS shelf) AS of_it
    $$""",
    f"""CREATE OR REPLACE FUNCTION letters_letter_count() RETURNS trigger
    LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NOT ({_CHANGED}) THEN RETURN NULL; END IF;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            IF NOT OLD.hidden THEN {_change("OLD", -1)} END IF;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            IF NOT NEW.hidden THEN {_change("NEW", 1)} END IF;
        END IF;
        RETURN NULL;
    END $$""",
    f"""CREATE OR REPLACE TRIGGER letters_letter_count
    AFTER INSERT OR DELETE OR UPDATE OF {_WATCHED} ON letters_letter
    FOR EACH ROW EXECUTE FUNCTION letters_letter_count()""",
    # What is published goes right into the index: a list of what is pending would be read
    # by every search.
    f"""CREATE INDEX IF NOT EXISTS letters_letter_search ON letters_letter
    USING gin ({TOKENS}) WITH (fastupdate = off) WHERE NOT hidden""",
]
POSTGRESQL_GONE = [
    "DROP TRIGGER IF EXISTS letters_letter_count ON letters_letter",
    "DROP FUNCTION IF EXISTS letters_letter_count",
    "DROP INDEX IF EXISTS letters_letter_search",
    "DROP FUNCTION IF EXISTS letters_tokens",
]

_TRIGGERS_POSTGRESQL = ["letters_letter_count"]
_FILL_POSTGRESQL = ["REINDEX INDEX letters_letter_search"]
# The triggers there are, and "letters_search" where there is an index.
_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE name = 'letters_search' OR type = 'trigger'",
    "postgresql": """
        SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('letters_letter')
        UNION SELECT 'letters_search' WHERE to_regclass('letters_letter_search') IS NOT NULL
    """,
}


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install(connection):
    """What is there already stays."""
    _run(connection, SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def remove(connection):
    _run(connection, SQLITE_GONE if connection.vendor == "sqlite" else POSTGRESQL_GONE)


def fill(connection):
    """The index anew, of the letters as they are."""
    _run(connection, _FILL_SQLITE if connection.vendor == "sqlite" else _FILL_POSTGRESQL)


def count_anew(connection):
    columns = f"letters_lettercount ({_KEY}, letters)"
    count = f"SELECT {_KEY}, COUNT(*) FROM letters_letter WHERE NOT hidden GROUP BY {_KEY}"
    _run(connection, ["DELETE FROM letters_lettercount", f"INSERT INTO {columns} {count}"])


def after_migrating(using, **kwargs):
    """SQLite makes a table anew to change it, and forgets its triggers."""
    connection = connections[using]
    expected = _TRIGGERS_SQLITE if connection.vendor == "sqlite" else _TRIGGERS_POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(_NAMES[connection.vendor])
        names = {name for (name,) in cursor.fetchall()}
    if "letters_search" in names and not names.issuperset(expected):
        install(connection)
        fill(connection)
        count_anew(connection)


def wipe(connection, pages=500):
    """Take what was deleted out of the files of SQLite's index, which otherwise keeps it until
    it is merged; `pages` at a time, so that others can write in between. Outside a transaction."""
    if connection.vendor != "sqlite":
        return
    command = "INSERT INTO letters_search (letters_search, rank) VALUES ('merge', %s)"
    with connection.cursor() as cursor:
        step = -pages  # negative: everything, into one
        for _step in range(100_000):
            cursor.execute("SELECT total_changes()")
            [before] = cursor.fetchone()
            cursor.execute(command, [step])
            cursor.execute("SELECT total_changes()")
            [after] = cursor.fetchone()
            if after - before < 2:  # nothing is left to merge
                return
            step = pages
