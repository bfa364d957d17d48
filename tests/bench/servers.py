"""What is measured: the portal, the portal without its cache, and bare Django, each by the same
server with the same number of processes."""

import os
import platform
from contextlib import contextmanager
from pathlib import Path

from tests.outages import Redis
from tests.server import Server

WORKERS = 2
PORTAL = "portal.wsgi:application"
UNCACHED = "tests.bench.uncached:application"
BARE = "tests.bench.bare:application"


@contextmanager
def serving(application, dataset=None, workers=WORKERS, **changes):
    """A `tests.server.Server` on a dataset, with `address` and `process`."""
    data = dataset.changes if dataset else {}
    server = Server("bench", application, workers, **data | changes)
    try:
        yield server.wait()
    finally:
        server.stop()


@contextmanager
def redis():
    """Gives its URL. Several processes count together there, as in production."""
    server = Redis().start()
    try:
        yield server.url
    finally:
        server.kill()


def described():
    """The machine, in one line."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    model = names[0] if names else platform.machine()
    return (
        f"{len(os.sched_getaffinity(0))} cores of {model}, {memory:.0f} GB, "
        f"{platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}"
    )
