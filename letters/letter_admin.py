"""Published letters in the admin: listed, found, looked at, chosen for pages. Whatever changes
them is a decision, and decisions are made at the desk."""

from django.db.models import F
from django.http import Http404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from letters.desk.queue import Queue, may_decide
from letters.models import Letter
from letters.search import matching
from portal.names import language_name


def not_here(request, **kwargs):
    raise Http404


def only(patterns, kept):
    """The names that Wagtail knows stay; behind those that are not kept is nothing."""
    return [
        pattern if pattern.name in kept else path(str(pattern.pattern), not_here, name=pattern.name)
        for pattern in patterns
    ]


class LetterPolicy(ModelPermissionPolicy):
    """Letters can be viewed, at most; a superuser is no exception."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        if "view" in actions:
            return super().users_with_any_permission(["view"])
        return super().users_with_any_permission([])


class AddresseeColumn(TitleColumn):
    """The addressee, leading to the letter as readers see it."""

    cell_template_name = "letters/desk/addressee_cell.html"


def yes_or_no(value):
    return _("Yes") if value else _("No")


MAY_QUOTE = Column("may_quote", label=_("May be quoted"), accessor=lambda x: yes_or_no(x.may_quote))


class LetterListView(IndexView):
    is_searchable = True
    default_ordering = None
    page_kwarg = "p"

    @cached_property
    def columns(self):
        return self._columns + ([self._desk] if may_decide(self.request.user) else [])

    @property
    def _desk(self):
        """To where it is taken down or corrected, for those who may."""
        languages = Queue(self.request.user).languages

        def address(letter):
            is_hers = languages is None or letter.language in languages
            return (
                reverse("desk:settled", args=[letter.number]) if letter.number and is_hers else ""
            )

        return TitleColumn(
            "desk",
            label=_("At the desk"),
            accessor=lambda x: (
                gettext("Letter %(number)s") % {"number": x.number} if x.number else ""
            ),
            get_url=address,
        )

    @cached_property
    def _columns(self):
        return [
            AddresseeColumn(
                "addressee",
                label=_("Addressee"),
                accessor=lambda x: x.addressee or _("A survivor"),
                # A hidden letter has no address: it is at the desk, among the reports.
                get_url=lambda x: "" if x.hidden else x.address,
            ),
            Column("language", label=_("Language"), accessor=lambda x: language_name(x.language)),
            Column("month", label=_("Month"), accessor=lambda x: f"{x.published:%Y-%m}"),
            Column("kind", label=_("Kind"), accessor=lambda x: x.get_kind_display()),
            MAY_QUOTE,
            Column(
                "may_translate",
                label=_("May be translated"),
                accessor=lambda x: yes_or_no(x.may_translate),
            ),
            Column("hidden", label=_("Hidden"), accessor=lambda x: yes_or_no(x.hidden)),
        ]

    def get_base_queryset(self):
        return (
            Letter.objects.filter(former=None)  # what is set aside for undoing is none of them
            .select_related("decision_maker")
            .annotate(number=F("submission__pk"))
            .defer("title", "words", "excerpt", "search_text", "signature", "picture_alt")
            .order_by("-pk")
        )

    def search_queryset(self, queryset):
        return matching(queryset, self.search_query) if self.is_searching else queryset


class LetterFilterForm(SearchFilterMixin, BaseFilterForm):
    def filter(self, objects):
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return matching(objects, self.search_query) if self.is_searching else objects


class OnlyPublic:
    """A hidden letter is not offered. One that may not be quoted can be chosen: pages show that
    it is there, and none of its words."""

    filter_form_class = LetterFilterForm

    def get_object_list(self):
        return Letter.objects.public()

    @property
    def columns(self):
        return [*super().columns, MAY_QUOTE]


class LetterChooseView(OnlyPublic, ChooseView):
    pass


class LetterChooseResultsView(OnlyPublic, ChooseResultsView):
    pass


class LetterChosenView(SnippetChosenView):
    def get_object(self, pk):
        return Letter.objects.public().get(pk=pk)


class LetterChosenMultipleView(SnippetChosenMultipleView):
    def get_objects(self, pks):
        return Letter.objects.public().filter(pk__in=pks)


class LetterChooserViewSet(SnippetChooserViewSet):
    choose_view_class = LetterChooseView
    choose_results_view_class = LetterChooseResultsView
    chosen_view_class = LetterChosenView
    chosen_multiple_view_class = LetterChosenMultipleView

    def get_urlpatterns(self):
        kept = {"choose", "choose_results", "chosen", "chosen_multiple"}
        return only(super().get_urlpatterns(), kept)


class LetterViewSet(SnippetViewSet):
    model = Letter
    icon = "mail"
    menu_label = _("Letters")
    menu_order = 160
    add_to_admin_menu = True
    index_view_class = LetterListView
    chooser_viewset_class = LetterChooserViewSet
    inspect_view_enabled = False
    copy_view_enabled = False
    list_per_page = 25

    def get_urlpatterns(self):
        return only(super().get_urlpatterns(), {"list", "list_results"})
