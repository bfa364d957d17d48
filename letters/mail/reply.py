"""The one answer to a mail: neutral words, nothing quoted, one link.

Whoever reads her mailbox learns that she wrote to somebody, which her own mail says already. Her
address is nowhere but in the job, encrypted, until the answer is sent; after three days of failing
it is dropped.

The outbox tries until the mail server takes it. If the process dies after that and before the job
is deleted, the same mail is sent twice, with the same Message-ID: most mail programs show it once.
"""

import base64
import json
import smtplib
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from letters.intake import language, limit, token
from letters.mail import keep, link
from letters.models import Submission
from portal import outbox
from portal.models import Job
from portal.private import decrypt_bytes, encrypt_bytes

JOB = "letters.mail_reply"
LIFE = timedelta(days=3)
PER_HOUR = 3  # to one address: a forged sender must not be flooded
SECONDS = 20  # for the mail server to answer


def enqueue(address: str, letter_language: str, secret: str, file_lost: bool = False) -> None:
    """Put the answer into the outbox, in the transaction that stores the letter. file_lost: there
    was a file that nobody can open here."""
    times = limit.times("mail-reply", address.casefold())
    if not address or times is None or times > PER_HOUR:  # uncounted, nobody is answered
        return
    sealed = encrypt_bytes(json.dumps([address, letter_language, secret, file_lost]).encode())
    outbox.enqueue(
        JOB,
        sealed=base64.b64encode(sealed).decode(),
        until=(timezone.now() + LIFE).isoformat(),
    )


@outbox.handler(JOB)
def send(sealed: str, until: str) -> None:
    """Send the answer, unless its letter has been confirmed or taken back meanwhile."""
    if timezone.now() > datetime.fromisoformat(until):
        return
    opened = json.loads(decrypt_bytes(base64.b64decode(sealed)))
    address, letter_language, secret, file_lost = opened
    waiting = Submission.objects.filter(
        token_hash=token.stored(secret), confirmed_with="", erased=False
    )
    if not waiting.exists():
        return
    message = compose(address, reply_language(letter_language), secret, file_lost)
    message.connection = get_connection(timeout=SECONDS)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        if not codes or min(codes) < 500:  # later, perhaps
            raise


def reply_language(letter_language: str) -> str:
    """The letter's, if the site speaks it."""
    spoken = language.site_languages()
    return letter_language if letter_language in spoken else settings.LANGUAGE_CODE


def compose(address: str, code: str, secret: str, file_lost: bool = False) -> EmailMessage:
    """Return the answer in the language `code`; its link holds `secret`."""
    with translation.override(code):
        where = settings.BASE_URL + reverse("letters:mail_confirm", args=[link.to(secret)])
        paragraphs = [
            _("Hello,"),
            _("Your message has arrived. Thank you."),
            _("Please open this page within seven days and press the button on it:"),
            where,
            _("One file could not be opened here: only text and pictures can.")
            if file_lost
            else "",
            _("If you did not write to us, you need not do anything."),
            _("Nobody reads what is sent to the address that this comes from."),
        ]
        subject = _("Your message")
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject,
        "\n\n".join(filter(None, paragraphs)) + "\n",
        sender,
        [address],
        # No In-Reply-To: it would tie this to what she wrote.
        headers={
            "Message-ID": f"<{keep.keyed('reply', secret.encode())[:32]}@{domain}>",
            "Auto-Submitted": "auto-replied",
            "Precedence": "bulk",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": code,
        },
    )


def drop_unsent() -> int:
    """Forget the addresses of answers that could not be sent in three days.
    Returns how many were dropped."""
    now = timezone.now()
    dropped = 0
    for job in Job.objects.filter(name=JOB):
        if now > datetime.fromisoformat(job.payload["until"]):
            dropped += Job.objects.filter(pk=job.pk).delete()[0]
    return dropped
