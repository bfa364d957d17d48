"""Caches of others before the portal: nginx, Varnish, a CDN.

They keep pages for a minute at most, because nobody can be sure to reach them. What changes is
purged besides, in the request that changes it; and every process purges what it has given to
them, once it hears that another has changed it.
"""

import logging
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from urllib.parse import urlencode

from wagtail.contrib.frontend_cache.utils import get_backends

from portal import outbox, tree

JOB = "portal.purge"
IN_FRONT = 60  # seconds for which front caches keep a page that nobody purges
PATIENCE = 3  # seconds that somebody waits for it
LOOK = 0.2  # seconds between looks for what others have changed
ON_THE_WAY = 1  # seconds after which it is purged again: an answer may have been under way

kept_here = None  # the Store of this process, if it answers requests
addresses = []  # functions: set of tags -> paths of which only they know
logger = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="purge")


def addresses_of(function):
    """Register what names the paths, "/es/letter/…/", that tags stand for."""
    addresses.append(function)
    return function


def follow(store, counters):
    """This process keeps its pages in that Store."""
    global kept_here
    kept_here = store
    if get_backends():
        store.remembered = IN_FRONT
        threading.Thread(
            target=_purge_what_others_change, args=(store, counters), name="purge", daemon=True
        ).start()


def _purge_what_others_change(store, counters):
    seen = counters.count
    again = deque()  # (when, URLs)
    while True:
        time.sleep(LOOK)
        while again and again[0][0] <= time.monotonic():
            _send_in_any_case(again.popleft()[1])
        now = counters.count
        if now == seen:
            continue
        seen = now
        gone = [
            page for page in store.given_out() if not page.is_purged and not page.holds(counters)
        ]
        urls = sorted(set(_urls_of(page.key for page in gone)))
        if not urls:
            continue
        _send_in_any_case(urls)
        again.append((time.monotonic() + ON_THE_WAY, urls))
        for page in gone:
            page.is_purged = True


def _send_in_any_case(urls):
    try:
        send(urls)
    except Exception:
        logger.exception("Front caches could not be purged")


def purge(tags):
    """Ask the front caches to forget what depends on the tags. After the transaction."""
    if not get_backends():
        return
    urls = sorted(set(_urls(set(tags))))
    if not urls:
        return
    try:
        _threads.submit(send, urls).result(PATIENCE)
    except TooSlow:
        logger.warning("A front cache is slow to forget; it is asked again")
        outbox.enqueue(JOB, urls=urls)


@outbox.handler(JOB)
def send(urls):
    for backend in get_backends().values():
        backend.purge_batch(urls)


def _urls(tags):
    if kept_here is not None:
        yield from _urls_of(
            page.key for page in kept_here.given_out() if not page.tags.isdisjoint(tags)
        )
    for function in addresses:
        for path in function(tags):
            for site in tree.current().sites:
                yield site.origin + path


def _urls_of(keys):
    """keys: of a Store, (site, path, parameters)."""
    origins = {site.site.pk: site.origin for site in tree.current().sites}
    for site, path, parameters in keys:
        if site in origins:
            yield origins[site] + path + (f"?{urlencode(parameters)}" if parameters else "")
