"""The mailbox: a mail is stored before it is deleted, and once."""

import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from letters.mail import keep
from letters.mail import mailbox as mailboxes
from letters.mail.parts import BYTES
from letters.models import IncomingMail, IntakeSwitch, Submission
from portal import clock
from portal.private import decrypt_bytes
from tests.environment import ROOT, WORKER, variables
from tests.letters.mail.post import plain
from tests.letters.mail.servers import IN_URL, OTHER_IN_URL, Proxy, until

pytestmark = pytest.mark.one_database

LETTER = "You are not alone, canary. We believe you."


def fetch(**options):
    out = StringIO()
    call_command("fetch_letters", stdout=out, **options)
    return out.getvalue().strip()


def fetching(url, dovecot, *arguments):
    """`manage.py fetch_letters` as a process of its own."""
    connection.close()
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "fetch_letters", *arguments],
        cwd=ROOT,
        env=variables(WORKER) | {"IMAP_URL": url, "IMAP_CA_FILE": dovecot.certificate},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_mails_are_stored_as_they_came_and_deleted(db, mailbox):
    mails = [plain(f"{LETTER} {number}") for number in range(3)]
    mailbox.deliver(*mails)
    assert fetch() == "New mails: 3"
    assert mailbox.count() == 0
    stored = [decrypt_bytes(bytes(row.raw)) for row in IncomingMail.objects.order_by("pk")]
    assert [raw.replace(b"\r\n", b"\n") for raw in stored] == [m.as_bytes() for m in mails]


def test_what_is_stored_cannot_be_read_without_the_key(db, mailbox):
    mailbox.deliver(plain(LETTER))
    fetch()
    row = str(IncomingMail.objects.values().get())
    assert "canary" not in bytes(IncomingMail.objects.get().raw).decode("latin-1")
    assert "canary" not in row.casefold()


def test_the_same_mail_is_stored_once(db, mailbox):
    mail = plain(LETTER)
    mailbox.deliver(mail, mail)
    assert fetch() == "New mails: 1"
    mailbox.deliver(mail)
    assert fetch() == "New mails: 0"
    assert mailbox.count() == 0
    assert IncomingMail.objects.count() == 1


def test_another_letter_under_the_same_number_is_another_letter(db, mailbox):
    mailbox.deliver(plain("One", Message_ID="<1@x>"), plain("Two", Message_ID="<1@x>"))
    assert fetch() == "New mails: 2"


def test_a_mail_that_cannot_be_stored_stays_in_the_mailbox(db, mailbox, monkeypatch):
    mailbox.deliver(plain(LETTER))

    def full(raw):
        raise DatabaseError

    monkeypatch.setattr(keep, "store", full)
    with pytest.raises(DatabaseError):
        fetch()
    assert mailbox.count() == 1


def test_a_mail_that_is_too_big_is_left_for_a_person_and_noted_once(db, mailbox):
    mailbox.deliver(plain("love " * (BYTES // 5 + 1)), plain(LETTER))
    assert fetch() == "New mails: 1"
    assert fetch() == "New mails: 0"
    assert (mailbox.count(), mailbox.count(which="FLAGGED")) == (1, 1)
    noted = IncomingMail.objects.get(outcome="too-big")
    assert (noted.state, bytes(noted.raw)) == ("quarantined", b"")


def test_only_what_was_stored_is_deleted(db, mailbox):
    mailbox.deliver(plain("One"), plain("Two"))
    with mailbox.server.open(mailbox.name) as client:
        client.store("1", "+FLAGS", r"(\Flagged \Deleted)")
        assert fetch() == "New mails: 1"
        client.noop()
        assert len(client.search(None, "ALL")[1][0].split()) == 1


def test_another_folder_can_be_read(db, mailbox):
    mailbox.deliver(plain(LETTER), folder="Letters")
    assert fetch(mailbox="Letters") == "New mails: 1"
    assert mailbox.count(folder="Letters") == 0


def test_a_connection_may_begin_with_starttls(db, mailbox, settings):
    mailbox.deliver(plain(LETTER))
    settings.IMAP_URL = mailbox.server.account(mailbox.name, "imap")
    assert fetch() == "New mails: 1"


def test_a_server_that_cannot_prove_itself_gets_no_password(db, mailbox, settings):
    settings.IMAP_CA_FILE = ""
    for scheme in ("imap", "imaps"):
        settings.IMAP_URL = mailbox.server.account(mailbox.name, scheme)
        with pytest.raises(CommandError, match="SSLCertVerificationError"):
            fetch()


def test_a_password_may_have_any_letters(db, mailbox, settings):
    mailbox.deliver(plain(LETTER))
    settings.IMAP_URL = settings.IMAP_URL.replace(IN_URL, OTHER_IN_URL)
    assert fetch() == "New mails: 1"


def test_a_failure_tells_neither_user_nor_password(db, mailbox, settings):
    settings.IMAP_URL = settings.IMAP_URL.replace(IN_URL, "wrong-canary")
    with pytest.raises(CommandError) as failed:
        fetch()
    assert "canary" not in str(failed.value) and mailbox.name not in str(failed.value)
    settings.IMAP_URL = ""
    with pytest.raises(CommandError, match="IMAP_URL is not set"):
        fetch()


def test_on_an_attack_day_mail_waits_in_the_mailbox(db, mailbox):
    mailbox.deliver(plain(LETTER))
    IntakeSwitch(attack_day=True).save()
    assert fetch() == "New mails: 0"
    assert mailbox.count() == 1
    IntakeSwitch(attack_day=False).save()
    assert fetch() == "New mails: 1"


def test_the_worker_fetches_every_five_minutes(db, mailbox, settings):
    clock.tick()
    mailbox.deliver(plain(LETTER))
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        clock.tick()
    assert IncomingMail.objects.count() == 1


# -------------------------------------------------------------------- whatever happens


@pytest.fixture
def proxy(dovecot):
    """Makes a proxy before the server: `proxy(size)`."""
    with ExitStack() as stack:

        def make(size):
            made = Proxy(dovecot.tls_port, size)
            stack.callback(made.close)
            return made

        yield make


def test_killed_between_storing_and_deleting_it_makes_one_letter(
    transactional_db, dovecot, mailbox, proxy, work
):
    mailbox.deliver(plain(LETTER + " " + "love " * 2000))
    process = fetching(dovecot.account(mailbox.name, port=proxy(8000).port), dovecot)
    try:
        until(IncomingMail.objects.exists)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert mailbox.count() == 1
    assert fetch() == "New mails: 0"
    assert mailbox.count() == 0
    work()
    assert Submission.objects.count() == 1


def test_the_watch_stores_what_comes_and_ends_when_told(transactional_db, dovecot, mailbox):
    process = fetching(dovecot.account(mailbox.name), dovecot, "--watch")
    try:
        for number in (1, 2):
            mailbox.deliver(plain(f"{LETTER} {number}"))
            until(lambda number=number: IncomingMail.objects.count() == number)
        until(lambda: mailbox.count() == 0)
    finally:
        process.terminate()
        _out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")


@pytest.fixture
def watching(transactional_db, monkeypatch):
    """Starts `watch` in a thread, with short pauses; it is stopped after the test."""
    stop, threads = threading.Event(), []
    monkeypatch.setattr(mailboxes, "PAUSE", 0.05)
    monkeypatch.setattr(mailboxes, "POLL", 0.05)

    def run():
        mailboxes.watch(stop)
        connection.close()

    def start():
        threads.append(threading.Thread(target=run))
        threads[0].start()

    yield start
    stop.set()
    threads[0].join(20)
    assert not threads[0].is_alive()


def test_the_watch_comes_back_when_the_server_does(watching, dovecot, mailbox, proxy, settings):
    line = proxy(10**9)
    settings.IMAP_URL = dovecot.account(mailbox.name, port=line.port)
    watching()
    mailbox.deliver(plain("One"))
    until(lambda: IncomingMail.objects.count() == 1)
    settings.IMAP_URL = dovecot.account(mailbox.name)
    line.close()
    mailbox.deliver(plain("Two"))
    until(lambda: IncomingMail.objects.count() == 2)


def test_a_server_that_cannot_push_is_asked(watching, mailbox, monkeypatch):
    init = mailboxes.Mailbox.__init__

    def without_idle(self, *arguments):
        init(self, *arguments)
        self._able.discard("IDLE")
        self._able.discard("UIDPLUS")

    monkeypatch.setattr(mailboxes.Mailbox, "__init__", without_idle)
    watching()
    for number in (1, 2):
        mailbox.deliver(plain(f"{LETTER} {number}"))
        until(lambda number=number: IncomingMail.objects.count() == number)
    until(lambda: mailbox.count() == 0)
