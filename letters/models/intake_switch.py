from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal import tree


class IntakeSwitch(models.Model):
    """What an owner turns when letters come in as an attack. One row, or none: the defaults."""

    attack_day = models.BooleanField(
        _("attack day"),
        default=False,
        help_text=_(
            "Every letter is held for a closer look, letters by e-mail wait in the mailbox, and "
            "the sum against machines is harder. Reading stays as it is."
        ),
    )
    reports_that_hide = models.PositiveSmallIntegerField(
        _("reports that hide a letter"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_(
            "A letter is hidden at once when so many people have said that it is about them. "
            "A moderator decides within two days."
        ),
    )

    panels = [FieldPanel("attack_day"), FieldPanel("reports_that_hide")]

    class Meta:
        verbose_name = _("intake of letters")
        verbose_name_plural = _("intake of letters")

    def __str__(self):
        return str(self._meta.verbose_name)

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls):
        """From memory: no query."""
        return tree.current().remember(("intake-switch",), lambda: cls.objects.first() or cls())
