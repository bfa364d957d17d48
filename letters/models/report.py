from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.models.letter import Letter
from letters.vocabulary import ReportReason
from portal.private import EncryptedTextField


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

    class Meta:
        ordering = ["made", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = []

    def __str__(self):
        return f"Report {self.pk}"  # no word of it
