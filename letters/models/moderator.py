from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ModeratorProfile(models.Model):
    """Which languages a moderator reads. No profile, or an empty list: all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderator_profile"
    )
    languages = models.JSONField(_("languages I read"), default=list, blank=True)

    class Meta:
        verbose_name = _("moderator profile")
        verbose_name_plural = _("moderator profiles")
