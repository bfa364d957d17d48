from django.urls import include, path

from letters.gallery import report, views
from letters.gallery.in_the_open import in_the_open_page

app_name = "letters"
urlpatterns = [
    path("", include("letters.intake.urls")),
    path("", include("letters.mail.page_urls")),
    path("letter/<slug:code>/", views.letter, name="letter"),
    path("letter/<slug:code>/report/", report.report, name="report"),
    path("in-the-open/", in_the_open_page, name="in_the_open"),
    path("letters.atom", views.feed, name="feed"),
]
