"""The letters' mailbox, by IMAP over TLS: what is in it is stored, then deleted, one by one.

A mail is deleted only after its row is committed. If the process dies between the two, it is
fetched again, and known again.
"""

import imaplib
import logging
import re
import threading
import time

from django.db import close_old_connections
from imap_tools import MailBox, MailBoxStartTls
from imap_tools.errors import ImapToolsError

from letters.mail import address, keep
from letters.mail.parts import BYTES
from letters.models import IntakeSwitch
from portal import tree

AT_ONCE = 200  # mails that the clock's task takes; the next one takes the rest
TIMEOUT = 30  # seconds for an answer of the server's
IDLE, SLICE, POLL = 30, 1, 30  # seconds: one IDLE, between looks at `stop`, without IDLE
PAUSE, LONGEST_PAUSE = 5, 300  # seconds after a failure, doubled
HEAD = 65_536

AWAY = (OSError, imaplib.IMAP4.error, ImapToolsError)
logger = logging.getLogger(__name__)


class Mailbox:
    """A connection with a folder open. Raises what AWAY names."""

    def __init__(self, where: address.Address, folder: str = ""):
        kind = MailBox if where.scheme == "imaps" else MailBoxStartTls
        self._box = kind(where.host, where.port, timeout=TIMEOUT, ssl_context=address.tls())
        try:
            login = self._box.login if _is_ascii(where) else self._box.login_utf8
            login(where.user, where.password, initial_folder=folder or where.folder)
            self._able = set(self._call("CAPABILITY")[0].decode("ascii", "replace").upper().split())
        except BaseException:
            self._box.client.shutdown()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        try:
            self._box.logout()
        except AWAY:
            self._box.client.shutdown()

    def _call(self, command, *arguments):
        client = self._box.client
        if command == "CAPABILITY":
            status, data = client.capability()
        elif command == "EXPUNGE ALL":
            status, data = client.expunge()
        else:
            status, data = client.uid(command, *arguments)
        if status != "OK":
            raise imaplib.IMAP4.error(f"The mail server refused {command}.")
        return data

    def fetch(self, stop=None, most=None) -> int:
        """Store and delete what is there, oldest first; returns how many were new.

        What is flagged waits for a person: mails that are too big are left there, flagged.
        """
        new = 0
        uids = sorted(self._box.uids("UNFLAGGED"), key=int)
        for uid in uids[:most]:
            if stop is not None and stop.is_set():
                break
            if self._size(uid) > BYTES:
                keep.note_too_big(self._literal(uid, f"(BODY.PEEK[]<0.{HEAD}>)"))
                self._call("STORE", uid, "+FLAGS.SILENT", r"(\Flagged)")
                continue
            raw = self._literal(uid, "(BODY.PEEK[])")
            if raw is None:  # deleted by somebody else a moment ago
                continue
            new += keep.store(raw)
            self._delete(uid)
        return new

    def _size(self, uid):
        said = self._call("FETCH", uid, "(RFC822.SIZE)")
        found = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(x for x in said if type(x) is bytes))
        return int(found[1]) if found else 0

    def _literal(self, uid, what):
        for item in self._call("FETCH", uid, what):
            if isinstance(item, tuple):
                return item[1]
        return None

    def _delete(self, uid):
        self._call("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self._able:
            self._call("EXPUNGE", uid)
        else:  # also what another program has marked as deleted
            self._call("EXPUNGE ALL")

    def wait(self, stop) -> None:
        """Return when there may be something new, or `stop` is set."""
        if "IDLE" not in self._able:
            stop.wait(POLL)
            self._box.client.noop()
            return
        self._box.idle.start()
        deadline = time.monotonic() + IDLE
        while not stop.is_set() and time.monotonic() < deadline:
            asked = time.monotonic()
            if self._box.idle.poll(timeout=SLICE):
                break
            if time.monotonic() - asked < SLICE / 2:
                raise imaplib.IMAP4.abort("The mail server has gone.")
        self._box.idle.stop()


def _is_ascii(where):
    return where.user.isascii() and where.password.isascii()


def may_fetch() -> bool:
    """False while an owner has mail wait in the mailbox."""
    tree.forget()
    return not IntakeSwitch.current().attack_day


def fetch_once(folder: str = "", most: int | None = None) -> int:
    """Store what is in the mailbox; returns how many mails were new. Raises what AWAY names."""
    where = address.configured()
    if where is None or not may_fetch():
        return 0
    with Mailbox(where, folder) as box:
        return box.fetch(most=most)


def watch(stop: threading.Event, folder: str = "") -> None:
    """Store mails as they come until `stop` is set, whatever goes away meanwhile."""
    pause = PAUSE
    while not stop.is_set():
        try:
            with Mailbox(address.configured(), folder) as box:
                while not stop.is_set():
                    if may_fetch():
                        box.fetch(stop)
                    close_old_connections()
                    pause = PAUSE
                    box.wait(stop)
        except Exception as error:  # a mail server or a database that is away comes back
            logger.warning("Letters can't be fetched: %s", type(error).__name__)
            close_old_connections()
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
