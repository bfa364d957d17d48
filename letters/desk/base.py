"""What the pages of the desk have in common.

A submission that a person may not see is not there (404), as one that never was.
"""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from letters.desk import otherwise
from letters.desk.log import note
from letters.desk.queue import Queue, may_decide, shown
from letters.models import IntakeSwitch


class DeskView(WagtailAdminTemplateMixin, View):
    page_title = gettext_lazy("Desk")
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        if not may_decide(request.user):
            raise Http404
        self.queue = Queue(request.user)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def otherwise(self):
        """Asked for by the pages that show it."""
        return otherwise.unseen(self.queue)

    def submission_or_404(self):
        submission = self.queue.find(self.kwargs["pk"])
        if submission is None:
            raise Http404
        return shown(submission)

    def logged(self, submission, action):
        """One line in the audit log: by its number, without a word of it."""
        note(submission, action, self.request.user)

    def get_context_data(self, **kwargs):
        attack_day = IntakeSwitch.current().attack_day
        return super().get_context_data(attack_day=attack_day, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": reverse("desk:list"), "label": _("Desk")}]


class OneLetter:
    """A page about one letter, named by its number; stands before `DeskView` among the bases."""

    def get_page_subtitle(self):
        return str(self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        label = _("Letter %(number)s") % {"number": self.kwargs["pk"]}
        return [*super().get_breadcrumbs_items(), {"url": "", "label": label}]
