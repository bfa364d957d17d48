"""A mail becomes a letter: read, its pictures cleaned, received like any other, and forgotten.

The letter is written, the mail emptied and the answer put into the outbox in one transaction.
"""

from email.utils import parseaddr

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from letters.intake import language, picture
from letters.intake.receive import receive
from letters.mail import keep, reply
from letters.mail.parse import LETTER, MANY_LINKS, parse
from letters.mail.salutation import addressed
from letters.models import IncomingMail, IntakeSwitch
from letters.vocabulary import HeldReason, Way
from portal import outbox
from portal.picture import PictureError, clean_picture
from portal.private import decrypt_bytes

ATTEMPTS = 3
SMALLEST = 100  # pixels of the longer side: below it is a logo, or a point that counts readers
# What says of itself that no person wrote it is not kept for a person to look at.
CERTAIN = {"auto-reply", "bounce", "ours"}
State = IncomingMail.State


class Away(Exception):
    """Something that every mail needs is not there just now."""


@outbox.handler(keep.JOB)
def arrive(mail: int) -> None:
    """Read the mail with this number. One at which reading fails three times, or ends the process,
    is set aside; a disk, a database or a storage that is away is no fault of the mail's."""
    row = IncomingMail.objects.filter(pk=mail, state=State.WAITING).first()
    if row is None:
        return
    raw = decrypt_bytes(bytes(row.raw))
    if row.attempts >= ATTEMPTS:
        _end(row, State.QUARANTINED, "poison")
        return
    this = IncomingMail.objects.filter(pk=row.pk)
    this.update(attempts=F("attempts") + 1)
    try:
        _read(row, raw)
    except (Away, OSError, OperationalError, InterfaceError):
        this.update(attempts=F("attempts") - 1)
        raise


def take(mail: int) -> str:
    """Make a letter of a mail that was set aside, because a person says that one wrote it. Returns
    its outcome now. Raises IncomingMail.DoesNotExist."""
    with transaction.atomic():
        set_aside = IncomingMail.objects.filter(state=State.QUARANTINED).exclude(raw=b"")
        row = set_aside.get(pk=mail)
        IncomingMail.objects.filter(pk=mail).update(state=State.WAITING, attempts=0)
        _read(row, decrypt_bytes(bytes(row.raw)), by_hand=True)
    row.refresh_from_db()
    return row.outcome


def _read(row, raw, by_hand=False):
    parsed = parse(raw, {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].casefold()}, by_hand)
    pictures = _cleaned(parsed) if parsed.outcome == LETTER else []
    if parsed.outcome == LETTER and not parsed.words and not pictures:
        parsed.outcome = "unreadable"
    if parsed.outcome == LETTER:
        _receive(row, parsed, _stored(pictures))
    else:
        certain = parsed.outcome in CERTAIN
        _end(row, State.DONE if certain else State.QUARANTINED, parsed.outcome)


def _cleaned(parsed):
    """The pictures as WebP; what can't be one is counted among `others`."""
    found = []
    for data in parsed.pictures:
        try:
            clean = clean_picture(data)
        except PictureError as error:
            if error.code == "busy":
                raise Away from None
            parsed.others += 1
            continue
        if max(clean.width, clean.height) >= SMALLEST:
            found.append(clean.webp)
    return found


def _stored(pictures):
    try:
        return [picture.store(webp) for webp in pictures]
    except Exception as error:  # every storage has faults of its own
        raise Away from error


def _end(row, state, outcome):
    """The mail's last word, once. Returns whether this process has spoken it."""
    values = {"state": state, "outcome": outcome}
    if state == State.DONE:
        values["raw"] = b""
    return IncomingMail.objects.filter(pk=row.pk, state=State.WAITING).update(**values)


def _receive(row, parsed, names):
    """names: of the stored pictures. The first goes with the words, each other one is a letter of
    its own: nothing of hers is lost, and each can be taken back for itself."""
    secret = keep.secret_of(row)
    draft = _draft(parsed)
    with transaction.atomic():
        if not _end(row, State.DONE, LETTER):
            return
        receive({**draft, "picture_name": names[0] if names else ""}, secret, _held(parsed))
        for number, name in enumerate(names[1:], 2):
            alone = {**draft, "words": "", "picture_name": name}
            receive(alone, keep.further_secret(secret, number), _held(parsed))
        if not parsed.wants_silence:
            reply.enqueue(parsed.sender, draft["language"], secret, parsed.others > 0)


def _draft(parsed):
    code = language.guess_language(parsed.words)
    if not code and parsed.language in language.codes():
        code = parsed.language
    return {
        **addressed(parsed.title, parsed.words, code),
        "title": parsed.title,
        "words": parsed.words,
        "language": code,
        "way": Way.MAIL,
        "contact": parsed.sender if parsed.wants_answer else "",
    }


def _held(parsed):
    reasons = {
        HeldReason.UNCONFIRMED: True,
        HeldReason.ATTACK_DAY: IntakeSwitch.current().attack_day,
        HeldReason.MANY_LINKS: parsed.links >= MANY_LINKS,
        HeldReason.OTHER_FILES: parsed.others > 0,
    }
    return [str(reason) for reason, applies in reasons.items() if applies]
