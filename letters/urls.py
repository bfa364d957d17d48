from django.urls import include, path

from letters.gallery import report, views

app_name = "letters"
urlpatterns = [
    path("", include("letters.intake.urls")),
    path("", include("letters.mail.page_urls")),
    path("letter/<slug:code>/", views.letter, name="letter"),
    path("letter/<slug:code>/report/", report.report, name="report"),
    path("letters.atom", views.feed, name="feed"),
]
