"""Letters that were decided, found again: by the latest decision, by number, by the words or the
address that readers know."""

import re

from django.core.cache import cache
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import reasons
from letters.desk.queue import PER_PAGE
from letters.models import Decision, Former, Letter, Submission
from letters.models.decision import UNDO
from letters.models.letter import CODE_ALPHABET, CODE_LENGTH
from letters.search import matching
from portal.names import language_name

_ACT, _STATE = Decision.Act, Submission.State
# What settles what readers see.
OUTCOMES = [_ACT.PUBLISH, _ACT.DECLINE, _ACT.TAKE_DOWN, _ACT.RESTORE]
# What does not stand in the way of undoing an earlier decision.
BESIDE = [_ACT.PASS, _ACT.REDACT, _ACT.CORRECT]
# Nobody looks through more; further words find fewer letters.
MOST_FOUND = 100
_CODE = re.compile(rf"(?:^|/)([{CODE_ALPHABET}]{{{CODE_LENGTH}}})(?:/|$)")


class Outcome(models.TextChoices):
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Declined")
    TAKEN_DOWN = "taken-down", _("Taken down")
    GONE = "gone", _("Taken back or kept back by its writer")


_WITH_OUTCOME = {
    Outcome.PUBLISHED: Q(submission__letter__isnull=False) & ~Q(submission__state=_STATE.DECLINED),
    Outcome.DECLINED: Q(submission__state=_STATE.DECLINED, act=_ACT.DECLINE),
    Outcome.TAKEN_DOWN: Q(submission__state=_STATE.DECLINED) & ~Q(act=_ACT.DECLINE),
    Outcome.GONE: Q(submission__state__in=[_STATE.WITHDRAWN, _STATE.KEPT]),
}


class Decided:
    """What a moderator may see, by `letters.desk.queue.Queue`: in her languages."""

    def __init__(self, queue):
        self.queue = queue

    def rows(self, *, after="", mine=False, outcome="", language="", words=""):
        """A page of decisions, the newest first, and the cursor of the next one ("" at the end).

        One for each letter: the one that settled what readers see. mine: each of her own, also
        of letters that wait. outcome: of `Outcome`. words: see `with_words`. Holds no word of a
        letter. Each has what `told` says.
        """
        found = self._hers() if mine else self._settling()
        if self.queue.languages is not None:
            found = found.filter(submission__language__in=self.queue.languages)
        if language:
            found = found.filter(submission__language=language)
        if outcome in _WITH_OUTCOME:
            found = found.filter(_WITH_OUTCOME[outcome])
        if words:
            found = found.filter(submission__letter__in=self.with_words(words))
        if after.isdecimal() and len(after) <= 18:
            found = found.filter(pk__lt=int(after))
        found = (
            with_later(found)
            .select_related("submission__letter")
            .only(
                *("act", "reason", "made", "moderator", "batch"),
                *("submission__state", "submission__language", "submission__kind"),
                "submission__letter__hidden",
            )
        )
        rows = list(found.order_by("-pk")[: PER_PAGE + 1])
        has_more = len(rows) > PER_PAGE
        rows = [told(row, self.queue.user) for row in rows[:PER_PAGE]]
        return rows, str(rows[-1].pk) if has_more else ""

    def _settling(self):
        later = Decision.objects.standing().filter(
            submission=OuterRef("submission"), act__in=OUTCOMES, pk__gt=OuterRef("pk")
        )
        # One that is public, and waits because its writer allows more now, is there too.
        waits = Q(submission__state=_STATE.WAITING, submission__letter=None)
        found = Decision.objects.standing().filter(~Exists(later), act__in=OUTCOMES)
        return found.exclude(waits)

    def _hers(self):
        return (
            Decision.objects.standing().filter(moderator=self.queue.user).exclude(act=_ACT.REDACT)
        )

    def with_words(self, words):
        """Keys of the newest public letters that hold these words: at most MOST_FOUND."""
        letters = matching(self._letters(), words).order_by("-pk")
        return list(letters.values_list("pk", flat=True)[:MOST_FOUND])

    def one(self, query):
        """The key of the submission that a number or a letter's address names, or None."""
        query = query.strip()
        if query.isdecimal() and len(query) <= 18:
            return (
                self.queue.submissions().filter(pk=int(query)).values_list("pk", flat=True).first()
            )
        if match := _CODE.search(query):
            letters = self._letters().filter(code=match[1])
            return letters.values_list("submission", flat=True).first()
        return None

    def _letters(self):
        if self.queue.languages is None:
            return Letter.objects.all()
        return Letter.objects.filter(language__in=self.queue.languages)

    def language_choices(self):
        """[(code, name)] to filter by; of all languages as they were some minutes ago."""
        codes = self.queue.languages
        if codes is None:
            asked = Submission.objects.order_by().values_list("language", flat=True).distinct()
            codes = cache.get_or_set("desk-languages", lambda: list(asked), 600)
        return sorted(((code, language_name(code)) for code in codes), key=lambda x: x[1])


def with_later(decisions):
    """Each with `has_later`: somebody has decided since, or changed what readers may see, so that
    it can't be undone."""
    later = Decision.objects.standing().filter(
        submission=OuterRef("submission"), pk__gt=OuterRef("pk")
    )
    gone = Former.objects.filter(decision=OuterRef("pk"), is_gone=True)
    return decisions.annotate(has_later=Exists(later.exclude(act__in=BESIDE)) | Exists(gone))


def told(decision, user):
    """What the templates say of a decision of `with_later`, besides its fields."""
    submission = decision.submission
    decision.reason_words = reasons.words_of(decision.reason) if decision.reason else ""
    decision.language_label = language_name(submission.language)
    decision.waits = submission.state == _STATE.WAITING and submission.letter_id is None
    decision.may_be_undone = (
        decision.moderator_id == user.pk
        and decision.act in Decision.UNDOABLE
        and decision.made > timezone.now() - UNDO
        and submission.state != _STATE.WITHDRAWN
        and (decision.act == _ACT.PASS or not decision.has_later)
    )
    return decision


def lately(user, act):
    """Her decisions of one kind that can still be undone, the newest first; see `told`."""
    found = with_later(Decision.objects.undoable(user).filter(act=act))
    found = found.select_related("submission__letter").only(
        *("act", "reason", "made", "moderator", "batch"),
        *("submission__state", "submission__language", "submission__letter__hidden"),
    )
    rows = [told(row, user) for row in found.order_by("-pk")[:PER_PAGE]]
    return [row for row in rows if row.may_be_undone]
