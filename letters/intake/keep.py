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
from django.utils.translation import gettext_lazy

from portal.shell import BareShell

RETRY_AFTER = {429: "600", 503: "30"}

logger = logging.getLogger(__name__)

TITLES = {
    403: gettext_lazy("This did not come from our form"),
    413: gettext_lazy("This was too much at once"),
    429: gettext_lazy("Please wait a few minutes"),
    500: gettext_lazy("Something went wrong on our side"),
    503: gettext_lazy("We can’t take your letter just now"),
}
REASONS = {
    403: gettext_lazy(
        "Your browser says that another site sent this. If you wrote this letter, look at it"
        " and continue."
    ),
    413: gettext_lazy(
        "We could not read it. Go back: your words should still be in the form. "
        "Send them without the picture, or in two letters."
    ),
    429: gettext_lazy(
        "Very many letters are coming from your network. Yours has not been sent. "
        "Wait ten minutes, then try again."
    ),
    500: gettext_lazy(
        "Your letter has not been sent. Try again. If it fails again, copy your words."
    ),
    503: gettext_lazy(
        "Yours has not been sent. Wait a minute, then try again. If it fails again, copy "
        "your words."
    ),
}
# Where she comes back with her receipt, the letter is ours already.
RECEIPT_TITLES = TITLES | {503: gettext_lazy("We can’t look at your letter just now")}
RECEIPT_REASONS = {
    403: gettext_lazy(
        "Your browser says that another site sent this. If you typed the receipt yourself, try"
        " again."
    ),
    413: gettext_lazy(
        "We could not read it. Go back and type only the digits or the words of your receipt."
    ),
    429: gettext_lazy(
        "Very many tries are coming from your network. Wait ten minutes, then try again."
    ),
    500: gettext_lazy("Try again. If it fails again, come back later: your receipt stays valid."),
    503: gettext_lazy("Wait a minute, then try again."),
}
# Somebody says that a letter is about her.
REPORT_TITLES = TITLES | {503: gettext_lazy("We can’t take your message just now")}
REPORT_REASONS = {
    403: gettext_lazy(
        "Your browser says that another site sent this. If you wrote it yourself, try again."
    ),
    413: gettext_lazy("We could not read it. Go back and send fewer words."),
    429: gettext_lazy(
        "Very many messages are coming from your network. Yours has not been sent. "
        "Wait ten minutes, then try again."
    ),
    500: gettext_lazy("Your message has not been sent. Try again. If it fails again, write to us."),
    503: gettext_lazy("Your message has not been sent. Wait a minute, then try again."),
}
TEXTS = {
    "letter": (TITLES, REASONS),
    "receipt": (RECEIPT_TITLES, RECEIPT_REASONS),
    "report": (REPORT_TITLES, REPORT_REASONS),
}


def keep(request, status, about="letter"):
    """Return a page that gives back everything that was posted, with a button to post it again.

    about: what was posted, a "letter", a "receipt" or a "report".
    """
    words, fields, had_file = "", [], False
    if status != 413:  # which could not be read
        words, had_file = request.POST.get("words", ""), bool(request.FILES)
        # What came from elsewhere begins anew, with a token of its own, and takes nothing back.
        left_out = {"words", "token", "step"} if status == 403 else {"words"}
        fields = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in left_out
        ]
    titles, reasons = TEXTS[about]
    title = titles[status]
    context = {
        "shell": BareShell(request, title=_("Error: %(title)s") % {"title": title}, quiet=True),
        "title": title,
        "reason": reasons[status],
        "words": words,
        "fields": fields,
        "had_file": had_file,
    }
    response = render(request, "letters/keep.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def keeping_words(view, about="letter"):
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
            return keep(request, 413, about)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(
                "Intake failed: %s in %s:%s", type(error).__name__, place.name, place.lineno
            )
            away = isinstance(error, (OperationalError, InterfaceError, OSError))
            return keep(request, 503 if away else 500, about)

    return guarded


keeping_receipt = functools.partial(keeping_words, about="receipt")
keeping_report = functools.partial(keeping_words, about="report")
