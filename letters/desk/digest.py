"""A mail to each moderator who wants one: how much waits for her, in numbers.

Whoever looks over her shoulder learns nothing from it: no word of a letter, no name, and a
subject that says nothing. Nothing is sent when a letter comes in.
"""

import smtplib
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from letters.desk import otherwise
from letters.desk.queue import Queue, may_decide
from letters.desk.reports import Reports
from letters.models import ModeratorProfile
from portal import clock, outbox
from portal.names import language_name

JOB = "letters.desk_digest"
# A little less than an hour or a day: the clock's own rounds are never exact.
EVERY = {
    ModeratorProfile.Digest.HOURLY: timedelta(minutes=50),
    ModeratorProfile.Digest.DAILY: timedelta(hours=23, minutes=30),
}
SECONDS = 20  # for the mail server to answer


@clock.every(hours=1)
def enqueue_digests():
    """A job for every moderator whose last digest is old enough, if anything waits for her."""
    now = timezone.now()
    for user in ModeratorProfile.moderators().exclude(email=""):
        profile = getattr(user, "moderator_profile", None) or ModeratorProfile(user=user)
        pause = EVERY.get(profile.digest)
        is_late = profile.digest_sent is None or profile.digest_sent <= now - (pause or timedelta())
        if pause and is_late and any(counts(user).values()):
            _enqueue(user, profile, now)


def _enqueue(user, profile, now):
    with transaction.atomic():
        if profile.pk is None:
            profile, _created = ModeratorProfile.objects.get_or_create(user=user)
        same = ModeratorProfile.objects.filter(pk=profile.pk, digest_sent=profile.digest_sent)
        if same.update(digest_sent=now):
            outbox.enqueue(JOB, user=user.pk, made=now.isoformat())


@outbox.handler(JOB)
def send(user: int, made: str) -> None:
    """Send what is true now, unless a later one is on its way, or she wants none any more."""
    now = datetime.fromisoformat(made)
    found = get_user_model().objects.filter(pk=user, is_active=True).exclude(email="").first()
    wants = ModeratorProfile.objects.filter(user=user, digest__in=EVERY, digest_sent=now)
    if found is None or not may_decide(found) or not wants.exists():
        return
    numbers = counts(found)
    if not any(numbers.values()):
        return
    message = compose(found, numbers, made)
    message.connection = get_connection(timeout=SECONDS)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        if not codes or min(codes) < 500:  # later, perhaps
            raise


def counts(user):
    """{"languages": {code: how many wait}, "reported": how many, "overdue": how many of
    them for too long, "asked": how many of all a lead is asked about, "otherwise": how many
    a colleague saw differently than she}"""
    queue = Queue(user)
    waiting = queue.waiting().order_by().values_list("language").annotate(count=Count("pk"))
    return {
        "languages": dict(waiting),
        **Reports(queue).count(),
        "asked": queue.asked().count() if queue.leads else 0,
        "otherwise": otherwise.count(user),
    }


def compose(user, numbers, made) -> EmailMessage:
    """numbers: of `counts`. made: tells this mail from her others."""
    code = _language_of(user)
    with translation.override(code):
        paragraphs = [
            _("Hello,"),
            _("this is what waits for you:"),
            "\n".join(_lines(numbers)),
            settings.BASE_URL + reverse("desk:list"),
            _("How often this comes, or that it never does, you choose here:"),
            settings.BASE_URL + reverse("desk:profile"),
        ]
        subject = _("A short note from the team")
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    key = salted_hmac(JOB, f"{user.pk} {made}", algorithm="sha256").hexdigest()[:32]
    return EmailMessage(
        subject,
        "\n\n".join(paragraphs) + "\n",
        sender,
        [user.email],
        headers={
            "Message-ID": f"<{key}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": code,
        },
    )


def _lines(numbers):
    if numbers["reported"]:
        yield _("Reported: %(count)d") % {"count": numbers["reported"]}
    if numbers["overdue"]:
        yield _("Reported more than 48 hours ago: %(count)d") % {"count": numbers["overdue"]}
    if numbers["asked"]:
        yield _("A lead is asked: %(count)d") % {"count": numbers["asked"]}
    if numbers["otherwise"]:
        yield _("A colleague saw it differently: %(count)d") % {"count": numbers["otherwise"]}
    named = [(language_name(code), count) for code, count in numbers["languages"].items()]
    for name, count in sorted(named, key=lambda pair: pair[0].casefold()):
        yield _("%(language)s: %(count)d") % {"language": name, "count": count}


def _language_of(user):
    """Of the admin, as she has chosen it."""
    profile = UserProfile.objects.filter(user=user).first()
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
