from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from campaigns.blocks import InspirationBlock
from portal.blocks import BodyBlock
from portal.pages import PortalPage

LETTERS_SHOWN = 3


class CampaignIndexPage(PortalPage):
    """All campaigns: those that are on, then those that are over."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    template = "campaigns/campaign_index_page.html"

    class Meta:
        verbose_name = _("campaign index")
        verbose_name_plural = _("campaign indexes")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        campaigns = list(CampaignPage.objects.child_of(self).live().defer_streamfields())
        context["live_campaigns"] = [page for page in campaigns if not page.is_over]
        context["closed_campaigns"] = [page for page in campaigns if page.is_over]
        return context


class CampaignPage(PortalPage):
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    inspiration = StreamField(
        [("link", InspirationBlock())],
        verbose_name=_("inspiration"),
        blank=True,
        help_text=_("Other people’s letters elsewhere, chosen by you."),
    )

    content_panels = [
        *PortalPage.content_panels,
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("body"),
        FieldPanel("inspiration"),
    ]

    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = ["campaigns.ActionPage"]
    template = "campaigns/campaign_page.html"

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @property
    def is_over(self):
        return self.ends < timezone.localdate()

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The last day comes before the first.")})

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["actions"] = list(
            ActionPage.objects.child_of(self).live().defer_streamfields().order_by("day", "path")
        )
        context["letters"] = newest_letters(self.path)
        return context


class ActionPage(PortalPage):
    day = models.PositiveSmallIntegerField(
        _("day"), null=True, blank=True, help_text=_("Which day of the campaign, if it has one.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*PortalPage.content_panels, FieldPanel("day"), FieldPanel("body")]

    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types = []
    template = "campaigns/action_page.html"

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        siblings = list(
            ActionPage.objects.sibling_of(self).live().defer_streamfields().order_by("day", "path")
        )
        here = next((i for i, page in enumerate(siblings) if page.pk == self.pk), None)
        context["previous_action"] = siblings[here - 1] if here else None
        context["next_action"] = (
            siblings[here + 1] if here is not None and here + 1 < len(siblings) else None
        )
        context["letters"] = newest_letters(self.path[: -Page.steplen])
        return context


def newest_letters(path):
    """The newest published letters of the campaign at a path of the tree, in any language."""
    letters = apps.get_model("letters", "Letter").objects.public()
    return letters.of_campaign(path).newest(LETTERS_SHOWN)
