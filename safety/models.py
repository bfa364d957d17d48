from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from portal.blocks import BodyBlock
from portal.names import countries, language_name
from portal.pages import PortalPage
from safety.blocks import SourceBlock

REVIEW_AFTER_DAYS = 365


class SafetyPage(PortalPage):
    """Every page of the section: its title may hide from the browser's history, and the way
    out is on it."""

    neutral_title = models.CharField(
        _("neutral title"),
        max_length=80,
        blank=True,
        help_text=_("What the browser’s tab and history say instead of the title."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    quiet = True

    class Meta:
        abstract = True


class SafetyIndexPage(SafetyPage):
    """Be Safe: the guides, and the way to the helplines."""

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("neutral_title"),
        FieldPanel("body"),
    ]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["safety.SafetyGuidePage"]
    template = "safety/safety_index_page.html"

    class Meta:
        verbose_name = _("Be Safe section")
        verbose_name_plural = _("Be Safe sections")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["guides"] = list(
            SafetyGuidePage.objects.child_of(self).live().defer_streamfields().order_by("path")
        )
        return context


class SafetyGuidePage(SafetyPage):
    """One piece of advice, with its sources and the day somebody last checked it."""

    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    reviewed_on = models.DateField(_("reviewed on"))

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("neutral_title"),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldPanel("reviewed_on"),
    ]

    parent_page_types = ["safety.SafetyIndexPage"]
    subpage_types = []
    template = "safety/safety_guide_page.html"

    class Meta:
        verbose_name = _("safety guide")
        verbose_name_plural = _("safety guides")

    @property
    def review_is_due(self):
        return (timezone.localdate() - self.reviewed_on).days > REVIEW_AFTER_DAYS


class Helpline(models.Model):
    """Somebody to talk to. Facts only, so that it reads in every language without translation."""

    country = models.CharField(_("country"), max_length=2, choices=countries)
    name = models.CharField(_("name"), max_length=200, help_text=_("As it calls itself."))
    name_language = models.CharField(_("language of the name"), max_length=35, default="en")
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    url = models.URLField(_("address on the web"), blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    free = models.BooleanField(_("free of charge"), default=False)
    always_open = models.BooleanField(_("open day and night"), default=False)
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Nobody has verified it: shown as a sample.")
    )
    checked_on = models.DateField(_("checked on"))

    panels = [
        FieldPanel("country"),
        FieldPanel("name"),
        FieldPanel("name_language"),
        FieldPanel("phone"),
        FieldPanel("url"),
        FieldPanel("languages"),
        FieldPanel("free"),
        FieldPanel("always_open"),
        FieldPanel("is_sample"),
        FieldPanel("checked_on"),
    ]

    class Meta:
        ordering = ["country", "name"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")

    def __str__(self):
        return f"{self.country} {self.name}"

    @property
    def language_names(self):
        return [language_name(code) for code in self.languages]
