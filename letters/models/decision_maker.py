from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from letters.channel_panel import ChannelsPanel
from letters.decision_maker_search import best, entries_in
from letters.intake.language import language_choices
from letters.models.channel import Channel
from letters.vocabulary import AddresseeKind
from portal import tree
from portal.cache.recording import depends
from portal.names import countries


def languages():
    return language_choices(translation.get_language() or settings.LANGUAGE_CODE)


@cache
def country_codes():
    # In English, which lacks no name of a country.
    with translation.override("en"):
        return frozenset(code for code, _name in countries())


def validate_countries(codes):
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise ValidationError(_("Please write a list of codes of countries."), code="list")
    if unknown := [code for code in codes if code not in country_codes()]:
        raise ValidationError(
            _("There is no country with this code: %(codes)s"),
            code="unknown",
            params={"codes": ", ".join(unknown)},
        )


class DecisionMaker(TranslatableMixin, ClusterableModel):
    """An office or a platform that letters are addressed to; never a private person.

    One row a language. Letters point to the row in the source language, and channels belong to
    it; `names_in` gives the names for a reader.
    """

    # Text fields, not char fields: a translation may be longer than a column, and only
    # PostgreSQL would say so.
    name = models.TextField(_("name"), validators=[MaxLengthValidator(200)])
    description = models.TextField(
        _("description"), blank=True, validators=[MaxLengthValidator(500)]
    )
    slug = models.SlugField(_("short name for addresses"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=AddresseeKind)
    office = models.TextField(
        _("office or department"),
        blank=True,
        validators=[MaxLengthValidator(200)],
        help_text=_("As it stands on an envelope, in their own language."),
    )
    countries = models.JSONField(
        _("countries"), default=list, blank=True, validators=[validate_countries]
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        choices=languages,
        help_text=_("The language that it is best written to in."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("office"),
        FieldPanel("countries"),
        FieldPanel("language"),
        ChannelsPanel("channels", heading=_("Channels"), label=_("channel")),
    ]
    # Channels are in neither list: a translation has none, and keeps none from the source.
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("office", overridable=False),
        SynchronizedField("countries", overridable=False),
        SynchronizedField("language", overridable=False),
    ]
    exclude_fields_in_copy = ["channels"]

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

    def serializable_data(self):
        """What translations are made from: no channels."""
        data = super().serializable_data()
        del data["channels"]
        return data

    def channels_for_sending(self):
        """The channels, from any language's row: verified ones first, each half in the order
        e-mail, form, post, account; of two of a kind the one checked later. One query."""
        found = Channel.objects.filter(decision_maker__translation_key=self.translation_key)
        return sorted(found, key=lambda channel: channel.rank)

    # ---------------------------------------------------------------------- from memory

    @classmethod
    def names_in(cls, language, only=None):
        """{slug: (name, language of the name)} from memory: the reader's language where
        there is a translation, else the source language's."""
        depends(cls)
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

    @classmethod
    def search(cls, text, kind="", language="en", limit=20):
        """[(slug, name, language of the name, kind)], best first: those in which every word of
        `text` is found, in their names (the reader's and the source's), short names, offices,
        kinds and countries, in capitals or not, with accents or without. All of them for an
        empty text; only one kind, where a code of AddresseeKind is given. No query once their
        names are in memory."""
        depends(cls)
        entries = tree.current().remember(
            ("decision-makers to find", language), lambda: entries_in(cls, language)
        )
        return [entry.answer for entry in best(entries, text, kind)[:limit]]
