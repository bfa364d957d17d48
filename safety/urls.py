from django.urls import path

from safety import views

app_name = "safety"
urlpatterns = [path("helplines/", views.helplines, name="helplines")]
