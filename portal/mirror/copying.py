"""Whether a page is being made for a copy of the site in plain files, and for which one.

Outside of `manage.py mirror` there is none, and asking costs next to nothing.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

_current = ContextVar("copying", default=None)


@dataclass(frozen=True)
class Copy:
    """origin: of the live site, "https://example.org". made: the day. letters: whether they are
    part of it; they can be taken back, and a copy can't be called back."""

    origin: str
    made: date
    letters: bool = False


@contextmanager
def copying(copy):
    token = _current.set(copy)
    try:
        yield copy
    finally:
        _current.reset(token)


def current():
    """The Copy, or None for a reader of the live site."""
    return _current.get()


def without_letters():
    """Whether what is being made is for a copy that holds no letters."""
    copy = _current.get()
    return copy is not None and not copy.letters
