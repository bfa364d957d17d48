from django.db import models

from letters.models.decision import Decision
from letters.models.letter import Letter
from portal.private import EncryptedTextField


class Former(models.Model):
    """How a letter stood before a decision, so that this can be undone exactly. Kept for the ten
    minutes of that, and emptied at once where its writer or a moderator changes what is seen."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="former")
    # What readers saw: hidden, and no submission's letter meanwhile.
    letter = models.OneToOneField(
        Letter, null=True, on_delete=models.SET_NULL, related_name="former"
    )
    state = models.CharField(max_length=20)
    note = EncryptedTextField(blank=True)
    refused = models.BooleanField(default=False)  # its picture was known as refused
    is_gone = models.BooleanField(default=False)  # the decision can't be undone any more

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"Former {self.pk}"  # no word of it
