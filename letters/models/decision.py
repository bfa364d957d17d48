import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

UNDO = timedelta(minutes=10)  # in which a decision can be undone


class DecisionQuerySet(models.QuerySet):
    def update(self, **values):
        raise TypeError("A decision is not changed; make another one.")

    def delete(self):
        raise TypeError("A decision is not deleted.")

    def standing(self):
        """Those that were not undone, and are no undoing themselves."""
        return self.filter(undone=None).exclude(act=Decision.Act.UNDO)

    def undoable(self, moderator, now=None):
        """Her own of the last ten minutes, but those after which what readers may see was changed
        otherwise."""
        since = (now or timezone.now()) - UNDO
        found = self.standing().filter(
            moderator=moderator, made__gt=since, act__in=Decision.UNDOABLE
        )
        return found.exclude(former__is_gone=True)


def new_batch():
    return uuid.uuid4().hex


class Decision(models.Model):
    """What a moderator decided about a submission: who, what, why, when. Never changed, and
    never holding a word of the letter."""

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Published")
        AGREE = "agree", _("Agreed to publish")  # the first of two
        DECLINE = "decline", _("Declined")
        PASS = "pass", _("Passed on")
        ASK = "ask", _("Asked a lead")
        REDACT = "redact", _("Blanked out")
        CORRECT = "correct", _("Corrected")
        TAKE_DOWN = "take-down", _("Taken down")
        RESTORE = "restore", _("Published again")
        RETURN = "return", _("Put back into the queue")
        UNDO = "undo", _("Undone")

    UNDOABLE = ["publish", "agree", "decline", "pass", "ask", "take-down", "restore", "return"]
    # What counts as a letter decided.
    SETTLES = ["publish", "agree", "decline"]

    submission = models.ForeignKey(
        "letters.Submission", on_delete=models.PROTECT, related_name="decisions"
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(max_length=20, choices=Act)
    reason = models.CharField(max_length=40, blank=True)  # a code of letters.reasons
    made = models.DateTimeField()
    # As it was then, for the numbers that anybody may see: the row forgets when it came.
    language = models.CharField(max_length=35, blank=True)
    waited = models.PositiveIntegerField(null=True)  # seconds from its arrival
    batch = models.CharField(max_length=32, blank=True)  # the same for all decided together
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["made", "pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(fields=["moderator", "made"]),
            models.Index(fields=["language", "made"]),
        ]

    def __str__(self):
        return f"{self.get_act_display()} {self.made:%Y-%m-%d}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A decision is not changed; make another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A decision is not deleted.")
