from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


class Reason(TranslatableMixin, models.Model):
    """A reason for declining a letter, as owners want it said. One row a language; what is said
    to whom: `letters.reasons`."""

    code = models.SlugField(_("short name"), max_length=40)
    words = models.TextField(
        _("words"),
        validators=[MaxLengthValidator(200)],
        help_text=_("Its writer reads this with her receipt."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    refuses_picture = models.BooleanField(
        _("its picture is known when it comes again"), default=False
    )
    is_offered = models.BooleanField(_("moderators may choose it"), default=True)

    panels = [
        FieldPanel("code"),
        FieldPanel("words"),
        FieldPanel("position"),
        FieldPanel("refuses_picture"),
        FieldPanel("is_offered"),
    ]
    translatable_fields = [
        TranslatableField("words"),
        SynchronizedField("code", overridable=False),
        SynchronizedField("position", overridable=False),
        SynchronizedField("refuses_picture", overridable=False),
        SynchronizedField("is_offered", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["position", "code"]
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="reason_once_a_language")
        ]

    def __str__(self):
        return self.words
