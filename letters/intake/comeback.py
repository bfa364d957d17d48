"""Coming back with the receipt: how her letter stands, and taking it back.

By POST only, so that nothing of it is in an address; wrong, unknown and mistyped receipts get
the same answer.
"""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters.intake import limit, origin, receipt
from letters.intake.keep import keep, keeping_receipt
from letters.models import Submission
from portal.shell import Shell


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_receipt
def comeback(request):
    if request.method != "POST":
        return _page(request)
    if origin.of(request) == origin.FOREIGN:
        return keep(request, 403, about="receipt")
    if limit.count(request, "receipt") == limit.FLOOD:
        return keep(request, 429, about="receipt")
    typed = request.POST.get("receipt", "")
    submission = receipt.find(typed)
    if submission is None:
        return _page(request, typed=typed, wrong=True, status=422)
    if request.POST.get("step") == "withdraw":
        submission.withdraw()
    return _page(request, typed=typed, submission=submission, state=_state(submission))


def _state(submission):
    """How it stands, in plain words."""
    state = Submission.State
    if submission.state == state.DECLINED:
        decision = submission.decisions.filter(act="decline").last()
        return _("Your letter was not published. The reason: %(reason)s.") % {
            "reason": decision.get_reason_display() if decision else "–"
        }
    return {
        state.WAITING: _("Your letter is waiting to be read. Nobody outside our team sees it."),
        state.PUBLISHED: _("Your letter is published."),
        state.WITHDRAWN: _(
            "Your letter has been taken back. We have erased it; nobody can read it here."
        ),
    }[submission.state]


def _page(request, *, status=200, **context):
    shell = Shell(request, title=_("Your receipt"), quiet=True, everywhere=request.method != "POST")
    submission = context.get("submission")
    context |= {
        "shell": shell,
        "can_withdraw": submission is not None and submission.state != Submission.State.WITHDRAWN,
        "letter": submission.letter if submission is not None else None,
    }
    response = render(request, "letters/comeback.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
