"""What became of a letter, in a sentence."""

from django.utils.translation import gettext as _

from letters import reasons
from letters.models import Decision, Submission

_ACTS = Decision.Act
_SAYS_LITTLE = [_ACTS.PASS, _ACTS.REDACT, _ACTS.CORRECT, _ACTS.UNDO]


def outcome(submission):
    if submission.state == Submission.State.WITHDRAWN:
        return _("its writer has taken this letter back.")
    if submission.state == Submission.State.KEPT:
        return _("its writer allows nobody to read it any more.")
    decision = deciding(submission)
    if decision is None or decision.moderator is None:
        return _("this letter has been decided already.")
    words = {
        "who": decision.moderator.get_username(),
        "reason": reasons.words_of(decision.reason),
    }
    if decision.act == _ACTS.TAKE_DOWN:
        return _("%(who)s has taken this letter down: %(reason)s.") % words
    if submission.state == Submission.State.PUBLISHED and decision.act == _ACTS.DECLINE:
        return _("%(who)s has left this letter as it was: %(reason)s.") % words
    if submission.state == Submission.State.PUBLISHED:
        return _("%(who)s has published this letter.") % words
    if decision.act == _ACTS.AGREE:
        return _("%(who)s has agreed to publish this letter.") % words
    if decision.act == _ACTS.RETURN:
        return _("%(who)s has put this letter back into the queue.") % words
    if decision.act == _ACTS.ASK:
        return _("%(who)s has asked a lead about this letter.") % words
    return _("%(who)s has declined this letter: %(reason)s.") % words


def deciding(submission):
    """The decision by which it stands as it does, or None."""
    standing = submission.decisions.standing().exclude(act__in=_SAYS_LITTLE)
    return standing.select_related("moderator").order_by("pk").last()
