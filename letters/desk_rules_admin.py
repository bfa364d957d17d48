"""The rules of the desk, as owners set them: where two people must agree."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from letters.models import DeskPolicy
from letters.vocabulary import HeldReason


def may_set_rules(user):
    return user.has_perm("letters.change_deskpolicy")


class DeskPolicyForm(forms.ModelForm):
    two_for_flags = forms.MultipleChoiceField(
        label=gettext_lazy("For letters with these marks"),
        choices=HeldReason,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "A mark says why a letter asks for a closer look. Two people agree before readers see "
            "a letter that has one of those that are ticked."
        ),
    )

    class Meta:
        model = DeskPolicy
        fields = ["two_for_people", "two_for_flags"]
        labels = {"two_for_people": gettext_lazy("For pictures that show people")}
        help_texts = {
            "two_for_people": gettext_lazy(
                "Also for a picture of which nobody has said yet whether it does."
            )
        }


class DeskPolicyView(WagtailAdminTemplateMixin, FormView):
    page_title = gettext_lazy("Rules of the desk")
    header_icon = "group"
    form_class = DeskPolicyForm
    template_name = "letters/desk/rules.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_set_rules(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        policy = DeskPolicy.objects.first() or DeskPolicy()
        return {**super().get_form_kwargs(), "instance": policy}

    def form_valid(self, form):
        policy = form.save()
        log(policy, "wagtail.edit", user=self.request.user)
        messages.success(self.request, _("The rules of the desk have been saved."))
        return redirect("desk_rules:edit")


class RulesMenuItem(MenuItem):
    def is_shown(self, request):
        return may_set_rules(request.user)


class DeskPolicyViewSet(ViewSet):
    name = "desk_rules"
    url_prefix = "desk-rules"
    icon = "group"
    menu_label = gettext_lazy("Rules of the desk")
    menu_order = 715
    menu_item_class = RulesMenuItem
    add_to_settings_menu = True

    def get_urlpatterns(self):
        return [path("", DeskPolicyView.as_view(), name="edit")]
