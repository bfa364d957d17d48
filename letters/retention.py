"""Nothing private is kept longer than it is needed."""

from datetime import timedelta

from django.utils import timezone

from letters.models import Submission
from portal import clock

DAYS_AFTER_DECISION = 30


@clock.every(hours=1)
def erase_what_is_past():
    """The private part of a submission goes DAYS_AFTER_DECISION after it was decided."""
    limit = timezone.now() - timedelta(days=DAYS_AFTER_DECISION)
    decided = Submission.objects.filter(
        state__in=[Submission.State.PUBLISHED, Submission.State.DECLINED],
        erased=False,
        decisions__made__lt=limit,
    ).exclude(decisions__made__gte=limit)
    # A contact that no key opens any more must not keep anything from being erased.
    for submission in decided.distinct().defer("contact"):
        submission.erase()
