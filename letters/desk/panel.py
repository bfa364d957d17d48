from wagtail.admin.ui.components import Component

from letters.desk.queue import Queue


class DeskPanel(Component):
    """On the admin's first page: how many letters wait for her, since when, and one button."""

    order = 10
    template_name = "letters/desk/panel.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        queue = Queue(request.user)
        return {**queue.count(), "languages": queue.language_names}
