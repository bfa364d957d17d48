"""The page that the answer to a mail leads to; in every language."""

from django.urls import path

from letters.mail import confirm

urlpatterns = [path("mail/<str:link>/", confirm.confirm, name="mail_confirm")]
