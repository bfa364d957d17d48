"""Letters that were decided, and what their pages say."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from letters.models import Letter, Submission
from letters.retention import delete_what_was_taken_down, forget_what_cannot_be_undone
from tests.letters.submissions import waiting

DESK = "/admin/desk/"
LIST = f"{DESK}decided/"


def published(moderator=None, **fields):
    submission = waiting(**fields)
    submission.publish(moderator)
    return submission


def declined(moderator=None, reason="spam", **fields):
    submission = waiting(**fields)
    submission.decline(moderator, reason)
    return submission


def now(submission):
    return Submission.objects.get(pk=submission.pk)


def minutes_later(minutes):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        delete_what_was_taken_down()
        forget_what_cannot_be_undone()


def correct(desk, submission, follow=False, **fields):
    """Sends the form of its page."""
    letter = Letter.objects.get(submission=submission)
    values = {
        "language": letter.language,
        "content_notes": letter.content_notes_codes,
        "picture_alt": letter.picture_alt,
        "gap_reason": "name",
        "facts": submission.facts(letter),
    }
    return desk.post(f"{LIST}{submission.pk}/correct/", values | fields, follow=follow)


def text(response):
    return " ".join(response.content.decode().split())


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])
