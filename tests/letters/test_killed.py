"""kill -9 at any step between the first byte and the last size of a picture: every receipt that
was shown has its row and its picture, and every retry ends in one letter.

What kill -9 cannot show is a disk that forgets what it had acknowledged.
"""

import subprocess
import time
from datetime import timedelta

import pytest
import requests
import time_machine
from django.core.files.storage import default_storage, storages
from django.db import connection
from django.utils import timezone

from letters.intake import picture, receipt
from letters.models import Letter, PendingPicture, Submission, Trace
from portal import outbox, renditions, strays
from portal.models import Job
from tests.letters.browser import Browser
from tests.letters.submissions import waiting
from tests.letters.writer import WORDS, Writer
from tests.portal.pictures import red_left_blue_right, saved

GONE = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)
YES = {"may_publish_words": "on", "may_publish_picture": "on"}
# Large enough to be read in several pieces.
PHOTO = ("me.jpg", saved(red_left_blue_right(600, 400), "PNG", compress_level=0), "image/png")

pytestmark = [
    # Wagtail leaves the files open that it makes sizes in.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def mortal(start):
    """Starts a server that is killed at a step of tests.stopping."""

    def begin(step, **changes):
        return start(application="tests.stopping:application", STOP_AT=step, **changes)

    return begin


def until(condition, seconds=60):
    """Waits for what another process does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time"
        connection.close()
        time.sleep(0.05)


def died(server):
    """The one process that answered is gone, and with it the server."""
    try:
        server.process.wait(60)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"It was not killed:\n{server.log.read_text()}") from None
    server.kill()


def files(storage, folder):
    try:
        return {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
    except FileNotFoundError:
        return set()


def private_files():
    return files(storages["private"], picture.FOLDER)


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def all_is_well(receipts):
    """receipts: as the writers saw them."""
    assert len(set(receipts)) == len(receipts) == Submission.objects.count()
    for digits in receipts:
        submission = receipt.find(digits)
        assert submission.words.startswith("Dear friend")
        assert picture.load(submission.picture_name).width == 600
    assert not PendingPicture.objects.filter(name__in=names()).exists()
    outbox.drain()
    Job.objects.update(due=timezone.now())  # what a lease was on, when it has run out
    outbox.drain()
    assert not Job.objects.exists()
    with later(hours=4):
        picture.purge_pending()
    assert private_files() == names()
    assert not PendingPicture.objects.exists()


def names():
    return set(Submission.objects.values_list("picture_name", flat=True))


# ------------------------------------------------------------- while the picture comes in


def test_killed_while_her_picture_comes_in_she_sends_it_again(start, mortal):
    server, receipts = start(), []
    for step in ("reading", "cleaning", "file without row"):
        doomed = mortal(step)
        alice = Writer(Browser(doomed)).open()
        typed = {"words": f"{WORDS} {step}", "picture": PHOTO, "picture_alt": "A page"}
        with pytest.raises(GONE):
            alice.press(**typed)
        died(doomed)
        assert not Submission.objects.exclude(receipt_hash__in=map(receipt.stored, receipts))
        alice.client.server = server
        alice.press(**typed)
        assert alice.page.select_one("input[name=with_picture]")["value"] == "yes"
        receipts.append(alice.press(step="send", **YES).receipt)
    assert len(private_files()) == 4  # one has lost its row
    all_is_well(receipts)


def test_only_the_process_that_cleans_is_killed(site, client, monkeypatch):
    def killed(command, *, input, timeout, **options):
        child = subprocess.Popen(command, stdin=subprocess.PIPE, **options)
        child.kill()
        return subprocess.CompletedProcess(command, child.wait(), child.stdout.read())

    with monkeypatch.context() as patched:
        patched.setattr("portal.picture.subprocess.run", killed)
        alice = Writer(client).open()
        from django.core.files.uploadedfile import SimpleUploadedFile

        alice.press(words=WORDS, picture=SimpleUploadedFile(*PHOTO))
    assert alice.response.status_code == 422
    assert alice.fields["words"] == WORDS
    assert "Please take it or save it again" in alice.text


# ----------------------------------------------------------------- while it is being sent


def test_killed_while_it_becomes_a_letter_the_retry_shows_its_one_receipt(start, mortal):
    server, receipts = start(), []
    for step, is_kept in (("row without commit", False), ("letter without answer", True)):
        doomed = mortal(step)
        alice = Writer(Browser(doomed)).open()
        alice.press(words=f"{WORDS} {step}", picture=PHOTO, picture_alt="A page")
        with pytest.raises(GONE):
            alice.post(step="send", **YES)
        died(doomed)
        assert Submission.objects.count() == len(receipts) + is_kept
        alice.client.server = server
        again = alice.post(step="send", **YES)
        once_more = alice.post(step="send", **YES)
        receipts.append(alice.look(again).receipt)
        assert alice.look(once_more).receipt == receipts[-1]
    all_is_well(receipts)


def test_killed_while_it_is_looked_at_afterwards_that_is_done_once(start, mortal):
    doomed = mortal("job done but there", WORKER_IN_SERVER="true")
    alice = Writer(Browser(doomed)).open()
    checked = alice.press(words=WORDS, picture=PHOTO, picture_alt="A page").response
    try:  # the answer is quicker, or not
        first = alice.look(alice.post(step="send", **YES)).receipt
    except GONE:
        first = None
    died(doomed)
    assert Job.objects.get().attempts == 1
    before = set(Trace.objects.values_list("of", "band"))
    assert {of for of, _band in before} == {"words", "picture"}
    alice.client.server = start(WORKER_IN_SERVER="true")
    alice.look(checked).press(step="send", **YES)
    assert first in (None, alice.receipt)
    Job.objects.update(due=timezone.now())  # its lease has run out
    until(lambda: not Job.objects.exists())
    after = list(Trace.objects.values_list("of", "band"))
    assert len(after) == len(before) and set(after) == before
    all_is_well([alice.receipt])


# ------------------------------------------------------------------ when it is published


def test_killed_while_its_picture_is_made_ready_that_is_done_once(start, mortal):
    doomed = mortal("size without row", WORKER_IN_SERVER="true")
    waiting(with_picture=PHOTO[1], picture_alt="A page").publish(None)
    died(doomed)
    letter, made = Letter.objects.get(), files(default_storage, "images")
    assert made and not letter.picture.renditions.exists()
    Job.objects.update(due=timezone.now())  # its lease has run out
    outbox.drain()
    assert not Job.objects.exists()
    rows = set(letter.picture.renditions.values_list("file", flat=True))
    assert len(rows) == len(renditions.specs())
    assert files(default_storage, "images") == rows >= made


def test_a_picture_whose_letter_was_not_published_in_the_end_leaves_no_file(db, monkeypatch):
    letter = waiting(with_picture=True, picture_alt="A page")
    with monkeypatch.context() as killed:
        # As if the process ended between the file and the row.
        killed.setattr("home.models.picture.CleanPictureFile.delete", lambda *a, **b: None)
        killed.setattr(storages["private"].__class__, "delete", lambda *a: None)
        killed.setattr("letters.models.submission.Submission._make_letter", fail)
        with pytest.raises(ZeroDivisionError):
            letter.publish(None)
    private = storages["private"]
    assert len(files(private, "original_images")) == 1
    assert strays.delete_strays() == 0  # it may be on its way
    with later(hours=2):
        assert strays.delete_strays() == 1
    assert not files(private, "original_images")
    assert letter.publish(None)
    with later(hours=2):
        assert strays.delete_strays() == 0
    assert picture.load(letter.picture_name)


def test_sizes_whose_letter_was_taken_back_go_even_if_the_process_ended_there(
    db, django_capture_on_commit_callbacks
):
    letter = waiting(with_picture=True, picture_alt="A page")
    letter.publish(None)
    outbox.drain()
    with django_capture_on_commit_callbacks():  # which nobody comes to call
        letter.withdraw()
    assert len(files(default_storage, "images")) == len(renditions.specs())
    with later(hours=2):
        strays.delete_strays()
    assert not files(default_storage, "images")
    assert not files(storages["private"], "original_images")


def fail(*arguments):
    raise ZeroDivisionError
