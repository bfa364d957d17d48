"""Pages that are kept: their bodies in the encodings that browsers ask for, in a bounded memory."""

import threading
import time
import zlib
from collections import deque
from hashlib import blake2b

import brotli

from portal.cache.counters import place

QUICKLY, WELL = 5, 11  # brotli: under a millisecond for a page, or forty
SEARCHES = 4  # pages with something asked for in the address take a quarter at most


class Body:
    """One encoding of a page. sent: (headers, data), both at once. headers: pairs."""

    __slots__ = ("page", "encoding", "sent", "unchanged")

    def __init__(self, page, encoding, data):
        self.page, self.encoding = page, encoding
        self.unchanged = [*page.headers, ("Age", "0")]  # of a 304
        self.fill(data)

    def fill(self, data):
        headers = [*self.page.headers, ("Content-Length", str(len(data))), ("Age", "0")]
        if self.encoding:
            headers.append(("Content-Encoding", self.encoding))
        self.sent = (headers, data)


class Page:
    """An answer as it was made. key: of the store. headers: without length and encoding. body:
    bytes. tags, count: what it depends
    on, and when it was made, see `counters`. until: seconds since 1970."""

    def __init__(self, key, headers, body, *, tags, count, until, recallable):
        self.key, self.tags, self.count = key, tags, count
        self.places = sorted({place(tag) for tag in tags})
        self.until, self.recallable = until, recallable
        self.etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        self.headers = [*headers, ("ETag", self.etag)]
        self.body = body
        self.made = time.time()
        self.checked = count  # up to which count it is known to hold good
        self.known_stale = False
        self.is_purged = False  # from front caches, since it is out of date
        self.wanted = False  # was asked for again since the last sweep
        self.bodies = {}  # encoding -> Body
        self.queued = False  # for what is done after the first answer
        self.counted = 0  # bytes that the store counts for it

    def holds(self, counters):
        """Whether nothing that it depends on has changed."""
        now = counters.count
        if self.checked == now:
            return not self.known_stale
        if self.known_stale or counters.changed_since(self.places, self.count):
            self.known_stale = True
            return False
        self.checked = now
        return True

    def in_encoding(self, encoding):
        """The Body; compressed quickly if it has not been compressed well yet."""
        body = self.bodies.get(encoding)
        if body is None:
            body = self.bodies[encoding] = Body(self, encoding, compressed(self.body, encoding))
        return body

    def compress_well(self):
        for encoding in ("br", "gzip"):
            data = compressed(self.body, encoding, well=True)
            if encoding in self.bodies:
                self.bodies[encoding].fill(data)
            else:
                self.bodies[encoding] = Body(self, encoding, data)

    @property
    def size(self):
        """Bytes, about."""
        return 1000 + len(self.body) + sum(len(b.sent[1]) for e, b in self.bodies.items() if e)


def compressed(body, encoding, well=False):
    if encoding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=WELL if well else QUICKLY)
    if encoding == "gzip":
        packed = zlib.compressobj(9 if well else 5, wbits=31)
        return packed.compress(body) + packed.flush()
    return body


class Trace:
    """Of a page that has left the store: a front cache may have a copy of it still."""

    __slots__ = ("key", "tags", "places", "count", "left", "is_purged")

    def __init__(self, page):
        self.key, self.tags, self.places, self.count = page.key, page.tags, page.places, page.count
        self.left = time.time()
        self.is_purged = page.is_purged

    def holds(self, counters):
        return not counters.changed_since(self.places, self.count)


class Store:
    """limit: bytes. on_leave: called when pages have left it. Whoever is not asked for goes
    first, and searches before pages. remembered: seconds for which it knows who has left."""

    def __init__(self, limit, on_leave=lambda: None, remembered=0):
        self.limit, self.on_leave, self.remembered = limit, on_leave, remembered
        self.pages = {}
        self.traces = deque()
        self.bytes = {True: 0, False: 0}  # of searches, of pages
        self._left = 0  # bytes of those that have left since `on_leave` was called
        self._lock = threading.Lock()

    def get(self, key):
        return self.pages.get(key)

    def given_out(self):
        """Pages, and Traces of pages, of which a front cache may have a copy."""
        with self._lock:
            self._forget_traces()
            return [*self.traces, *self.pages.values()]

    def put(self, page):
        with self._lock:
            self._drop(page.key)
            self.pages[page.key] = page
        self.count(page)

    def count(self, page):
        """Its bodies have changed."""
        with self._lock:
            if self.pages.get(page.key) is not page:
                return
            grown = page.size - page.counted
            page.counted += grown
            self.bytes[bool(page.key[-1])] += grown
            self._make_room(searches_only=True, limit=self.limit // SEARCHES)
            self._make_room(searches_only=False, limit=self.limit)
            if self._left > self.limit // 8:
                self._left = 0
                self.on_leave()

    def _filled(self, searches_only):
        return self.bytes[True] if searches_only else sum(self.bytes.values())

    def _make_room(self, searches_only, limit):
        """Down to nine tenths, in two rounds at most: the first spares what was asked for."""
        if self._filled(searches_only) <= limit:
            return
        for _round in range(2):
            for page in list(self.pages.values()):
                if self._filled(searches_only) <= limit * 9 // 10:
                    return
                if searches_only and not page.key[-1]:
                    continue
                if page.wanted:
                    page.wanted = False
                else:
                    self._drop(page.key)

    def _drop(self, key):
        page = self.pages.pop(key, None)
        if page is not None:
            self.bytes[bool(key[-1])] -= page.counted
            self._left += page.counted
            if self.remembered:
                self._forget_traces()
                self.traces.append(Trace(page))

    def _forget_traces(self):
        while self.traces and self.traces[0].left < time.time() - self.remembered:
            self.traces.popleft()
