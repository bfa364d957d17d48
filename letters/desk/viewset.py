from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from letters.desk import views
from letters.desk.queue import may_decide


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return may_decide(request.user)


class DeskViewSet(ViewSet):
    name = "desk"
    icon = "mail"
    menu_label = _("Desk")
    menu_order = 50
    menu_item_class = DeskMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", views.ListView.as_view(), name="list"),
            path("<int:pk>/", views.LetterView.as_view(), name="letter"),
            path("<int:pk>/publish/", views.PublishView.as_view(), name="publish"),
            path("<int:pk>/decline/", views.DeclineView.as_view(), name="decline"),
            *(
                path(
                    f"<int:pk>/picture/{shows}/",
                    views.PictureView.as_view(),
                    {"shows": shows},
                    name=f"picture_{shows}",
                )
                for shows in views.PICTURES
            ),
        ]
