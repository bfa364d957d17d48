"""Caches of others before the portal: nginx, Varnish, a CDN.

They keep pages for a minute at most, because nobody can be sure to reach them. What changes is
purged besides, in the request that changes it.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from urllib.parse import urlencode

from wagtail.contrib.frontend_cache.utils import get_backends

from portal import outbox, tree

JOB = "portal.purge"
PATIENCE = 3  # seconds that somebody waits for it

kept_here = None  # the Store of this process, if it answers requests
addresses = []  # functions: set of tags -> paths of which only they know
logger = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="purge")


def addresses_of(function):
    """Register what names the paths, "/es/letter/…/", that tags stand for."""
    addresses.append(function)
    return function


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
    sites = {site.site.pk: site.origin for site in tree.current().sites}
    if kept_here is not None:
        for site, path, parameters in kept_here.with_any(tags):
            if site in sites:
                yield sites[site] + path + (f"?{urlencode(parameters)}" if parameters else "")
    for function in addresses:
        for path in function(tags):
            for origin in sites.values():
                yield origin + path
