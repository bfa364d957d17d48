"""Numbers of the desk. Nothing but numbers is kept, and only for a short while.

What a moderator has done is counted for herself alone.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, F, Min, Q
from django.db.models.functions import Floor
from django.utils import timezone

from letters.models import Decision, Submission

DAYS = 30  # of decisions, for the usual wait
# Counting fewer costs less than the rest of a page: these numbers are always as of now.
FEW = 2_000
KEPT = 5 * 60  # seconds, for more than a few
KEPT_WAITS = 15 * 60

_NOW, _WAITS = "desk:waiting-now", "desk:waits"


def waiting_now():
    """{(language, kind, has a picture, a lead is asked): (how many wait, when the first came)},
    those with the same words counted once. Where many wait it may be five minutes old."""
    if (found := cache.get(_NOW)) is not None:
        return found
    waiting = Submission.objects.waiting().filter(burst_of=None).order_by()
    grouped = waiting.annotate(has_picture=~Q(picture_name="")).values_list(
        "language", "kind", "has_picture", "for_lead"
    )
    counted = grouped.annotate(count=Count("pk"), oldest=Min("received"))
    found = {(*group,): (count, oldest) for *group, count, oldest in counted}
    if sum(count for count, _oldest in found.values()) > FEW:
        cache.set(_NOW, found, KEPT)
    return found


def waits():
    """{language: {minutes: how many letters of the last 30 days waited so long}}; may be a
    quarter of an hour old."""
    if (found := cache.get(_WAITS)) is not None:
        return found
    since = timezone.now() - timedelta(days=DAYS)
    settled = Decision.objects.standing().filter(made__gt=since, waited__isnull=False)
    settled = settled.filter(act__in=[Decision.Act.PUBLISH, Decision.Act.DECLINE]).order_by()
    found = defaultdict(dict)
    minutes = settled.annotate(minutes=Floor(F("waited") / 60.0)).values_list("language", "minutes")
    for language, minute, count in minutes.annotate(count=Count("pk")):
        found[language][int(minute)] = count
    cache.set(_WAITS, dict(found), KEPT_WAITS)
    return dict(found)


def usual_wait(*histograms):
    """The median of what `waits` gives for some languages, as a timedelta; None for none."""
    together = sum(map(Counter, histograms), Counter())
    half = sum(together.values()) / 2
    for minutes in sorted(together):
        half -= together[minutes]
        if half <= 0:
            return timedelta(minutes=minutes)
    return None


def decided_today(user):
    """Decisions of hers about letters since midnight, by her own clock: for herself."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        Decision.objects.standing()
        .filter(moderator=user, made__gte=midnight, act__in=Decision.SETTLES)
        .order_by()
    )
