from copy import copy
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models.letter import Letter
from portal import tree


class Takes(models.TextChoices):
    """Whether a moderator takes letters of some sort. What she says of today ends with her day."""

    ALWAYS = "always", _("Yes, always")
    TODAY = "today", _("Yes, but only today")
    NOT_TODAY = "not-today", _("Not today")
    NEVER = "never", _("No, until I change it")


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
    # What holds on most days, and the moment until which the contrary holds.
    takes_pictures = models.BooleanField(_("I take letters with pictures"), default=True)
    pictures_contrary_until = models.DateTimeField(null=True, editable=False)
    takes_survivor_letters = models.BooleanField(_("I take letters to survivors"), default=True)
    survivor_letters_contrary_until = models.DateTimeField(null=True, editable=False)
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

    def choice(self, sort):
        """What she has chosen as it stands now. sort: "pictures" or "survivor_letters"."""
        usually, until = getattr(self, f"takes_{sort}"), getattr(self, f"{sort}_contrary_until")
        if until is None or until <= timezone.now():
            return Takes.ALWAYS if usually else Takes.NEVER
        return Takes.NOT_TODAY if usually else Takes.TODAY

    def takes(self, sort):
        """Whether she takes letters of a sort now: "pictures" or "survivor_letters"."""
        return self.choice(sort) in (Takes.ALWAYS, Takes.TODAY)

    @staticmethod
    def chosen(sort, choice):
        """{field: value} that stand for a choice made now; the day is that of the time zone in
        which this is asked."""
        is_for_today = choice in (Takes.TODAY, Takes.NOT_TODAY)
        return {
            f"takes_{sort}": choice in (Takes.ALWAYS, Takes.NOT_TODAY),
            f"{sort}_contrary_until": _midnight() if is_for_today else None,
        }

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


def _midnight():
    """When today ends."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


class Love(models.Model):
    """A moderator loves a public letter; it cheers up a colleague some day. Nobody sees who."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="loves")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("loved letter")
        verbose_name_plural = _("loved letters")
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["letter", "user"], name="loved_once")]
