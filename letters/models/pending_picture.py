from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingPicture(models.Model):
    """A picture between the check page and sending, bound to the form's token."""

    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)  # in the private storage, encrypted
    alt = models.CharField(max_length=500, blank=True)
    made = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("picture not yet sent")
        verbose_name_plural = _("pictures not yet sent")
