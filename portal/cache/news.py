"""Changes, told to every process of every machine.

A change is a row, written in the transaction of what it tells of. When that is through, this
machine's counters move; other machines hear of it from PostgreSQL's own NOTIFY, which a trigger
on the table sends with the transaction. One process of each machine listens, and looks for rows
besides, so that nothing is missed when a process dies in between.
"""

import fcntl
import logging
import secrets
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import Max
from django.utils import timezone

from portal import clock
from portal.cache.counters import Counters
from portal.cache.recording import tag_of

CHANNEL = "portal_change"
KEPT = timedelta(days=1)
LOOK = 0.2  # seconds between looks where nothing is sent
WINDOW = 200  # rows that are looked at again: numbers are given before transactions end

_counters = None
_first = threading.Lock()
logger = logging.getLogger(__name__)


def counters():
    """This machine's, opened when they are first needed."""
    global _counters
    if _counters is None:
        with _first:
            if _counters is None:
                _counters = Counters(settings.PAGES_ROOT)
    return _counters


def announce(*what):
    """What was made from these is out of date: names of tags, or models. In a transaction, it
    counts when that is through."""
    from portal.cache import front
    from portal.models import Change

    tags = sorted({tag_of(each) for each in what})
    change = Change.objects.create(key=secrets.randbits(62) | 1, tags=tags)

    def tell():
        counters().apply(change.key, tags)
        front.purge(tags)

    transaction.on_commit(tell, robust=True)


@clock.every(hours=1)
def forget_old_changes():
    from portal.models import Change

    newest = Change.objects.aggregate(newest=Max("pk"))["newest"]  # stays: `catch_up` looks for it
    Change.objects.filter(made__lt=timezone.now() - KEPT).exclude(pk=newest).delete()


# --------------------------------------------------------------------- listening


def start_listening():
    """In a thread; of all processes of a machine, one listens at a time."""
    stop = threading.Event()
    threading.Thread(target=_listen, args=(stop,), name="news", daemon=True).start()
    return stop


def _listen(stop):
    with open(counters().lock_path.with_name("listener.lock"), "a") as lock:
        while not stop.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                stop.wait(LOOK)
                continue
            _listen_alone(stop)


def _listen_alone(stop):
    said = False
    while not stop.is_set():
        try:
            follow = _follow_postgresql if connection.vendor == "postgresql" else _follow_file
            for _looked in follow(stop):
                said = False
        except Exception:
            if not said:
                logger.exception("No news of changes: pages with letters are kept for a minute")
                said = True
            close_old_connections()
            stop.wait(LOOK)


def catch_up():
    """Apply the rows that this machine has not seen. One query."""
    from portal.models import Change

    known = counters()
    newest = known.newest
    rows = Change.objects.filter(pk__gt=newest - WINDOW).order_by("pk")
    found = list(rows.values_list("pk", "key", "tags"))
    if newest and not any(pk == newest and known.has_seen(key) for pk, key, _tags in found):
        # Another database than before (a backup was played back), or away for too long.
        known.forget_everything()
    for _pk, key, tags in found:
        known.apply(key, tags)
    known.heard(found[-1][0] if found else 0)


def _follow_postgresql(stop):
    import psycopg

    parameters = connection.get_connection_params()
    for name in ("pool", "cursor_factory", "context"):
        parameters.pop(name, None)
    parameters |= {"connect_timeout": 5, "tcp_user_timeout": 5000, "autocommit": True}
    with psycopg.connect(**parameters) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        while not stop.is_set():
            # Not later than the next look: the connection may be dead without knowing.
            catch_up()
            close_old_connections()
            yield
            for sent in listening.notifies(timeout=1, stop_after=None):
                key, _, tags = sent.payload.partition(" ")
                if not tags:
                    break  # too long to be sent
                counters().apply(int(key), tags.split("\n"))
                if stop.is_set():
                    return


def _follow_file(stop):
    version = None
    while not stop.is_set():
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            now = cursor.execute("PRAGMA data_version").fetchone()[0]
        if (id(connection.connection), now) != version:
            # What is written between the two is seen at the next look.
            version = (id(connection.connection), now)
            catch_up()
        else:
            counters().heard(counters().newest)
        yield
        time.sleep(LOOK)
