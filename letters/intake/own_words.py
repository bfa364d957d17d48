"""Is this letter nearly the same as others? Asked before sending, to help her make it her own."""

from django.db.models import Count

from letters import likeness
from letters.models import Trace


def looks_like_others(text: str) -> bool:
    """True if a public letter is nearly the same. One query; none for short texts.

    Public ones only: else anybody could find out whether somebody has sent a text like this.
    """
    bands = likeness.bands(text)
    if not bands:
        return False
    alike = (
        Trace.objects.filter(of=Trace.Of.WORDS, band__in=bands, submission__letter__hidden=False)
        .values("submission")
        .annotate(shared=Count("pk"))
        .filter(shared__gte=likeness.NEARLY_THE_SAME)
    )
    return alike.exists()
