from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.vocabulary import DeclineReason


class DecisionQuerySet(models.QuerySet):
    def update(self, **values):
        raise TypeError("A decision is not changed; make another one.")

    def delete(self):
        raise TypeError("A decision is not deleted.")


class Decision(models.Model):
    """What a moderator decided about a submission: who, what, why, when. Never changed, and
    never holding a word of the letter."""

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Published")
        DECLINE = "decline", _("Declined")
        PASS = "pass", _("Passed on")
        REDACT = "redact", _("Blanked out")
        TAKE_DOWN = "take-down", _("Taken down")

    submission = models.ForeignKey(
        "letters.Submission", on_delete=models.PROTECT, related_name="decisions"
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(max_length=20, choices=Act)
    reason = models.CharField(max_length=40, blank=True, choices=DeclineReason)
    made = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["made", "pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self):
        return f"{self.get_act_display()} {self.made:%Y-%m-%d}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A decision is not changed; make another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A decision is not deleted.")
