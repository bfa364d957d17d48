from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.vocabulary import HeldReason
from portal import tree


def every_flag():
    """What intake marks; what a writer asks for later is no mark, and what identifies somebody
    is marked in the words, where one person can leave it out."""
    others = {HeldReason.APPEAL, HeldReason.MORE_ALLOWED, HeldReason.IDENTIFYING}
    return [reason.value for reason in HeldReason if reason not in others]


class DeskPolicy(models.Model):
    """What an owner settles for the desk: where two people must agree before readers see a
    letter. One row, or none: the defaults."""

    two_for_people = models.BooleanField(_("two people agree to pictures of people"), default=True)
    # Codes of HeldReason.
    two_for_flags = models.JSONField(
        _("two people agree to letters with these marks"), default=every_flag, blank=True
    )

    class Meta:
        verbose_name = _("rules of the desk")
        verbose_name_plural = _("rules of the desk")

    def __str__(self):
        return str(self._meta.verbose_name)

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls):
        """From memory: no query."""
        return tree.current().remember(("desk-policy",), lambda: cls.objects.first() or cls())

    def needs_two(self, submission, shows_people):
        """shows_people: of its picture; None if nobody has said."""
        has_picture = submission.picture_name and submission.may_publish_picture
        people = self.two_for_people and has_picture and shows_people is not False
        return bool(people or set(self.two_for_flags).intersection(submission.held))
