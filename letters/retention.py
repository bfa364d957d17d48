"""Nothing private is kept longer than it is needed."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from letters.models import Decision, Former, Report, Submission
from letters.models.decision import UNDO
from portal import clock

DAYS_AFTER_DECISION = 30


@clock.every(hours=1)
def erase_what_is_past():
    """The private part of a submission goes DAYS_AFTER_DECISION after it was decided."""
    limit = timezone.now() - timedelta(days=DAYS_AFTER_DECISION)
    state = Submission.State
    decided = Submission.objects.filter(
        state__in=[state.PUBLISHED, state.DECLINED, state.KEPT],
        erased=False,
        decisions__made__lt=limit,
    ).exclude(decisions__made__gte=limit)
    # Kept back before anybody decided: as long after it came.
    undecided = Submission.objects.filter(
        state=state.KEPT, erased=False, decisions=None, due__lt=limit
    )
    # A contact that no key opens any more must not keep anything from being erased.
    for found in (decided.distinct(), undecided):
        for submission in found.sealed():
            submission.erase()


@clock.every(minutes=1)
def delete_what_was_taken_down():
    """Readers have not seen it since; ten minutes are for whoever did it by mistake."""
    late = timezone.now() - UNDO
    found = Submission.objects.filter(state=Submission.State.DECLINED, letter__isnull=False)
    lately = Decision.objects.filter(
        submission=OuterRef("pk"), act=Decision.Act.TAKE_DOWN, made__gt=late, undone=None
    )
    for submission in found.exclude(Exists(lately)).sealed():
        submission.finish_taking_down()


@clock.every(minutes=1)
def forget_what_cannot_be_undone():
    """How a letter stood before a decision is kept for as long as this can be undone."""
    past = Former.objects.filter(decision__made__lte=timezone.now() - UNDO)
    numbers = past.order_by().values_list("decision__submission", flat=True).distinct()
    for submission in Submission.objects.filter(pk__in=list(numbers)).sealed():
        submission.forget_past()


@clock.every(hours=1)
def erase_reports():
    """What somebody said of a letter goes as long after the decision; a count stays."""
    # Their letter is gone: its writer took it back before anybody decided.
    Report.objects.filter(letter=None).decide(Report.State.GRANTED)
    limit = timezone.now() - timedelta(days=DAYS_AFTER_DECISION)
    past = Report.objects.filter(decided__lt=limit).exclude(words="", contact="")
    past.update(words="", contact="")
