from wagtail.admin.ui.components import Component

from letters.desk import otherwise
from letters.desk.list_views import numbers_of
from letters.desk.queue import Queue
from letters.desk.reports import Reports
from letters.models import IntakeSwitch


class DeskPanel(Component):
    """On the admin's first page: how many letters wait for her, since when, and one button."""

    order = 10
    template_name = "letters/desk/panel.html"

    class Media:
        css = {"all": ["letters/desk-panel.css"]}

    def get_context_data(self, parent_context):
        queue = Queue(parent_context["request"].user)
        return {
            **numbers_of(queue),
            **Reports(queue).count(),
            "asked": queue.asked_count,
            "otherwise": otherwise.count(queue.user),
            "languages": queue.language_names,
            "attack_day": IntakeSwitch.current().attack_day,
            "csrf_token": parent_context["csrf_token"],
        }
