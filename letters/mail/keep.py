"""A mail as it came, kept encrypted until it has become a letter.

It is committed before it is deleted anywhere else, and known again by two keyed hashes: of its
Message-ID, and of all that follows the headers. So the same mail, brought twice and by two ways,
is one row.
"""

import hashlib
import hmac
import re
from email.parser import BytesHeaderParser

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from letters.mail.parts import header
from letters.models import IncomingMail
from portal import outbox
from portal.private import encrypt_bytes

JOB = "letters.mail"
HEAD = 200_000  # bytes of the headers that are looked at

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n|\r\r")


def keyed(purpose: str, data: bytes) -> str:
    """Return 64 hexadecimal digits that nobody can compute without the pepper."""
    key = settings.RECEIPT_PEPPER.encode()
    return hmac.new(key, f"mail:{purpose}:".encode() + data, hashlib.sha256).hexdigest()


def store(raw: bytes) -> bool:
    """Keep a mail and the job to read it; False if it was there already. Committed on return."""
    hashes = _hashes(raw)
    if IncomingMail.objects.filter(**hashes).exists():
        return False
    try:
        with transaction.atomic():
            mail = IncomingMail.objects.create(
                raw=encrypt_bytes(raw), received=timezone.now(), **hashes
            )
            outbox.enqueue(JOB, mail=mail.pk)
    except IntegrityError:
        if IncomingMail.objects.filter(**hashes).exists():  # another process was quicker
            return False
        raise
    return True


def note_too_big(head: bytes) -> None:
    """Note a mail that stays where it is, for a person to look at. head: how it begins."""
    IncomingMail.objects.get_or_create(
        **_hashes(head),
        defaults={
            "received": timezone.now(),
            "state": IncomingMail.State.QUARANTINED,
            "outcome": "too-big",
        },
    )


def _hashes(raw):
    end = _END_OF_HEAD.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    message_id = header(BytesHeaderParser().parsebytes(head[:HEAD]), "Message-ID")
    return {
        "message_hash": keyed("message", message_id.encode("utf-8", "replace")),
        # Line ends change on the way.
        "body_hash": keyed("body", body.replace(b"\r\n", b"\n").strip()),
    }


def secret_of(mail: IncomingMail) -> str:
    """Return the secret of the token of the letter that this mail becomes: always the same, so
    that reading the mail again makes no second letter."""
    return keyed("secret", f"{mail.pk}:{mail.message_hash}".encode())[:32]


def further_secret(secret: str, number: int) -> str:
    """Return the secret of the letter that the mail's picture `number` (2 or more) becomes."""
    return keyed("further", f"{secret}:{number}".encode())[:32]
