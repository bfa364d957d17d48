"""The way out has no language prefix: it must work on any page and lead off the site."""

from django.urls import path

from safety import views

app_name = "exit"
urlpatterns = [path("exit/<str:language>/", views.leave, name="leave")]
