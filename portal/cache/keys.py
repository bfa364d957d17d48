"""Which requests are for the same page: site, path, and the parameters that the page declares.

A host is a name of a site, and what else stands in a query string is nobody's business: neither
makes a page of its own. Both are learned from answers.
"""

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from portal.cache import disk
from portal.cache.recording import chosen

NEVER = ("/admin/", "/static/", "/media/", "/exit/", "/_util/", "/mail/")
HOSTS, PATHS = 1000, 50_000  # learned at most, then anew


class Keys:
    def __init__(self):
        # host -> key of the site
        self.sites = disk.load_hosts() if settings.PAGES_ON_DISK else {}
        self.parameters = {}  # (site, path) -> names
        self.not_kept = set()  # paths whose last answer was not to be kept

    def may_be_kept(self, environ):
        """Whether the request could be for a page out of the cache."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return False
        if environ["PATH_INFO"].startswith(NEVER):
            return False
        # Somebody may be signed in: her page is hers, and nobody else's.
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return False
        return not settings.SECURE or _is_https(environ)

    def of(self, environ):
        """(site, path, ((name, value), …)), or None for what is not known yet."""
        site = self.sites.get(environ.get("HTTP_HOST", ""))
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        if site is None:
            return None
        if not query:
            return site, path, ()
        names = self.parameters.get((site, path))
        if names is None:
            return None
        try:
            return site, path, chosen(QueryDict(query).get, names)
        except SuspiciousOperation:
            return None

    def unknown(self, environ):
        """What stands for the page as long as nothing is known of it."""
        return environ.get("HTTP_HOST"), environ["PATH_INFO"], environ["QUERY_STRING"]

    def is_never_kept(self, environ):
        """As far as is known: nobody needs to wait for another one's answer."""
        return environ["PATH_INFO"] in self.not_kept

    def learn(self, environ, noted, is_kept):
        path = environ["PATH_INFO"]
        if not is_kept:
            if len(self.not_kept) >= PATHS:
                self.not_kept.clear()
            self.not_kept.add(path)
            return
        self.not_kept.discard(path)
        if len(self.sites) >= HOSTS:
            self.sites.clear()
        if len(self.parameters) >= PATHS:
            self.parameters.clear()
        host = environ.get("HTTP_HOST", "")
        if self.sites.get(host) != noted.site:
            self.sites[host] = noted.site
            if settings.PAGES_ON_DISK:
                disk.save_hosts(self.sites)
        self.parameters[noted.site, path] = noted.parameters


def _is_https(environ):
    if settings.SECURE_PROXY_SSL_HEADER:
        said = environ.get(settings.SECURE_PROXY_SSL_HEADER[0], "")
        return said.split(",")[0].strip() == "https"
    return environ["wsgi.url_scheme"] == "https"
