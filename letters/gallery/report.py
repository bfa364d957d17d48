"""Saying that a letter is about oneself: a form on every letter, without account or cookie.

Whoever asks may not read the letter's language: the form is in every live one. What looks made
by machines is read too, but hides nothing by itself.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters.gallery.forms import ReportForm
from letters.intake import limit, origin
from letters.intake.keep import keep, keeping_report
from letters.models import Letter, Report
from portal.cache.recording import kept
from portal.shell import Shell


@kept()
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_report
def report(request, code):
    if request.method != "POST":
        if not Letter.objects.public(code).filter(code=code).exists():
            raise Http404
        # The browser may keep the page for "back", so that what she typed is still there.
        return _page(request, "letters/report.html", cache="private, no-cache", form=ReportForm())
    where_from = origin.of(request)
    if where_from == origin.FOREIGN:
        return keep(request, 403, about="report")
    rate = limit.count(request, "report")
    if rate == limit.FLOOD:
        return keep(request, 429, about="report")
    # Somebody else may have been quicker and the letter be hidden: hers is taken all the same.
    letter = get_object_or_404(Letter, code=code)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, "letters/report.html", status=422, form=form)
    given = form.cleaned_data
    try:
        Report.take(
            letter,
            reason=given["reason"],
            words=given["words"],
            contact=given["contact"],
            counts=where_from == origin.OURS and rate == limit.FINE and not given["website"],
        )
    except Letter.DoesNotExist:
        raise Http404 from None
    return _page(request, "letters/reported.html", has_contact=bool(given["contact"]))


def _page(request, template, *, status=200, cache="no-store", **context):
    # A language switch on a page with words would lose them.
    shell = Shell(
        request,
        title=_("This letter is about me"),
        quiet=True,
        everywhere=request.method != "POST",
        robots="noindex",
    )
    shell.add_step(_("Letters"), shell.letters_url)
    response = render(request, template, {"shell": shell, **context}, status=status)
    response.headers["Cache-Control"] = cache
    return response
