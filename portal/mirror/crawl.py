"""Every page that somebody can reach from the front door or the sitemaps, made by the portal
itself as for an anonymous reader, and where the links between the copied ones lead.

Copied is what may be kept (see `portal.cache.recording`), what such pages are made of, and the
sitemaps that are too large to be kept. What takes what people write stays where it is: links to
it lead to the live site.
"""

import io
import posixpath
import re
from collections import deque
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation

from portal import tree
from portal.cache.recording import recording
from portal.languages import direction, name_local
from portal.mirror import markup
from portal.mirror.copying import copying
from portal.shell import Shell

FRONT = "/"
STAYS = ""  # on the live site
IN_SITEMAP = re.compile(rb"<loc>([^<]+)</loc>")
FEED = "application/atom+xml"
REDIRECTS = 10  # one after the other, at most


class Broken(Exception):
    """A page could not be made: (address, status)."""


@dataclass(frozen=True, slots=True)  # there may be a million
class Copied:
    """file: below the mirror. kind: a media type. body: the name of the file that holds its bytes
    for the moment. number, newer: its place in a chain of pages, and the address of the one
    before."""

    file: str
    kind: str
    body: str
    number: int = 1
    newer: str = ""


class Crawl:
    """copy: a `Copy`. folder: an empty one for what has been fetched.

    places: address -> Copied, STAYS, or where it leads: an address here, or a whole one elsewhere.
    left_out: what shows letters in a copy without them.
    """

    def __init__(self, copy, folder):
        self.copy, self.folder = copy, folder
        self.application = WSGIHandler()
        self.places, self.left_out = {}, []
        self._chained = {}  # address -> (number, address of the one before)

    # --------------------------------------------------------------------- fetching

    def run(self):
        """Raises Broken where the portal does not answer; then nothing is known."""
        with copying(self.copy):
            self.places[FRONT] = self._front()
            homes = tree.current().homes
            starts = ["/robots.txt", "/sitemap.xml", *(home.address for home in homes.values())]
            waiting = deque([*starts, *self._named_by(FRONT, self.places[FRONT])])
            while waiting:
                address = waiting.popleft()
                if address not in self.places:
                    self.places[address] = place = self._look(address)
                    waiting.extend(self._named_by(address, place))

    def _look(self, address):
        path, _, _query = address.partition("?")
        file = self._file(address)
        if not file or _takes_what_people_write(path):
            return STAYS
        status, headers, body, noted = self._ask(address)
        if status >= 500:
            raise Broken(address, status)
        if 300 <= status < 400:
            leads_to = urljoin(self.copy.origin + address, headers["location"])
            return self._own(address, leads_to) or leads_to
        never_kept = path.startswith((settings.STATIC_URL, settings.MEDIA_URL, "/sitemap-"))
        if status != 200 or not (noted.kept or never_kept):
            return STAYS
        if not self.copy.letters:
            kind = headers["content-type"].partition(";")[0]
            if noted.recallable:
                self.left_out.append(address)
            if noted.recallable or kind == FEED:  # of letters, all of them
                return STAYS
        return self._copied(file, headers["content-type"], body, *self._chained.get(address, ()))

    def _copied(self, file, kind, body, *chain):
        name = str(len(self.places))
        (self.folder / name).write_bytes(body)
        return Copied(file, kind.partition(";")[0], name, *chain)

    def _body(self, place):
        return (self.folder / place.body).read_bytes()

    def _environ(self, address):
        path, _, query = address.partition("?")
        here = urlsplit(self.copy.origin)
        environ = {
            "PATH_INFO": unquote(path, encoding="latin-1"),
            "QUERY_STRING": query,
            "HTTP_HOST": here.netloc,
            "wsgi.url_scheme": here.scheme,
            "wsgi.input": io.BytesIO(),
        }
        if settings.SECURE_PROXY_SSL_HEADER:
            environ[settings.SECURE_PROXY_SSL_HEADER[0]] = here.scheme
        setup_testing_defaults(environ)
        return environ

    def _ask(self, address):
        """(status, headers in small letters, body, what was noted while it was made)"""
        said = []
        with recording() as noted:
            answer = self.application(self._environ(address), lambda *what: said.append(what))
            try:
                body = b"".join(answer)
            finally:
                answer.close()
        status, headers = said[-1]
        return int(status.split()[0]), {n.lower(): v for n, v in headers}, body, noted

    def _front(self):
        """Of a mirror: nobody negotiates there, so it lists the languages."""
        site = tree.current().sites[0]
        languages = [
            {"code": code, "name": name_local(code), "dir": direction(code), "home": home}
            for code, home in site.homes.items()
        ]
        request = WSGIRequest(self._environ(FRONT))
        source = site.source.language
        with translation.override(source):
            shell = Shell(request, language=source, canonical_path=FRONT)
            context = {"shell": shell, "languages": languages, "is_front": True}
            response = render(request, "portal/mirror.html", context)
        return self._copied("index.html", "text/html", response.content)

    # ------------------------------------------------------------------------ links

    def _file(self, address):
        """Where a copy of it stands, or "" where none can."""
        if address in self._chained:
            number, _newer = self._chained[address]
            # No page is called so: a slug has no full stop.
            return self._file(address.partition("?")[0]).replace("index.html", f"{number}.html")
        if "?" in address:
            return ""
        parts = unquote(address).removeprefix("/").split("/")
        if {"", ".", ".."} & set(parts[:-1]) or parts[-1] in (".", ".."):
            return ""
        return "/".join([*parts[:-1], parts[-1] or "index.html"])

    def _own(self, address, link):
        """The address of a link on the page at `address`, or "" if it leads elsewhere."""
        found = urlsplit(urljoin(self.copy.origin + address, link))
        if f"{found.scheme}://{found.netloc}" != self.copy.origin:
            return ""
        return (found.path or "/") + (f"?{found.query}" if found.query else "")

    def _named_by(self, address, place):
        """The addresses that may have to be copied too."""
        if isinstance(place, str):
            return [place] if place.startswith("/") else []
        body = self._body(place)
        if place.kind == "text/html":
            return self._linked(address, place, body.decode())
        if place.kind == "text/css":
            links = markup.addresses_in_style(body)
        elif place.kind == "application/xml":
            links = [found.decode() for found in IN_SITEMAP.findall(body)]
        else:
            return []
        return [own for link in links if (own := self._own(address, link))]

    def _linked(self, address, place, html):
        for tag, attributes, link in markup.addresses(html):
            own = self._own(address, link) if _is_within(tag, attributes, link) else ""
            if own and "?" not in own:
                yield own
            elif _goes_on(address, own) and attributes.get("rel") == "next":
                self._chained.setdefault(own, (place.number + 1, address))
                yield own

    def linked(self, address):
        """The bytes of a copied page, with links that hold good in the mirror, wherever it is
        put, and from there to the live site."""
        place = self.places[address]
        body = self._body(place)
        if place.kind != "text/html":
            return body

        def change(tag, attributes, name, link):
            if not _is_within(tag, attributes, link):
                return None
            own, (_rest, hash_sign, fragment) = self._own(address, link), link.partition("#")
            if not own:
                return None
            mark = hash_sign + fragment
            if name in ("action", "formaction"):
                return self.copy.origin + own + mark
            if _goes_on(address, own) and attributes.get("rel") == "prev":
                own = place.newer
            return self._from(place, own) + mark

        return markup.changed(body.decode(), change).encode()

    def _from(self, place, own):
        leads_to, steps = own, 0
        while isinstance(leads_to, str) and leads_to.startswith("/") and steps < REDIRECTS:
            leads_to, steps = self.places.get(leads_to, STAYS), steps + 1
        if isinstance(leads_to, Copied):
            here = posixpath.dirname(place.file) or "."
            return quote(posixpath.relpath(leads_to.file, here))
        is_elsewhere = leads_to and not leads_to.startswith("/")
        return leads_to if is_elsewhere else self.copy.origin + own


def _is_within(tag, attributes, link):
    """Whether it is for the mirror to say where it leads: a path, or a link in a text. What the
    head says of the live site stays, and what is meant to lead there."""
    if "external" in (attributes.get("rel") or "").split():
        return False
    return link.startswith("/") or tag == "a" and not link.startswith("#")


def _goes_on(address, own):
    """Whether it is another page of the same list."""
    return "?" in own and own.partition("?")[0] == address.partition("?")[0]


def _takes_what_people_write(path):
    language = path.split("/")[1]
    try:
        with translation.override(language if language in tree.current().homes else None):
            view = resolve(unquote(path)).func
    except Resolver404:
        return False
    # Nobody has a cookie, so whatever takes a POST from the public does without Django's token.
    return getattr(view, "csrf_exempt", False)
