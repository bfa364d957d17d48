from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from letters.desk import (
    bulk_views,
    decided_views,
    decision_views,
    letter_views,
    list_views,
    own_views,
    report_views,
    sealed_views,
)
from letters.desk.queue import may_decide


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return may_decide(request.user)


class DeskViewSet(ViewSet):
    name = "desk"
    icon = "clipboard-list"
    menu_label = _("Desk")
    menu_order = 50
    menu_item_class = DeskMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self):
        # The list first: it is where the menu leads.
        pages = [
            *(list_views, letter_views, decision_views, bulk_views, report_views, decided_views),
            *(own_views, sealed_views),
        ]
        return [pattern for page in pages for pattern in page.urlpatterns]
