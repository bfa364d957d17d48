from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls

from portal import log_report, sitemap, views

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("", views.negotiate),
    # Before Wagtail's own, which show everybody what everybody did.
    path("admin/reports/site-history/", log_report.history),
    path("admin/reports/site-history/results/", log_report.history_results),
    path("admin/", include(wagtailadmin_urls)),
    path("media/<path:name>", views.media),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemap.index),
    re_path(
        r"^sitemap-(?P<language>[\w-]+)-(?P<what>[a-z]+)-(?P<number>[1-9]\d{0,5})\.xml$",
        sitemap.of_multitude,
    ),
    path("sitemap-<str:language>.xml", sitemap.of_language),
    path("", include("safety.exit_urls")),
    path("", include("letters.mail.urls")),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        wagtail_views.authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("_util/login/", RedirectView.as_view(url="/admin/login/"), name="wagtailcore_login"),
    # The address says the language. Fixed routes come before the page tree.
    *i18n_patterns(
        path("", include("letters.urls")),
        path("", include("safety.urls")),
        re_path(r"^((?:[\w\-]+/)*)$", views.serve, name="wagtail_serve"),
    ),
]
