"""The portal without its page cache; every answer says what it cost.

X-Processor-Ms is the processor time of the thread that made it: other programs on the machine
don't change it, and on SQLite it holds the database's work too.
"""

import os
import time

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django = get_wsgi_application()


def application(environ, start_response):
    said = []
    begin = time.thread_time()
    answer = django(environ, lambda *what: said.append(what))
    cost = (time.thread_time() - begin) * 1000
    status, headers = said[-1][:2]
    start_response(status, [*headers, ("X-Processor-Ms", f"{cost:.4f}")])
    return answer
