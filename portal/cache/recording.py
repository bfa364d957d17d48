"""What a page is made from, noted while it is made.

Views say `keep(request)` for what may be kept, and whoever reads something says `depends(…)`.
Outside the making of such a page both cost next to nothing.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import wraps

from django.http import QueryDict
from django.utils import timezone

from portal import tree
from portal.cache.counters import EVERYTHING

_current = ContextVar("recording", default=None)

LONGEST = 300  # characters of a value in an address; what is longer is nobody's search


class Recording:
    """kept: whether the answer may be kept. site: of which site it is. parameters: what of the
    query string it depends on. recallable: it shows what may have to be gone within a minute.
    until: when it is out of date by itself."""

    def __init__(self):
        self.kept = False
        self.site = None  # its primary key
        self.parameters = ()
        self.tags = {EVERYTHING}
        self.recallable = False
        self.until = midnight()


def midnight():
    """The next one, in UTC: the portal's days change there."""
    tomorrow = timezone.now().astimezone(UTC) + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=UTC)


@contextmanager
def recording():
    noted = Recording()
    token = _current.set(noted)
    try:
        yield noted
    finally:
        _current.reset(token)


def current():
    return _current.get()


def depends(*on, recallable=False):
    """The page that is being made shows something of these: names of tags, or models.

    recallable: it shows what its writer may take back at any time.
    """
    noted = _current.get()
    if noted is not None:
        noted.tags.update(tag_of(each) for each in on)
        noted.recallable = noted.recallable or recallable


def tag_of(thing):
    return thing if isinstance(thing, str) else thing._meta.label_lower


def keep(request, *parameters, until=None):
    """The answer to this GET is the same for everybody and may be kept.

    parameters: the names in the query string that it depends on; the others are taken out of
    `request.GET`, so that nothing can depend on them. until: when it changes by itself, if that
    is before the next day.
    """
    asked = request.GET
    request.GET = QueryDict(mutable=True)
    for name, value in chosen(asked.get, parameters):
        request.GET[name] = value
    noted = _current.get()
    if noted is not None:
        site = tree.current().site_for(request.get_host())
        noted.kept = site is not None
        noted.site = site and site.site.pk
        noted.parameters = parameters
        if until is not None:
            noted.until = min(noted.until, until)


def chosen(get, parameters):
    """((name, value), …) of what an address asks for, in one order and without what is empty."""
    found = ((name, get(name)) for name in parameters)
    return tuple((name, value[:LONGEST]) for name, value in found if value)


def kept(*parameters):
    """A view whose answers to GET and HEAD may be kept, see `keep`."""

    def decorate(view):
        @wraps(view)
        def keeping(request, *args, **kwargs):
            if request.method in ("GET", "HEAD"):
                keep(request, *parameters)
            return view(request, *args, **kwargs)

        return keeping

    return decorate
