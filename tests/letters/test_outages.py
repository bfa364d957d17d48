"""What a letter needs is away, or full: what was acknowledged stays, and what can't be taken goes
back to its writer with all her words.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager
from functools import partial
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from letters.intake import picture, receipt, token
from letters.mail import reply
from letters.models import Submission
from portal import outbox
from portal.models import Job
from tests import databases
from tests.environment import FOLDER, POSTGRESQL, WORKER, variables
from tests.letters.browser import Browser
from tests.letters.submissions import waiting
from tests.letters.test_killed import PHOTO, YES, private_files, until
from tests.letters.writer import SAME_ORIGIN, WORDS, Writer
from tests.outages import ObjectStorage, Redis, no_file_beyond, no_room, small_disk
from tests.portal.test_errors import database_away
from tests.server import free_port

LONG = "\n\n".join([WORDS] * 100)
TITLE = "To you — <b>& everybody</b>"


def writes(server, words=WORDS, **more):
    """A writer who has pressed "check"."""
    return Writer(Browser(server)).open().press(words=words, title=TITLE, **more)


def has_her_words_back(writer, words=WORDS):
    assert writer.response.status_code == 503
    assert int(writer.response.headers["Retry-After"]) > 0
    assert writer.response.headers["Cache-Control"] == "no-store"
    assert writer.fields["words"] == words
    assert writer.fields["title"] == TITLE


# ----------------------------------------------------------------------- the database


def test_with_the_database_gone_the_page_that_says_so_sends_her_letter_later(start):
    server = start()
    alice, bob = writes(server), Writer(Browser(server)).open()
    alice.has_script = bob.has_script = False  # the sum is no matter of this
    with database_away():
        has_her_words_back(alice.press(step="send", **YES))
        has_her_words_back(bob.press(words=WORDS, title=TITLE))
    assert alice.press().receipt  # "Try again"
    assert bob.press().press(step="send").receipt
    assert Submission.objects.count() == 2
    assert Submission.objects.filter(title=TITLE, may_publish_words=True).count() == 1


# ------------------------------------------------------------------------- the storage


@pytest.fixture
def storage():
    storage = ObjectStorage()
    yield storage
    storage.kill()


def test_a_pictures_whole_life_in_object_storage(site, start, storage):
    server = start(WORKER_IN_SERVER="true", **storage.settings)
    alice = writes(server, picture=PHOTO, picture_alt="A page")
    shown = alice.page.select_one("main picture img, main img")["src"]
    assert alice.client.get(shown).headers["Content-Type"] == "image/webp"
    digits = alice.press(step="send", **YES).receipt
    [name] = storage.names("originals")
    assert Submission.objects.get().picture_name == name
    environment = variables(WORKER, server.port) | storage.settings
    publish = "from letters.models import Submission; Submission.objects.get().publish(None)"
    databases.manage(environment, "shell", "-c", publish)
    address = Submission.objects.get().letter.address
    find = partial(alice.client.get, address)
    until(lambda: b"<picture" in find().content)
    photo = alice.look(find()).page.select_one("main picture img")["src"]
    assert photo.startswith(f"{server.address}/media/images/")
    assert alice.client.get(photo.removeprefix(server.address)).status_code == 200
    assert all(name.startswith("images/") for name in storage.names("pictures"))
    alice.client.post("/en/receipt/", {"receipt": digits, "step": "withdraw"}, SAME_ORIGIN)
    until(lambda: not storage.names("pictures") and not storage.names("originals"))
    assert find().status_code == 404


def test_with_object_storage_gone_words_are_taken_and_pictures_go_back(start, storage):
    server = start(**storage.settings)
    storage.kill()
    began = time.monotonic()
    has_her_words_back(writes(server, picture=PHOTO, picture_alt="A page"))
    assert time.monotonic() - began < 15
    assert writes(server).press(step="send").receipt
    assert "Traceback" not in server.log.read_text()


# --------------------------------------------------------------------------- the cache


def test_with_the_cache_gone_everything_works_and_letters_are_held(start):
    redis = Redis().start()
    try:
        server = start(workers=2, CACHE_URL=redis.url)
        limits = {"rate", "flood"}
        before = writes(server).press(step="send", **YES).receipt
        assert not limits & set(receipt.find(before).held)
        redis.kill()
        alice = writes(server)
        digits = alice.press(step="send", **YES).receipt
        assert limits <= set(receipt.find(digits).held)
        answer = alice.client.post("/en/receipt/", {"receipt": digits}, SAME_ORIGIN)
        assert "waiting to be read" in answer.text
        assert alice.client.get("/en/write/survivor/").status_code == 200
        redis.start()
        after = writes(server).press(step="send", **YES).receipt
        assert not limits & set(receipt.find(after).held)
    finally:
        redis.kill()


# -------------------------------------------------------------------- the mail server


class Sink:
    """Takes mails; while it `drops`, it hangs up when it has one, without saying so."""

    def __init__(self):
        self.ids, self.drops = [], False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        lines = envelope.content.decode().splitlines()
        self.ids += [line for line in lines if line.startswith("Message-ID: ")]
        if self.drops:
            server.transport.abort()
        return "250 OK"


@contextmanager
def mail_server(sink, port):
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def test_with_the_mail_server_gone_no_answer_is_lost_and_one_that_comes_twice_is_one(db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    waiting(way="mail", token_hash=token.stored("secret"))
    reply.enqueue("canary-4e2@example.org", "en", "secret")
    sink = Sink()

    def tries():
        Job.objects.update(due=timezone.now())
        outbox.drain()
        return Job.objects.values_list("attempts", "failure").first()

    assert tries() == (1, "ConnectionRefusedError")
    assert "canary" not in repr(Job.objects.values().get())
    with mail_server(sink, settings.EMAIL_PORT):
        sink.drops = True
        assert tries() == (2, "SMTPServerDisconnected")
        sink.drops = False
        assert tries() is None
        assert tries() is None
    assert len(sink.ids) == 2 and len(set(sink.ids)) == 1


# ------------------------------------------------------------------------- a full disk


def test_before_the_disk_is_full_pictures_wait_and_words_are_taken(site, alice, monkeypatch):
    usage = SimpleNamespace(total=100_000_000_000, used=0, free=999_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    photo = SimpleUploadedFile(*PHOTO)
    alice.open("/es/write/survivor/").press(words=WORDS, title=TITLE, picture=photo)
    assert alice.response.status_code == 503
    assert (alice.fields["words"], alice.fields["title"]) == (WORDS, TITLE)
    assert "id_picture" in str(alice.page.select_one(".error-summary"))
    assert not private_files()
    assert alice.press().press(step="send").receipt
    for free in (1_000_000_000, 5_000_000_000):
        usage.free = free
        photo.seek(0)
        alice.open().press(words=WORDS, picture=photo)
        assert alice.response.status_code == 200


def test_where_half_a_picture_fits_none_of_it_stays(site, alice):
    alice.open()
    with no_room():
        alice.press(words=WORDS, title=TITLE, picture=SimpleUploadedFile(*PHOTO))
    has_her_words_back(alice)
    assert not private_files()
    alice.press(picture=SimpleUploadedFile(*PHOTO), picture_alt="A page")
    digits = alice.press(step="send", **YES).receipt
    assert picture.load(receipt.find(digits).picture_name).width == 600


REFUSE = """
CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER is_full BEFORE INSERT OR UPDATE ON letters_submission
EXECUTE FUNCTION is_full();
"""


@contextmanager
def what_postgresql_says(start):
    """Its own files belong to somebody else: it says what it says when they can't grow."""
    server = start()

    def full():
        with connection.cursor() as cursor:
            cursor.execute(REFUSE)

    def room():
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER is_full ON letters_submission")
        return server

    yield server, full, room


@contextmanager
def files_that_cannot_grow(start):
    server = start(before=partial(no_file_beyond, 150_000))
    yield server, lambda: None, start


@contextmanager
def a_disk_of_its_own(start):
    with small_disk(12_000) as disk:
        database = disk / "portal.sqlite3"
        databases.copy_sqlite(FOLDER / f"{WORKER}.sqlite3", database)
        server = start(DATABASE_URL=f"sqlite:///{database}", PRIVATE_ROOT=str(disk / "private"))
        filler = disk / "filler"

        def full():
            with open(filler, "wb") as file:
                file.write(b"\0" * (shutil.disk_usage(disk).free - 80_000))

        def room():
            filler.unlink()
            return server

        yield server, full, room
        server.stop()
        with connection.cursor() as cursor:  # so that what it took is found where ours is
            cursor.execute("SELECT 1")
        connection.close()
        databases.copy_sqlite(database, FOLDER / f"{WORKER}.sqlite3")


WAYS = [files_that_cannot_grow, *([a_disk_of_its_own] if os.geteuid() == 0 else [])]


@pytest.mark.parametrize("way", [what_postgresql_says] if POSTGRESQL else WAYS)
def test_with_the_database_full_nothing_acknowledged_is_lost_and_words_go_back(start, way):
    with way(start) as (server, full, room):
        first = writes(server).press(step="send", **YES).receipt
        assert first, server.log.read_text()
        full()
        acknowledged = [first]
        for number in range(60):
            alice = writes(server, f"{number} {LONG}").press(step="send", **YES)
            if not alice.receipt:
                break
            acknowledged.append(alice.receipt)
        has_her_words_back(alice, f"{number} {LONG}")
        back = {"receipt": first, "step": "withdraw"}
        answer = alice.client.post("/en/receipt/", back, SAME_ORIGIN)
        # Taking back needs a little room as well; it is done, or her receipt comes back.
        assert answer.status_code == 200 or (answer.status_code == 503 and first in answer.text)
        alice.client.server = server = room()
        acknowledged.append(alice.press().receipt)
        answer = alice.client.post("/en/receipt/", back, SAME_ORIGIN)
        assert "taken back" in answer.text
    assert len(set(acknowledged)) == Submission.objects.count() == len(acknowledged)
    assert all(receipt.find(digits) for digits in acknowledged)
    if not POSTGRESQL:
        with closing(sqlite3.connect(FOLDER / f"{WORKER}.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
