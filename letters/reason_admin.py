"""The reasons for declining in the admin: owners say them, translators translate them."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.log_actions import log
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from letters import reasons
from letters.models import Reason
from letters.vocabulary import DeclineReason

POLICY = ModelPermissionPolicy(Reason)
LONGEST = 200
STOPS = ".。।۔።"  # the sentence around it has its own


class ReasonForm(WagtailAdminModelForm):
    words = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Its writer reads this with her receipt, after “The reason:”. Without a full stop at "
            "the end."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Decisions and translations are bound to it.
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _(
                "It stays as it is, because decisions and translations are kept under it."
            )

    def clean_words(self):
        words = " ".join(self.cleaned_data["words"].split())
        words = "".join(filter(str.isprintable, words)).rstrip(STOPS + " ")
        if not words:
            raise forms.ValidationError(_("Please say the reason in words."), code="required")
        return words

    def clean_code(self):
        code = self.cleaned_data["code"]
        others = Reason.objects.filter(code=code).exclude(pk=self.instance.pk)
        if not self.instance.pk and others.exists():
            raise forms.ValidationError(
                _("There is a reason with this short name already."), code="unique"
            )
        return code

    def clean(self):
        given = super().clean()
        is_source = self.instance.locale.language_code == settings.LANGUAGE_CODE
        if not self.instance.pk and not is_source:
            raise forms.ValidationError(
                _("Reasons begin in the language that others are translated from."),
                code="translation",
            )
        return given


class ReasonIndexView(IndexView):
    def get_context_data(self, **kwargs):
        can_add = POLICY.user_has_permission(self.request.user, "add")
        missing = reasons.not_here_yet() if can_add else []
        return super().get_context_data(
            can_add=can_add,
            missing=[DeclineReason(code).label for code in missing],
            **kwargs,
        )


class TakeOverView(View):
    """By POST: the portal's own reasons become rows that owners can change."""

    http_method_names = ["post"]

    def post(self, request):
        if not POLICY.user_has_permission(request.user, "add"):
            raise PermissionDenied
        made = reasons.take_over(Locale.objects.get(language_code=settings.LANGUAGE_CODE))
        for reason in made:
            log(reason, "wagtail.create", user=request.user)
        if made:
            said = ngettext(
                "%(count)s reason is here now. You can change it.",
                "%(count)s reasons are here now. You can change them.",
                len(made),
            )
            messages.success(request, said % {"count": len(made)})
        return redirect(Reason.snippet_viewset.get_url_name("list"))


class ReasonViewSet(SnippetViewSet):
    model = Reason
    icon = "list-ul"
    menu_label = gettext_lazy("Reasons for declining")
    menu_order = 720
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        "words",
        BooleanColumn("is_offered", label=gettext_lazy("Moderators may choose it")),
    ]
    index_view_class = ReasonIndexView
    index_template_name = "letters/desk/reason_list.html"
    edit_handler = ObjectList(Reason.panels, base_form_class=ReasonForm)

    def get_urlpatterns(self):
        own = path("take-over/", TakeOverView.as_view(), name="take_over")
        return [own, *super().get_urlpatterns()]


def refuse_to_forget(request, snippets):
    """What a decision was made for is kept: whoever was declined for it still reads why. For the
    hook before snippets are deleted, one or several."""
    needed = [row for row in snippets if isinstance(row, Reason) and reasons.is_needed(row)]
    if not needed:
        return None
    words = ", ".join(str(row) for row in needed)
    said = _(
        "Letters were declined for this reason, and their writers read it with their receipts: "
        "%(words)s. It cannot be deleted. Change it and untick “Moderators may choose it” instead."
    )
    messages.error(request, said % {"words": words})
    return redirect(Reason.snippet_viewset.get_url_name("list"))


def forget_translations(request, snippets):
    """For the hook after snippets were deleted: a reason goes in all its languages."""
    gone = [
        row.translation_key
        for row in snippets
        if isinstance(row, Reason) and row.locale.language_code == settings.LANGUAGE_CODE
    ]
    if gone:
        Reason.objects.filter(translation_key__in=gone).delete()
