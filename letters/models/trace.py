from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.models.submission import Submission


class Trace(models.Model):
    """One of the bands by which letters and pictures that are nearly the same are found.

    Keyed hashes (`letters.likeness`): no word and no pixel can be read from them. Those of a
    refused picture outlive it, so that it is known when it comes again.
    """

    class Of(models.TextChoices):
        WORDS = "words"
        PICTURE = "picture"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="traces")
    of = models.CharField(max_length=10, choices=Of)
    band = models.BigIntegerField()
    refused = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        default_permissions = []
        indexes = [models.Index(fields=["of", "band"])]
