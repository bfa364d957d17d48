"""What a moderator's own session knows of her work, so that the desk can look after her.

It is in her session and nowhere else, is forgotten when she signs out, and is shown to nobody.
"""

from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from letters.desk import loved
from letters.desk.counters import decided_today

KEY = "desk"  # in her session
NOTED = timedelta(minutes=5)  # as exactly as her work is noted
GAP = timedelta(minutes=15)  # without a decision: she has rested
WORK = timedelta(minutes=45)  # in one go
EVERY = 12  # decisions from one loved letter to the next


ENOUGH, BREAK, LOVED = "enough", "break", "loved"


def after_decision(request, queue):
    """Called once after each decision. Returns where to send her instead of to the next letter,
    an address that waits for `next=…`; mostly None. What it costs: see `note_decisions`."""
    due = note_decisions(request, queue)
    if due == LOVED:
        return reverse("desk:loved") + "?"
    return f"{reverse('desk:pause')}?why={due}&" if due else None


def note_decisions(request, queue):
    """Called once after each decision, or after all that were made together. Returns what is good
    for her now: ENOUGH, she has decided as many as she meant to; BREAK; LOVED; mostly None. No
    query, or one or two if she wishes for a number or for loved letters; her session is written
    every few minutes."""
    now, before = timezone.now(), request.session.get(KEY, {})
    kept, profile, due = dict(before), queue.profile, None
    has_worked_long = _note_work(kept, now)
    has_enough, are_loves_due = _count(kept, profile, request.user, now)
    if has_enough or has_worked_long:
        kept["since"] = now.timestamp()
        due = ENOUGH if has_enough else BREAK
    elif are_loves_due:
        kept["loved"] = now.timestamp()
        if loved.keys(request.user, profile, kept.get("seen", [])):
            due = LOVED
    if kept != before:
        request.session[KEY] = kept
    return due


def just_seen(request):
    """Keys of the loved letters that she has been shown."""
    return request.session.get(KEY, {}).get("seen", [])


def note_seen(request, letter):
    kept = dict(request.session.get(KEY, {}))
    kept["seen"] = [*just_seen(request), letter.pk][-loved.REMEMBERED :]
    request.session[KEY] = kept


def _note_work(kept, now):
    """Whether she has decided for 45 minutes without a rest, to within NOTED."""
    moment = now.timestamp()
    rested = moment - kept.get("last", 0)
    if rested >= GAP.total_seconds():
        kept["since"] = moment
    if rested >= NOTED.total_seconds():
        kept["last"] = moment
    return moment - kept.setdefault("since", moment) >= WORK.total_seconds()


def _count(kept, profile, user, now):
    """Whether she has decided as many letters today as she set herself, and wasn't told yet; and
    whether a loved letter is due."""
    today = timezone.localdate(now).isoformat()  # by her own calendar
    waits = profile.daily_number and kept.get("enough") != today
    if not waits and not profile.wants_loved:
        return False, False
    since = datetime.fromtimestamp(kept.get("loved", 0), UTC)
    counted = decided_today(user).aggregate(
        today=Count("pk"), since=Count("pk", filter=Q(made__gt=since))
    )
    has_enough = bool(waits and counted["today"] >= profile.daily_number)
    if has_enough:
        kept["enough"] = today
    return has_enough, profile.wants_loved and counted["since"] >= EVERY
