from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.images import get_image_model
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from letters.decision_maker_admin import ChannelReportViewSet, DecisionMakerViewSet
from letters.desk import sealed
from letters.desk.panel import DeskPanel
from letters.desk.queue import may_decide
from letters.desk.viewset import DeskViewSet
from letters.desk_rules_admin import DeskPolicyViewSet
from letters.intake_admin import IntakeSwitchViewSet, WordListViewSet
from letters.letter_admin import LetterPolicy, LetterViewSet
from letters.models import Letter
from letters.picture_policy import PicturePolicy, PicturesAPI
from letters.reason_admin import ReasonViewSet, forget_translations, refuse_to_forget

register_permission_policy(Letter, LetterPolicy(Letter))  # before anything asks for it
# Exactly: so it counts before Wagtail's own, whichever of them comes first.
register_permission_policy(get_image_model(), PicturePolicy(), exact_class=True)
register_snippet(LetterViewSet)
register_snippet(DecisionMakerViewSet)
register_snippet(ReasonViewSet)


@hooks.register("register_admin_viewset")
def register_desk():
    return DeskViewSet()


@hooks.register("register_admin_viewset")
def register_channel_report():
    return ChannelReportViewSet()


@hooks.register("register_admin_viewset")
def register_intake():
    return [IntakeSwitchViewSet(), WordListViewSet()]


@hooks.register("register_admin_viewset")
def register_rules_of_the_desk():
    return DeskPolicyViewSet()


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    if may_decide(request.user):
        panels.append(DeskPanel())


@hooks.register("register_log_actions")
def register_decisions(actions):
    # The label of an entry is `str(submission)`: its number, no word of it.
    actions.register_action("letters.publish", _("Publish letter"), _("Published a letter"))
    actions.register_action("letters.decline", _("Decline letter"), _("Declined a letter"))
    actions.register_action("letters.agree", _("Agree to publish"), _("Agreed to publish a letter"))
    actions.register_action("letters.pass", _("Pass"), _("Passed a letter on"))
    actions.register_action("letters.ask", _("Ask a lead"), _("Asked a lead about a letter"))
    actions.register_action("letters.undo", _("Undo"), _("Undid a decision"))
    actions.register_action("letters.correct", _("Correct letter"), _("Corrected a letter"))
    actions.register_action("letters.restore", _("Publish again"), _("Published a letter again"))
    actions.register_action("letters.return", _("Put back"), _("Put a letter back into the queue"))
    actions.register_action("letters.keep", _("Keep letter"), _("Kept a reported letter"))
    actions.register_action("letters.take_down", _("Take letter down"), _("Took a letter down"))
    sealed.register(actions)


@hooks.register("construct_admin_api", order=1000)  # after Wagtail's own, in its place
def keep_pictures_of_letters_out(router):
    router.register_endpoint("images", PicturesAPI)


@hooks.register("before_delete_snippet")
def refuse_to_delete_letters(request, snippets):
    """The bulk action has an address for every snippet."""
    where = request.resolver_match.kwargs
    if (where.get("app_label"), where.get("model_name")) == ("letters", "letter"):
        raise Http404


hooks.register("before_delete_snippet", refuse_to_forget)
hooks.register("after_delete_snippet", forget_translations)
