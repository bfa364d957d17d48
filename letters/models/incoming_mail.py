from django.db import models
from django.utils.translation import gettext_lazy as _


class IncomingMail(models.Model):
    """A mail to the letters' address, as it came, until it has been made into a letter.

    Written before the mail is deleted from the mailbox; emptied in the transaction that makes
    the letter. What stays are two keyed hashes, by which a second copy is known.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        QUARANTINED = "quarantined", _("Set aside")

    raw = models.BinaryField(blank=True)  # encrypted (portal.private); empty when done
    message_hash = models.CharField(max_length=64)  # of its Message-ID, keyed
    body_hash = models.CharField(max_length=64)  # of all that follows the headers, keyed
    received = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    outcome = models.CharField(max_length=30, blank=True)  # a code, for instance "letter"

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mails")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["message_hash", "body_hash"], name="mail_comes_in_once")
        ]

    def __str__(self):
        return f"Mail {self.pk}"
