"""Asking the page cache as a server does, in this process."""

import io
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import unquote
from wsgiref.util import setup_testing_defaults

import brotli
from django.core.wsgi import get_wsgi_application

from portal.cache import news
from portal.cache.application import PageCache
from portal.cache.counters import Counters


@contextmanager
def own_counters(folder):
    """This process's, fresh, in a folder."""
    before, news._counters = news._counters, Counters(folder)
    try:
        yield news._counters
    finally:
        news._counters = before


class Reader:
    """application: what the page cache is put around; Django, unless a test has its own.

    Stands in for the thread that listens: unless `hears` is False, no news is missed.
    """

    hears = True

    def __init__(self, application=None):
        self.made = 0
        self.inner = application or get_wsgi_application()
        self.cache = PageCache(self._counted)

    def _counted(self, environ, start_response):
        self.made += 1
        return self.inner(environ, start_response)

    def get(self, address, method="GET", **headers):
        """status: a number. headers: in small letters. body: as the browser would read it.
        made: whether the cache had to ask for it. headers are given as in `accept_encoding=`."""
        path, _, query = address.partition("?")
        environ = {
            "PATH_INFO": unquote(path, encoding="latin-1"),
            "QUERY_STRING": query,
            "REQUEST_METHOD": method,
            "HTTP_HOST": "testserver",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        setup_testing_defaults(environ)
        environ["wsgi.input"] = io.BytesIO()
        if self.hears:
            news.counters().heard(news.counters().newest)
        said, made = [], self.made
        answer = self.cache(environ, lambda *what: said.append(what))
        data = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        status, found = said[-1][:2]
        found = {name.lower(): value for name, value in found}
        if data and found.get("content-encoding") == "br":
            data = brotli.decompress(data)
        return SimpleNamespace(
            status=int(status.split()[0]), headers=found, body=data, made=self.made > made
        )
