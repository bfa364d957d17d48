from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models.intake_switch import IntakeSwitch
from letters.models.letter import Letter
from letters.models.moderators_acts import AlreadyDecided
from letters.models.submission import Submission
from letters.vocabulary import ReportReason
from portal.private import EncryptedTextField

HOURS = 48  # in which a moderator decides


class ReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Report.State.OPEN)

    def decide(self, state):
        return self.open().update(state=state, decided=timezone.now())


class Report(models.Model):
    """Somebody asks to have a letter taken down: "this letter is about me". Private."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="reports")
    reason = models.CharField(max_length=20, choices=ReportReason)
    words = EncryptedTextField(blank=True)
    contact = EncryptedTextField(blank=True)
    # One of many from the same network at the same time is read, but hides nothing.
    counts = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made = models.DateTimeField(db_index=True)
    decided = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["made", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = []

    def __str__(self):
        return f"Report {self.pk}"  # no word of it

    @property
    def due(self):
        return self.made + timedelta(hours=HOURS)

    @classmethod
    def take(cls, letter, *, reason, words="", contact="", counts=True):
        """Store what somebody says of a letter, and hide it where enough people have.

        Open reports only are counted: those that a moderator has refused don't hide it again.
        Raises Letter.DoesNotExist where it is gone by now.
        """
        with transaction.atomic():
            # One that was put back a moment ago is as good as gone.
            letters = Letter.objects.select_for_update(of=["self"]).filter(former=None)
            letter = letters.get(pk=letter.pk)
            report = cls.objects.create(
                letter=letter,
                reason=reason,
                words=words,
                contact=contact,
                counts=counts,
                made=timezone.now(),
            )
            against = letter.reports.open().filter(counts=True).count()
            if not letter.hidden and against >= IntakeSwitch.current().reports_that_hide:
                letter.hide()
        return report

    @classmethod
    def refuse(cls, letter):
        """The letter stays, and is seen again. Raises AlreadyDecided."""
        with transaction.atomic():
            locked = Submission.objects.select_for_update(of=["self"]).sealed()
            submission = locked.filter(letter=letter).first()
            letter = Letter.objects.select_for_update(of=["self"]).filter(pk=letter.pk).first()
            is_down = submission is not None and submission.state == Submission.State.DECLINED
            if letter is None or is_down or not letter.reports.decide(cls.State.REFUSED):
                raise AlreadyDecided
            if letter.hidden:
                letter.show()

    @classmethod
    def grant(cls, letter, moderator, reason, note=""):
        """Take the letter down. reason: a code of `letters.reasons`. Gives its
        submission. Raises AlreadyDecided."""
        with transaction.atomic():
            # First the submission, then the letter, as whoever takes her letter back does.
            locked = Submission.objects.select_for_update(of=["self"]).sealed()
            submission = locked.filter(letter=letter).first()
            letter = Letter.objects.select_for_update(of=["self"]).filter(pk=letter.pk).first()
            if submission is None or letter is None:
                raise AlreadyDecided
            if not letter.reports.decide(cls.State.GRANTED):
                raise AlreadyDecided
            submission.take_down(moderator, reason, note=note)
        return submission
