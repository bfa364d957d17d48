"""What a moderator is told at her next visit: a colleague saw a letter differently than she did.
By the letter's number, and without a word of it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from letters import reasons
from letters.models import Otherwise

MOST = 20  # at a time; the others come when these are seen
_WHAT = Otherwise.What


def unseen(queue):
    """Rows for `letters/desk/otherwise.html`, the oldest first: `sentence`, and whether the letter
    `is_hers` to look at. queue: a `letters.desk.queue.Queue`."""
    found = _of(queue.user).select_related("by", "decision", "submission")
    found = found.only(
        *("what", "user", "by__username", "decision__reason"),
        *("submission__language", "submission__state"),
    )
    rows, languages = list(found[:MOST]), queue.languages
    for row in rows:
        row.is_hers = languages is None or row.submission.language in languages
        row.sentence = _sentence(row)
    return rows


def count(user):
    return _of(user).count()


def mark_seen(user, keys):
    """keys: what her page showed, as it sends them."""
    keys = [int(key) for key in keys[:MOST] if key.isascii() and key.isdecimal() and len(key) < 19]
    Otherwise.objects.filter(user=user, pk__in=keys).delete()


def _of(user):
    # What was undone since is as if it had never been.
    return Otherwise.objects.filter(Q(decision=None) | Q(decision__undone=None), user=user)


def _sentence(row):
    words = {"who": row.by.get_username() if row.by else _("somebody whose account is gone")}
    if row.what == _WHAT.DECLINED:
        words["reason"] = reasons.words_of(row.decision.reason) if row.decision else ""
        return _("You agreed to publish it; %(who)s declined it: %(reason)s.") % words
    return {
        _WHAT.ASKED: _("You agreed to publish it; %(who)s asked a lead."),
        _WHAT.GAPS: _(
            "You agreed to publish it; %(who)s published it with other places blanked out."
        ),
        _WHAT.BESIDE: _(
            "You agreed to publish it; %(who)s published it with another description or other "
            "content notes."
        ),
        _WHAT.WANTED_DECLINE: _("Your decision counts. %(who)s came second and wanted to decline."),
        _WHAT.WANTED_PUBLISH: _("Your decision counts. %(who)s came second and wanted to publish."),
        _WHAT.WANTED_ASK: _("Your decision counts. %(who)s came second and wanted to ask a lead."),
        _WHAT.WANTED_GAPS: _(
            "Your decision counts. %(who)s came second and had left out more words."
        ),
        _WHAT.LEFT_OUT: _("You published it; %(who)s came second and left out more words."),
        _WHAT.RETURNED: _(
            "You decided it; %(who)s came second, saw it differently and asked a lead. It waits "
            "for her."
        ),
    }[_WHAT(row.what)] % words
