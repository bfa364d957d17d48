"""What was erased is gone from the database's files as well, as far as that is in our hands.

SQLite writes every change to a file beside the database first and uses that again from its
beginning, so that words which were deleted long ago stay in what lies behind. PostgreSQL keeps
its log and its dead rows as its own settings say (autovacuum, wal_keep_size).
"""

from django.db import connection

from portal import clock

PATIENCE = 500  # milliseconds that a reader may hold it up; it comes again in a minute


@clock.every(minutes=1)
def empty_the_log() -> bool:
    """Bring SQLite's log into the database and leave it empty. Returns whether it is: somebody
    may be reading."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [timeout] = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            [busy, _pages, _done] = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {timeout}")
    return not busy
