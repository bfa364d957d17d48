from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from portal.languages import LANGUAGES


def languages():
    return LANGUAGES


class WordList(models.Model):
    """Words that editors watch for in the letters of one language. They mark a letter for
    moderators; they never refuse one."""

    language = models.CharField(_("language"), max_length=35, unique=True, choices=languages)
    words = models.TextField(
        _("words"), help_text=_("One word or phrase a line. Capitals and accents don’t matter.")
    )

    panels = [
        FieldPanel("language"),
        FieldPanel("words", widget=AdminAutoHeightTextInput(attrs={"dir": "auto"})),
    ]

    class Meta:
        ordering = ["language"]
        verbose_name = _("word list")
        verbose_name_plural = _("word lists")

    def __str__(self):
        return self.get_language_display()
