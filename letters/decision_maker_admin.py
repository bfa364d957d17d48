"""Decision-makers and their channels in the admin, and the report of channels to check."""

import re

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from letters.models import Channel, DecisionMaker
from letters.search import fold
from portal.names import countries, country_name

# ---------------------------------------------------------------------- form


class CountriesField(forms.CharField):
    """A list of ISO codes, written as names or codes with commas between them."""

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        names = ((code, country_name(code)) for code in value)
        return ", ".join(code if "," in name else name for code, name in names)

    def to_python(self, value):
        if isinstance(value, list):
            return value
        codes = {fold(name): code for code, name in countries()}
        written = [part.strip() for part in re.split("[,;،、，\n]", super().to_python(value))]
        found = (codes.get(fold(part)) or part.upper() for part in written if part)
        return list(dict.fromkeys(found))

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data or "")


class DecisionMakerForm(WagtailAdminModelForm):
    countries = CountriesField(
        label=_("Countries"),
        required=False,
        help_text=_(
            "Their names or codes with commas between them, for instance: Peru, Spain. Leave it "
            "empty for the whole world."
        ),
    )

    def clean(self):
        given = super().clean()
        of_translation = self.instance.locale.language_code != settings.LANGUAGE_CODE
        if of_translation and any(form.has_changed() for form in self.formsets["channels"].forms):
            raise forms.ValidationError(
                _("Channels belong to the original. Please add them there."), code="translation"
            )
        return given


# ---------------------------------------------------------------------- list


def _channels_of_row():
    """Those of a row's original: the list shows one language at a time."""
    return Channel.objects.filter(decision_maker__translation_key=OuterRef("translation_key"))


def _count(channels):
    per_row = channels.order_by().values("decision_maker__translation_key")
    counted = per_row.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class DecisionMakerFilterSet(WagtailFilterSet):
    channels = django_filters.ChoiceFilter(
        label=_("Channels"),
        method="filter_channels",
        choices=[("unverified", _("Some are unverified")), ("none", _("There are none"))],
        empty_label=pgettext_lazy("channels", "Any"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = DecisionMaker
        fields = ["kind"]

    def filter_channels(self, rows, name, value):
        channels = _channels_of_row()
        if value == "none":
            return rows.filter(~Exists(channels))
        return rows.filter(Exists(channels.unverified()))


class DecisionMakerViewSet(SnippetViewSet):
    model = DecisionMaker
    icon = "group"
    menu_label = _("Decision-makers")
    menu_order = 170
    add_to_admin_menu = True
    list_display = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column(
            "countries",
            label=_("Countries"),
            accessor=lambda row: ", ".join(country_name(code) for code in row.countries),
        ),
        Column("channel_count", label=_("Channels"), sort_key="channel_count"),
        Column(
            "unverified_count",
            label=pgettext_lazy("channels", "Unverified"),
            sort_key="unverified_count",
        ),
    ]
    filterset_class = DecisionMakerFilterSet
    search_fields = ["name", "slug"]
    search_backend_name = None
    edit_handler = ObjectList(DecisionMaker.panels, base_form_class=DecisionMakerForm)

    def get_queryset(self, request):
        channels = _channels_of_row()
        return DecisionMaker.objects.annotate(
            channel_count=_count(channels), unverified_count=_count(channels.unverified())
        )


# ---------------------------------------------------------------------- report

POLICY = ModelPermissionPolicy(DecisionMaker)


class ChannelReportView(ReportView):
    page_title = _("Channels to check")
    header_icon = "warning"
    index_url_name = "channels_to_check:list"
    index_results_url_name = "channels_to_check:results"
    permission_policy = POLICY
    permission_required = "change"
    model = Channel
    default_ordering = None
    is_searchable = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Addresses come from files of others, and spreadsheets take "=…" for a formula.
        self.is_export = False

    def get_base_queryset(self):
        return Channel.objects.to_check().select_related("decision_maker")

    @property
    def columns(self):
        return [
            TitleColumn(
                "decision_maker",
                label=_("Decision-maker"),
                accessor=lambda channel: channel.decision_maker.name,
                get_url=self.edit_url,
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("value", label=pgettext_lazy("channel", "Address")),
            Column("checked_on", label=_("Checked on"), accessor=self.day),
            Column("checked_by", label=_("Checked by")),
            Column("source", label=_("Found at")),
        ]

    @staticmethod
    def day(channel):
        day = channel.checked_on
        return date_format(day) if day else pgettext("when a channel was checked", "Never")

    @staticmethod
    def edit_url(channel):
        name = DecisionMaker.snippet_viewset.get_url_name("edit")
        return reverse(name, args=[channel.decision_maker_id])


class ChannelReportItem(MenuItem):
    def is_shown(self, request):
        return POLICY.user_has_permission(request.user, "change")


class ChannelReportViewSet(ViewSet):
    name = "channels_to_check"
    url_prefix = "reports/channels"
    icon = "warning"
    menu_label = _("Channels to check")
    menu_order = 1200
    menu_item_class = ChannelReportItem
    menu_hook = "register_reports_menu_item"
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", ChannelReportView.as_view(), name="list"),
            path("results/", ChannelReportView.as_view(results_only=True), name="results"),
        ]
