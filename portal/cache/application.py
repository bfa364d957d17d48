"""The page cache: a WSGI application around Django's.

An anonymous GET or HEAD of a public page is answered from memory, in the encoding that the
browser asks for, before Django is entered. What may be kept, what it depends on and which
parameters of its address count is said by the views, see `recording`.
"""

import logging
import queue
import threading
import time
from functools import lru_cache

from django.conf import settings

from portal.cache import disk, front, news
from portal.cache.keys import Keys
from portal.cache.recording import recording
from portal.cache.store import Page, Store

DEAF = 5  # seconds without news, after which a machine counts as cut off
RECALL = 60  # seconds for which pages that may be recalled outlive the news
PATIENCE = 5  # seconds that a request waits for another one that makes the same page
AWAY = 5  # seconds for which nobody tries again what has just failed
SHORTCUTS = 4096

STATUS = "200 OK"
UNCHANGED = "304 Not Modified"
# Made before the answer is ready, and not for others.
NOT_KEPT = {"content-length", "content-encoding", "date", "age", "vary"}
FOR_FRESH_ONES = {"Age", "CDN-Cache-Control", "X-Accel-Expires"}

logger = logging.getLogger(__name__)


@lru_cache(512)
def encoding_of(accepted):
    """ "br", "gzip" or "", from an Accept-Encoding header."""
    wanted = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        wanted[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if wanted.get(name, wanted.get("*"))), "")


class PageCache:
    """application: Django's. What is kept is bounded by settings.PAGES_MEMORY bytes."""

    def __init__(self, application):
        self.application = application
        self.counters = news.counters()
        self.keys = Keys()
        self.on_disk = settings.PAGES_ON_DISK
        self.store = Store(settings.PAGES_MEMORY, on_leave=self._forget_shortcuts)
        front.follow(self.store, self.counters)
        self.shortcuts = {}  # what a request says -> Body
        self.being_made = {}  # key -> Event
        self._lock = threading.Lock()
        self.away_until = 0
        self.afterwards = queue.SimpleQueue()
        threading.Thread(target=self._finish, name="compression", daemon=True).start()

    def __call__(self, environ, start_response):
        # The way of nearly every request: nothing here may ask a database or take a lock.
        asked = (
            environ.get("HTTP_HOST"),
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
            environ.get("HTTP_ACCEPT_ENCODING"),
            environ.get("HTTP_X_FORWARDED_PROTO"),
        )
        body = self.shortcuts.get(asked)
        if body is not None and "HTTP_COOKIE" not in environ and environ["REQUEST_METHOD"] == "GET":
            page = body.page
            if page.holds(self.counters) and time.time() < page.until and self._hears():
                page.wanted = True
                if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
                    start_response(UNCHANGED, body.unchanged)
                    return ()
                headers, data = body.sent
                start_response(STATUS, headers)
                return (data,)
        return self._answer(environ, start_response, asked)

    def _hears(self):
        return self.counters.silence() < DEAF

    # ---------------------------------------------------------------------- answers

    def _answer(self, environ, start_response, asked):
        if not self.keys.may_be_kept(environ):
            return self.application(environ, start_response)
        key = self.keys.of(environ)
        page = self._find(key)
        if page is not None and self._is_good(page):
            page.wanted = True
            return self._send(page, environ, start_response, asked)
        return self._make_or_wait(key, environ, start_response, asked)

    def _find(self, key):
        if key is None:
            return None
        page = self.store.get(key)
        if page is None and self.on_disk:
            page = disk.load(key, self.counters)
            if page is not None:
                self.store.put(page)
        return page

    def _is_good(self, page):
        """To be sent without making it anew."""
        if not page.holds(self.counters):
            return False
        if self._hears():
            return time.time() < page.until
        # No news: the database is away, or has been put out of reach.
        return not page.recallable or self.counters.silence() < RECALL

    def _last_good(self, key):
        """What is better than an error. Nothing that may have been recalled meanwhile."""
        page = self._find(key)
        if page is None or not page.recallable:
            return page
        return page if page.holds(self.counters) and self.counters.silence() < RECALL else None

    def _send(self, page, environ, start_response, asked=None, stale=""):
        encoding = encoding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_new = encoding not in page.bodies
        body = page.in_encoding(encoding)
        if is_new and encoding:
            self.store.count(page)
        if not page.queued:
            page.queued = True
            self.afterwards.put(page)
        hears = self._hears()
        if asked is not None and not stale and hears and sum(map(len, filter(None, asked))) < 600:
            if len(self.shortcuts) >= SHORTCUTS:
                self._forget_shortcuts()
            self.shortcuts[asked] = body
        headers, data = body.sent
        unchanged = page.etag in environ.get("HTTP_IF_NONE_MATCH", "")
        if unchanged:
            headers = body.unchanged
        if stale or not hears:
            headers = [pair for pair in headers if pair[0] not in FOR_FRESH_ONES]
            seconds = time.time() - page.made if stale else self.counters.silence()
            headers.append(("Age", str(int(seconds))))
            headers.append(("Cache-Status", f"portal; hit; detail={stale or 'no-news'}"))
        start_response(UNCHANGED if unchanged else STATUS, headers)
        if unchanged or environ["REQUEST_METHOD"] == "HEAD":
            return ()
        return (data,)

    def _forget_shortcuts(self):
        self.shortcuts = {}

    # ----------------------------------------------------------------------- making

    def _make_or_wait(self, key, environ, start_response, asked):
        if time.time() < self.away_until and (page := self._last_good(key)):
            return self._send(page, environ, start_response, stale="away")
        if self.keys.is_never_kept(environ):
            return self._make(environ, start_response, asked)
        wanted = key or self.keys.unknown(environ)
        with self._lock:
            others = self.being_made.get(wanted)
            if others is None:
                mine = self.being_made[wanted] = threading.Event()
        if others is None:
            try:
                return self._make(environ, start_response, asked)
            finally:
                with self._lock:
                    del self.being_made[wanted]
                mine.set()
        in_time = others.wait(PATIENCE)
        key = self.keys.of(environ)
        page = self._find(key)
        if page is not None and self._is_good(page):
            return self._send(page, environ, start_response, asked)
        if (not in_time or time.time() < self.away_until) and (page := self._last_good(key)):
            return self._send(page, environ, start_response, stale="slow")
        return self._make(environ, start_response, asked)

    def _make(self, environ, start_response, asked):
        count = self.counters.count  # before anything is read
        said = []
        inner = {**environ, "REQUEST_METHOD": "GET"}
        inner.pop("HTTP_IF_NONE_MATCH", None)
        with recording() as noted:
            answer = self.application(inner, lambda *what: said.append(what))
        status, headers = said[-1][:2]
        is_kept = noted.kept and status == STATUS and _is_for_everybody(headers)
        if status[0] != "5":
            self.keys.learn(environ, noted, is_kept)
        key = self.keys.of(environ)
        if is_kept:
            page = Page(
                key,
                _headers(headers, noted.recallable),
                _read(answer),
                tags=frozenset(noted.tags),
                count=count,
                until=noted.until.timestamp(),
                recallable=noted.recallable,
            )
            self.store.put(page)
            self.away_until = 0
            stale = "" if page.holds(self.counters) else "changed"  # while it was made
            return self._send(page, environ, start_response, asked, stale)
        if status[0] == "5" and (page := self._last_good(key)):
            _close(answer)
            self.away_until = time.time() + AWAY
            return self._send(page, environ, start_response, stale="away")
        start_response(*said[-1])
        if environ["REQUEST_METHOD"] == "HEAD":
            _close(answer)
            return ()
        return answer

    # ------------------------------------------------------------------- afterwards

    def _finish(self):
        """After the first answer, and for as long as it takes."""
        while True:
            page = self.afterwards.get()
            try:
                if self.store.get(page.key) is page and not page.known_stale:
                    page.compress_well()
                    self.store.count(page)
                    if self.on_disk:
                        disk.save(page, self.counters)
            except Exception:
                logger.exception("A page could not be compressed or written")


def _headers(headers, recallable):
    """Those of Django, and what caches between here and the reader may do."""
    shared = f"max-age={front.IN_FRONT}"
    if not recallable:
        shared += f", stale-while-revalidate={front.IN_FRONT}, stale-if-error=86400"
    ours = [("CDN-Cache-Control", shared), ("Vary", "Accept-Encoding")]
    if settings.TRUSTED_PROXIES:
        # For nginx, which keeps it to itself.
        ours.insert(0, ("X-Accel-Expires", str(front.IN_FRONT)))
    return [*ours, *(pair for pair in headers if pair[0].lower() not in NOT_KEPT)]


def _is_for_everybody(headers):
    for name, value in headers:
        name = name.lower()
        if name == "set-cookie" or name == "vary" and value.lower() != "accept-encoding":
            return False
    return True


def _read(answer):
    try:
        return b"".join(answer)
    finally:
        _close(answer)


def _close(answer):
    if hasattr(answer, "close"):
        answer.close()
