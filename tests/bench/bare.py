"""Django with a constant view and nothing else: what every page is compared with."""

import django
from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"], SECRET_KEY="of no use to anybody"
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 (it must be set up first)
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

BODY = b"x" * 6000  # as a compressed page


def constant(request):
    return HttpResponse(BODY)


urlpatterns = [path("", constant)]
application = get_wsgi_application()
