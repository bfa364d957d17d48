from django.urls import include, path

from letters.gallery import views

app_name = "letters"
urlpatterns = [
    path("", include("letters.intake.urls")),
    path("letter/<slug:code>/", views.letter, name="letter"),
    path("letters.atom", views.feed, name="feed"),
]
