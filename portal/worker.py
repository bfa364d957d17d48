"""Drains the outbox and winds the clock: a thread of the server on a laptop, a process of
its own (`manage.py worker`) in production. Any number may run side by side."""

import logging
import threading

from django.db import close_old_connections

from portal import clock, outbox

PAUSE = 1.0  # seconds between looks at a quiet outbox

_wake = threading.Event()
logger = logging.getLogger(__name__)


def wake():
    """Something was enqueued by this very process: no need to sleep on."""
    _wake.set()


def work_once():
    from portal import tree

    tree.forget()
    clock.tick()
    return outbox.drain()


def run(stop):
    """Work until the event `stop` is set."""
    while not stop.is_set():
        _wake.clear()
        try:
            work_once()
        except Exception:
            # A database that is away comes back; a worker that died does not.
            logger.exception("The worker stumbled")
        close_old_connections()
        _wake.wait(PAUSE)


def start_thread():
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), name="worker", daemon=True)
    thread.start()
    return stop
