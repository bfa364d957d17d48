"""Letters of which somebody says: this is about me. Within 48 hours a moderator decides whether
each stays or goes."""

from datetime import timedelta

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from letters.desk.queue import PER_PAGE, cursor_at, later_than, place_of
from letters.models import Letter, Report, Submission
from letters.models.report import HOURS
from portal.names import language_name


class Reports:
    """The reported letters that a moderator may decide, by `letters.desk.queue.Queue`: in her
    languages, the one that waits longest first. What was taken down, and waits to be deleted, is
    none of them."""

    def __init__(self, queue):
        self.queue = queue

    def letters(self):
        """Each with `number` (its submission's), `first` (when it was reported) and `times`."""
        found = Letter.objects.filter(reports__state=Report.State.OPEN)
        found = found.exclude(submission__state=Submission.State.DECLINED)
        if self.queue.languages is not None:
            found = found.filter(language__in=self.queue.languages)
        return found.annotate(
            first=Min("reports__made"), times=Count("reports"), number=F("submission__pk")
        )

    def count(self):
        """{"reported": how many letters, "overdue": how many of them for too long}"""
        said = Report.objects.open()
        said = said.exclude(letter__submission__state=Submission.State.DECLINED)
        if self.queue.languages is not None:
            said = said.filter(letter__language__in=self.queue.languages)
        late = Q(made__lt=timezone.now() - timedelta(hours=HOURS))
        return said.order_by().aggregate(
            reported=Count("letter", distinct=True),
            overdue=Count("letter", distinct=True, filter=late),
        )

    def rows(self, after=""):
        """A page of the list, without a word of a letter, and the cursor of the next one."""
        found = self.letters().defer("title", "words", "excerpt", "search_text", "signature")
        if place := place_of(after):
            found = found.filter(later_than("first", *place))
        rows = [clocked(row) for row in found.order_by("first", "pk")[: PER_PAGE + 1]]
        has_more = len(rows) > PER_PAGE
        rows = rows[:PER_PAGE]
        return rows, cursor_at(rows[-1].first, rows[-1].pk) if has_more else ""

    def find(self, pk):
        letter = self.letters().filter(pk=pk).first()
        return clocked(letter) if letter else None


def clocked(letter):
    """With `due`, `is_overdue` and `language_label`."""
    letter.due = letter.first + timedelta(hours=HOURS)
    letter.is_overdue = letter.due < timezone.now()
    letter.language_label = language_name(letter.language)
    return letter
