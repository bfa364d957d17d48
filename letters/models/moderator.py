from copy import copy

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.models.letter import Letter
from portal import tree


class ModeratorProfile(models.Model):
    """How a moderator works: what she reads, and what she doesn't want to see today. Hers alone;
    no profile means the defaults."""

    class Digest(models.TextChoices):
        NEVER = "never", _("Never")
        DAILY = "daily", _("Once a day")
        HOURLY = "hourly", _("Once an hour, while letters wait")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moderator_profile"
    )
    # Empty: all of them.
    languages = models.JSONField(_("languages I read"), default=list, blank=True)
    takes_pictures = models.BooleanField(_("I take letters with pictures today"), default=True)
    takes_survivor_letters = models.BooleanField(
        _("I take letters to survivors today"), default=True
    )
    daily_number = models.PositiveSmallIntegerField(
        _("letters a day that are enough for me"), null=True, blank=True
    )
    wants_loved = models.BooleanField(
        _("now and then, show me a letter that others loved"), default=False
    )
    digest = models.CharField(
        _("tell me by e-mail how many letters wait"),
        max_length=10,
        choices=Digest,
        default=Digest.DAILY,
    )
    digest_sent = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("moderator profile")
        verbose_name_plural = _("moderator profiles")

    @classmethod
    def of(cls, user):
        """Hers, or an unsaved one with the defaults. From memory: no query."""
        found = tree.current().remember(
            ("moderator", user.pk), lambda: cls.objects.filter(user=user).first() or cls(user=user)
        )
        return copy(found)  # a form may fill it in

    def reads(self, language):
        return not self.languages or language in self.languages

    @classmethod
    def moderators(cls):
        """Active users who may decide, each with `moderator_profile` in memory if she has one."""
        users = get_user_model().objects.with_perm(
            "letters.decide_submission",
            include_superusers=False,
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return users.select_related("moderator_profile").distinct()

    @classmethod
    def somebody_else_reads(cls, language, user):
        """Whether another moderator takes letters in a language."""
        for other in cls.moderators().exclude(pk=user.pk):
            profile = getattr(other, "moderator_profile", None)
            if profile is None or profile.reads(language):
                return True
        return False


class Love(models.Model):
    """A moderator loves a public letter; it cheers up a colleague some day. Nobody sees who."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="loves")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("loved letter")
        verbose_name_plural = _("loved letters")
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["letter", "user"], name="loved_once")]
