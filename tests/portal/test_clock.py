"""What happens at its time, once, whoever watches the clock."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portal import clock
from portal.models import Tick


@pytest.fixture
def rung(monkeypatch):
    """A clock with one hourly task, which notes that it ran."""
    notes = []
    monkeypatch.setattr(
        clock, "tasks", {"tests.hourly": (timedelta(hours=1), lambda: notes.append(1))}
    )
    return notes


def at(moment):
    with time_machine.travel(moment, tick=False):
        clock.tick()


def test_a_task_runs_once_an_interval(db, rung):
    now = timezone.now()
    at(now)  # writes it down
    for minutes in (0, 1, 30, 59):
        at(now + timedelta(minutes=minutes))
    assert len(rung) == 1
    at(now + timedelta(minutes=61))
    at(now + timedelta(minutes=62))
    assert len(rung) == 2


def test_after_a_long_sleep_it_runs_once_and_not_for_every_hour_missed(db, rung):
    now = timezone.now()
    at(now)
    for hours in (100, 100.1, 100.2):
        at(now + timedelta(hours=hours))
    assert len(rung) == 1


def test_a_failing_task_does_not_stop_the_others(db, rung):
    clock.tasks = {"tests.fails": (timedelta(hours=1), lambda: 1 / 0), **clock.tasks}
    now = timezone.now()
    at(now)
    at(now + timedelta(seconds=1))
    assert len(rung) == 1
    assert Tick.objects.get(name="tests.fails").due > now + timedelta(minutes=59)


def test_of_many_that_watch_one_runs_it(transactional_db, rung):
    clock.tick()
    start = threading.Barrier(6)

    def watch():
        start.wait()
        try:
            clock.tick()
        finally:
            connection.close()

    threads = [threading.Thread(target=watch) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(rung) == 1
