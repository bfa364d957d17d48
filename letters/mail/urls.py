"""The fixed address that a mail provider brings mail to; the same in every language."""

from django.urls import path

from letters.mail import webhook

urlpatterns = [path("mail/", webhook.receive, name="mail_webhook")]
