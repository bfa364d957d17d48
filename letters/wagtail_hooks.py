from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from letters.desk.panel import DeskPanel
from letters.desk.queue import may_decide
from letters.desk.viewset import DeskViewSet
from letters.letter_admin import LetterPolicy, LetterViewSet
from letters.models import DecisionMaker, Letter

register_permission_policy(Letter, LetterPolicy(Letter))  # before anything asks for it
register_snippet(LetterViewSet)


class DecisionMakerViewSet(SnippetViewSet):
    model = DecisionMaker
    icon = "group"
    menu_label = _("Decision-makers")
    menu_order = 170
    add_to_admin_menu = True
    list_display = ["name", "kind", "country"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    search_backend_name = None


register_snippet(DecisionMakerViewSet)


@hooks.register("register_admin_viewset")
def register_desk():
    return DeskViewSet()


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    if may_decide(request.user):
        panels.append(DeskPanel())


@hooks.register("register_log_actions")
def register_decisions(actions):
    # The label of an entry is `str(submission)`: its number, no word of it.
    actions.register_action("letters.publish", _("Publish letter"), _("Published a letter"))
    actions.register_action("letters.decline", _("Decline letter"), _("Declined a letter"))


@hooks.register("before_delete_snippet")
def refuse_to_delete_letters(request, snippets):
    """The bulk action has an address for every snippet."""
    where = request.resolver_match.kwargs
    if (where.get("app_label"), where.get("model_name")) == ("letters", "letter"):
        raise Http404
