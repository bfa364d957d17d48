"""What the team sets for letters that come in: the switch for a day of attacks, and the words
that editors watch for."""

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
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from letters.models import IntakeSwitch, WordList


def may_switch(user):
    return user.has_perm("letters.change_intakeswitch")


class IntakeSwitchForm(forms.ModelForm):
    class Meta:
        model = IntakeSwitch
        fields = ["attack_day", "reports_that_hide"]


class IntakeSwitchView(WagtailAdminTemplateMixin, FormView):
    page_title = gettext_lazy("Intake of letters")
    header_icon = "mail"
    form_class = IntakeSwitchForm
    template_name = "letters/desk/intake_switch.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_switch(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        switch = IntakeSwitch.objects.first() or IntakeSwitch()
        return {**super().get_form_kwargs(), "instance": switch}

    def form_valid(self, form):
        switch = form.save()
        log(switch, "wagtail.edit", user=self.request.user)
        messages.success(
            self.request,
            _("Attack day is on: every letter is held for a closer look.")
            if switch.attack_day
            else _("Letters come in as usual."),
        )
        return redirect("intake_switch:edit")


class SwitchMenuItem(MenuItem):
    def is_shown(self, request):
        return may_switch(request.user)


class IntakeSwitchViewSet(ViewSet):
    name = "intake_switch"
    url_prefix = "intake"
    icon = "mail"
    menu_label = gettext_lazy("Intake of letters")
    menu_order = 700
    menu_item_class = SwitchMenuItem
    add_to_settings_menu = True

    def get_urlpatterns(self):
        return [path("", IntakeSwitchView.as_view(), name="edit")]


class WordListViewSet(ModelViewSet):
    model = WordList
    icon = "list-ul"
    menu_label = gettext_lazy("Words to watch for")
    menu_order = 710
    add_to_settings_menu = True
    list_display = ["__str__"]
    inspect_view_enabled = False
    copy_view_enabled = False
