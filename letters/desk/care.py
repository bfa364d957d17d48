"""What a moderator's own session knows of her work, so that the desk can look after her.

It is in her session and nowhere else, is forgotten when she signs out, and is shown to nobody.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from letters.desk import loved
from letters.desk.counters import decided_today

KEY = "desk"  # in her session
GAP = timedelta(minutes=15)  # without a decision: she has rested
WORK = timedelta(minutes=45)  # in one go
EVERY = 12  # decisions from one loved letter to the next


def after_decision(request, queue):
    """Called once after each decision. Returns where to send her instead of to the next letter,
    an address that waits for `next=…`; mostly None. At most two queries besides her profile."""
    now, kept = timezone.now(), dict(request.session.get(KEY, {}))
    profile = queue.profile
    where = None
    has_worked_long, are_loves_due = _note_work(kept, now), _count(kept)
    has_enough = _has_enough(kept, profile, request.user, now)
    if has_enough or has_worked_long:
        kept["since"] = now.timestamp()
        where = f"{reverse('desk:pause')}?why={'enough' if has_enough else 'break'}&"
    elif are_loves_due and profile.wants_loved:
        kept["count"] = 0
        if loved.keys(request.user, profile, kept.get("seen", [])):
            where = reverse("desk:loved") + "?"
    request.session[KEY] = kept
    return where


def just_seen(request):
    """Keys of the loved letters that she has been shown."""
    return request.session.get(KEY, {}).get("seen", [])


def note_seen(request, letter):
    kept = dict(request.session.get(KEY, {}))
    kept["seen"] = [*just_seen(request), letter.pk][-loved.REMEMBERED :]
    request.session[KEY] = kept


def _has_enough(kept, profile, user, now):
    """Whether she has decided as many letters today as she set herself, and wasn't told yet."""
    today = timezone.localdate(now)  # by her own calendar
    if not profile.daily_number or kept.get("enough") == today.isoformat():
        return False
    if decided_today(user).count() < profile.daily_number:
        return False
    kept["enough"] = today.isoformat()
    return True


def _note_work(kept, now):
    """Whether she has decided for 45 minutes without a rest."""
    moment = now.timestamp()
    if moment - kept.get("last", 0) >= GAP.total_seconds():
        kept["since"] = moment
    kept["last"] = moment
    return moment - kept.setdefault("since", moment) >= WORK.total_seconds()


def _count(kept):
    kept["count"] = kept.get("count", 0) + 1
    return kept["count"] >= EVERY
