"""Work that is done after the answer, whatever happens to the process that does it."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from wagtail.images import get_image_model

from portal import outbox, renditions
from portal.models import Job
from portal.picture import clean_picture
from tests.environment import ROOT, WORKER, variables
from tests.portal.pictures import red_left_blue_right, saved

pytestmark = [
    # Wagtail leaves the files open that it makes sizes in.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def done():
    """Handlers for the tests: `tests.note` notes its payload, `tests.fail` fails."""
    noted = []

    def fail(**payload):
        raise RuntimeError("canary")

    outbox.handlers |= {"tests.note": lambda **payload: noted.append(payload), "tests.fail": fail}
    yield noted
    del outbox.handlers["tests.note"], outbox.handlers["tests.fail"]


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def test_a_job_is_done_once(db, done):
    outbox.enqueue("tests.note", number=1)
    assert outbox.drain() == 1
    assert outbox.drain() == 0
    assert done == [{"number": 1}]
    assert not Job.objects.exists()


def test_a_job_of_a_change_that_is_rolled_back_is_not_there(transactional_db, done):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.enqueue("tests.note")
        raise ZeroDivisionError
    assert outbox.drain() == 0
    assert done == []


def test_a_failing_job_comes_back_later_and_keeps_nobody_waiting(db, done):
    outbox.enqueue("tests.fail")
    outbox.enqueue("tests.note", number=1)
    assert outbox.drain() == 2
    assert done == [{"number": 1}]
    job = Job.objects.get()
    assert (job.attempts, job.failure) == (1, "RuntimeError")
    assert outbox.drain() == 0
    waits = []
    for _attempt in range(outbox.ATTEMPTS - 1):
        wait = (Job.objects.get().due - timezone.now()).total_seconds()
        waits.append(round(wait / outbox.BACK_OFF.total_seconds()))
        Job.objects.update(due=timezone.now())
        assert outbox.drain() == 1
    assert waits == [1, 2, 4, 8, 16, 32, 64]
    with later(days=30):
        assert outbox.drain() == 0
    assert Job.objects.get().failure == "RuntimeError"  # kept for whoever looks


def test_a_job_that_nobody_here_knows_waits_for_one_who_does(db, done):
    outbox.enqueue("tests.unknown")
    assert outbox.drain() == 0
    assert Job.objects.get().attempts == 0


def test_a_job_is_leased_to_one_and_comes_back_when_its_lease_runs_out(db, done):
    outbox.enqueue("tests.note", number=1)
    assert outbox.lease() is not None
    assert outbox.lease() is None
    with later(seconds=outbox.LEASE.total_seconds() - 1):
        assert outbox.drain() == 0
    with later(seconds=outbox.LEASE.total_seconds() + 1):
        assert outbox.drain() == 1
    assert done == [{"number": 1}]


# ------------------------------------------------------------------ other processes


@pytest.fixture
def worker(transactional_db):
    """Starts worker processes on this test's database; `worker()` gives one."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "manage.py", "worker"],
            cwd=ROOT,
            env=variables(WORKER),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(condition, seconds=60):
    """Waits for what another process does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time"
        connection.close()
        time.sleep(0.02)


def new_picture():
    picture = get_image_model()(title="letter")
    webp = clean_picture(saved(red_left_blue_right(2000, 1500), "JPEG")).webp
    from django.core.files.base import ContentFile

    picture.file.save("x.webp", ContentFile(webp), save=False)
    picture._set_image_file_metadata()
    picture.save()
    return picture


def sizes():
    try:
        return default_storage.listdir("images")[1]
    except FileNotFoundError:
        return []


def test_what_a_killed_worker_leaves_is_done_by_the_next_one_exactly_once(worker):
    picture = new_picture()
    assert Job.objects.get().name == renditions.JOB
    first = worker()
    until(lambda: Job.objects.filter(attempts=1).exists() or not Job.objects.exists())
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    job = Job.objects.get()  # killed in the middle of it
    assert job.attempts == 1 and job.due > timezone.now()
    Job.objects.update(due=timezone.now())  # its lease has run out
    worker(), worker()
    until(lambda: not Job.objects.exists())
    made = list(picture.renditions.values_list("filter_spec", flat=True))
    assert sorted(made) == sorted(renditions.specs())
    assert sorted(f"images/{name}" for name in sizes()) == sorted(
        picture.renditions.values_list("file", flat=True)
    )


def test_many_jobs_and_two_workers_leave_none_behind(worker):
    picture = new_picture()
    with transaction.atomic():
        for _number in range(5):
            outbox.enqueue(renditions.JOB, picture_id=picture.pk)
    worker(), worker()
    until(lambda: not Job.objects.exists())
    assert picture.renditions.count() == len(sizes()) == len(renditions.specs())


def test_a_worker_ends_when_it_is_asked_to(worker):
    process = worker()
    with transaction.atomic():
        outbox.enqueue(renditions.JOB, picture_id=0)
    until(lambda: not Job.objects.exists())
    process.terminate()
    assert process.wait(20) == 0


def test_the_servers_own_thread_does_it_too(serve):
    picture = new_picture()
    serve(WORKER_IN_SERVER="true")
    until(lambda: not Job.objects.exists())
    assert picture.renditions.count() == len(renditions.specs())


def test_a_job_that_was_given_up_is_tried_again_within_the_hour(db, done, caplog):
    job = outbox.enqueue("tests.note", number=1)
    Job.objects.filter(pk=job.pk).update(attempts=outbox.ATTEMPTS)
    assert outbox.drain() == 0
    outbox.try_again()
    assert "keep failing" in caplog.text  # whoever runs the site hears of it
    assert outbox.drain() == 1
    assert done == [{"number": 1}]
