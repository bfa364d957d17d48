"""When something fails, the answer holds her words. This page needs no database."""

import functools
import logging
import traceback

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.shell import BareShell

RETRY_AFTER = {429: "600", 503: "30"}

logger = logging.getLogger(__name__)


def _title(status):
    return {
        403: lambda: _("This did not come from our form"),
        413: lambda: _("This was too much at once"),
        429: lambda: _("Please wait a few minutes"),
        503: lambda: _("We can’t take your letter just now"),
    }.get(status, lambda: _("Something went wrong on our side"))()


def _reason(status):
    return {
        403: lambda: _(
            "Your browser says that another site sent this. If you wrote this letter, look at it"
            " and continue."
        ),
        413: lambda: _(
            "We could not read it. Go back: your words should still be in the form. "
            "Send them without the picture, or in two letters."
        ),
        429: lambda: _(
            "Very many letters are coming from your network. Yours has not been sent. "
            "Wait ten minutes, then try again."
        ),
        503: lambda: _(
            "Yours has not been sent. Wait a minute, then try again. If it fails again, copy "
            "your words."
        ),
    }.get(
        status,
        lambda: _("Your letter has not been sent. Try again. If it fails again, copy your words."),
    )()


def keep(request, status):
    """Return a page that gives back everything that was posted, with a button to post it again."""
    fields = (
        []
        if status == 413
        else [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "words" and not (status == 403 and name == "token")
        ]
    )
    title = _title(status)
    response = render(
        request,
        "letters/keep.html",
        {
            "shell": BareShell(request, title=_("Error: %(title)s") % {"title": title}, quiet=True),
            "title": title,
            "reason": _reason(status),
            "words": "" if status == 413 else request.POST.get("words", ""),
            "fields": fields,
            "had_file": bool(request.FILES) if status != 413 else False,
        },
        status=status,
    )
    response.headers["Cache-Control"] = "no-store"
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def keeping_words(view):
    """Answer any failure of a POST with `keep`. What is logged is where it broke, never what was
    in it.
    """

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            raise
        except (RequestDataTooBig, MultiPartParserError):
            return keep(request, 413)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(
                "Intake failed: %s in %s:%s", type(error).__name__, place.name, place.lineno
            )
            away = isinstance(error, (OperationalError, InterfaceError, OSError))
            return keep(request, 503 if away else 500)

    return guarded
