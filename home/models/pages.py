from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.blocks import BodyBlock
from portal.pages import PortalPage


class HomePage(PortalPage):
    """The front door of one language; it also holds what the site says everywhere.

    The site's texts live here, not in a settings model: so they are previewed, translated,
    scheduled and kept in memory with the home page, one set per site and language.
    """

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    letters_address = models.EmailField(
        _("address for letters"),
        blank=True,
        help_text=_("Where letters may be sent by e-mail. The same in every language."),
    )
    exit_url = models.CharField(
        _("exit leads to"),
        max_length=300,
        blank=True,
        help_text=_("A harmless page in this language, for instance a weather forecast: https://…"),
    )
    emergency_notice = models.TextField(
        _("emergency notice"),
        blank=True,
        max_length=600,
        help_text=_("Shown at the top of every page in this language while it is not empty."),
    )
    footer = models.TextField(_("footer"), blank=True, max_length=600)

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    site_panels = [
        FieldPanel("organisation"),
        FieldPanel("letters_address"),
        FieldPanel("exit_url"),
        FieldPanel("emergency_notice"),
        FieldPanel("footer"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(site_panels, heading=_("The whole site")),
            ObjectList(PortalPage.promote_panels, heading=_("Promote")),
            ObjectList(PortalPage.settings_panels, heading=_("Settings")),
        ]
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "campaigns.CampaignIndexPage",
        "letters.LetterIndexPage",
        "safety.SafetyIndexPage",
        "home.InfoPage",
    ]
    template = "home/home_page.html"
    override_translatable_fields = [
        SynchronizedField("letters_address"),
        TranslatableField("exit_url"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class InfoPage(PortalPage):
    """A page that informs: about, privacy, accessibility."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]

    parent_page_types = ["home.HomePage", "home.InfoPage"]
    subpage_types = ["home.InfoPage"]
    template = "home/info_page.html"

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
