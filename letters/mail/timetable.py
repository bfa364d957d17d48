"""What happens to mail at its time."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from letters.mail import mailbox, reply
from letters.models import IncomingMail
from portal import clock

DAYS = 30  # that a mail is kept for a person to look at, and known again


@clock.every(minutes=5)
def fetch():
    """One worker without `fetch_letters --watch` brings the letters too."""
    if settings.IMAP_URL:
        mailbox.fetch_once(most=mailbox.AT_ONCE)


@clock.every(hours=1)
def forget():
    """Erase what was set aside and nobody asked for; drop answers that can't be sent."""
    now = timezone.now()
    past = IncomingMail.objects.filter(received__lt=now - timedelta(days=DAYS))
    past.exclude(state=IncomingMail.State.WAITING).delete()
    reply.drop_unsent()
