"""What the server runs: `granian --interface wsgi portal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django = get_wsgi_application()

from django.conf import settings  # noqa: E402 (Django must be set up first)

from portal import worker  # noqa: E402
from portal.cache import news  # noqa: E402
from portal.cache.application import PageCache  # noqa: E402

application = PageCache(django)
news.start_listening()

if settings.WORKER_IN_SERVER:
    worker.start_thread()
