from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from letters.vocabulary import AddresseeKind
from portal import tree
from portal.names import countries


class DecisionMaker(TranslatableMixin, models.Model):
    """An office or a platform that letters are addressed to; never a private person.

    One row a language. Letters point to the row in the source language; `names_in` gives
    the names for a reader.
    """

    # Text fields, not char fields: a translation may be longer than a column, and only
    # PostgreSQL would say so.
    name = models.TextField(_("name"), validators=[MaxLengthValidator(200)])
    description = models.TextField(
        _("description"), blank=True, validators=[MaxLengthValidator(500)]
    )
    slug = models.SlugField(_("short name for addresses"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=AddresseeKind)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=countries)

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("country"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("slug"),
        SynchronizedField("kind"),
        SynchronizedField("country"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["slug"]
        verbose_name = _("decision-maker")
        verbose_name_plural = _("decision-makers")
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"], name="decision_maker_slug_once_a_language"
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def names_in(cls, language, only=None):
        """{slug: (name, language of the name)} from memory: the reader's language where
        there is a translation, else the source language's."""
        names = tree.current().remember(
            ("decision-makers", language), lambda: cls._names_in(language)
        )
        return names if only is None else {s: names[s] for s in only if s in names}

    @classmethod
    def _names_in(cls, language):
        rows = cls.objects.filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
        names = {}
        for slug, name, code in rows.values_list("slug", "name", "locale__language_code"):
            if code == language or slug not in names:
                names[slug] = (name, code)
        return names
