"""The page that shows a receipt, once. Printed, it is a slip with the receipt and nothing else."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from letters.intake import receipt, receipt_words
from portal.shell import Shell


def show(request, kind, digits, *, repeated=False, not_sent="", submission=None, kept=()):
    """kind: of the letter, "" if it came by mail. digits: the receipt. repeated: the letter had
    been sent before. not_sent: other words that came with its token. submission: its row; without
    it nothing is said of what she allows. kept: (name, value) of her letter's fields, so that she
    can still send it herself: the page is the only place where they are left to her.
    """
    # Its title is also that of the printed slip, and in the browser's history: it says nothing.
    shell = Shell(request, title=_("Your receipt"), quiet=True, everywhere=request.method != "POST")
    language = get_language()
    context = {
        "shell": shell,
        "kind": kind,
        "receipt_groups": receipt.groups(digits),
        "receipt_words": receipt_words.as_words(digits, language),
        "repeated": repeated,
        "not_sent": not_sent,
        "kept": kept,
        "nothing_allowed": submission is not None and not submission.consents,
        "taken_back": submission is not None and submission.state == submission.State.WITHDRAWN,
    }
    response = render(request, "letters/sent.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
