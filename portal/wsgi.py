"""What the server runs: `granian --interface wsgi portal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (Django must be set up first)

from portal import worker  # noqa: E402

if settings.WORKER_IN_SERVER:
    worker.start_thread()
