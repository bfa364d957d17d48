from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from letters.desk import report_views, views
from letters.desk.queue import may_decide
from letters.desk.veil import PICTURES


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
                for shows in PICTURES
            ),
            path("reports/", report_views.ReportListView.as_view(), name="reports"),
            path("reports/<int:pk>/", report_views.ReportedView.as_view(), name="reported"),
            path("reports/<int:pk>/keep/", report_views.KeepView.as_view(), name="keep"),
            path(
                "reports/<int:pk>/take-down/",
                report_views.TakeDownView.as_view(),
                name="take_down",
            ),
            path(
                "reports/<int:pk>/contact/<int:report>/",
                report_views.RevealView.as_view(),
                name="reveal_report",
            ),
            *(
                path(
                    f"reports/<int:pk>/picture/{shows}/",
                    report_views.ReportedPictureView.as_view(),
                    {"shows": shows},
                    name=f"reported_picture_{shows}",
                )
                for shows in PICTURES
            ),
        ]
