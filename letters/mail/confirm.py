"""The page that the answer leads to: one button. It says that the letter is hers and that we may
publish it, and shows her receipt.

Opening it changes nothing: mail scanners open every link. The form carries a nonce of that
opening, so sending it twice shows the same receipt, and nobody who opens the link later sees one.
"""

from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters.intake import origin, receipt, receipt_page, token
from letters.intake.keep import keep, keeping_receipt
from letters.mail import link as links
from letters.mail.keep import further_secret
from letters.mail.parts import PICTURES
from letters.models import Submission
from letters.vocabulary import HeldReason
from portal.shell import Shell


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_receipt
def confirm(request, link):
    try:
        secret = links.read(link)
    except links.LinkExpired:
        return _over(request, _("This link is older than seven days and does not work any more."))
    except links.LinkError:
        raise Http404 from None
    if request.method != "POST":
        first = _letters(secret).get(token.stored(secret))
        if first is None or first.erased or first.confirmed_with:
            return _used(request)
        return _page(request, nonce=links.nonce(secret))
    if origin.of(request) == origin.FOREIGN:
        return keep(request, 403, about="receipt")
    try:
        opened = links.stored_nonce(secret, request.POST.get("nonce", ""))
    except links.LinkError:
        return _page(request, nonce=links.nonce(secret), status=422)
    return _confirm(request, secret, opened)


def _secrets(secret):
    """Of all letters that one mail has become, in their order."""
    return [secret, *(further_secret(secret, number) for number in range(2, PICTURES + 1))]


def _letters(secret, rows=Submission.objects):
    """{token_hash: letter} of all that the mail has become."""
    hashes = [token.stored(each) for each in _secrets(secret)]
    return {row.token_hash: row for row in rows.filter(token_hash__in=hashes).sealed()}


def _confirm(request, secret, opened):
    with transaction.atomic():
        letters = _letters(secret, Submission.objects.select_for_update(of=["self"]))
        first = letters.get(token.stored(secret))
        repeated = first is not None and first.confirmed_with == opened
        if not repeated and (first is None or first.erased or first.confirmed_with):
            return _used(request)
        for letter in () if repeated else letters.values():
            if not letter.erased:
                letter.confirmed_with = opened
                letter.may_publish_words = letter.may_publish_picture = True
                letter.held = [code for code in letter.held if code != HeldReason.UNCONFIRMED]
                letter.save(
                    update_fields=[
                        *("confirmed_with", "may_publish_words", "may_publish_picture", "held")
                    ]
                )
    receipts = [
        receipt.receipt_for(each) for each in _secrets(secret) if token.stored(each) in letters
    ]
    if len(receipts) > 1:
        return _receipts_page(request, receipts)
    response = receipt_page.show(request, "", receipts[0], repeated=repeated, submission=first)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _render(request, template, title, *, status=200, everywhere=False, **context):
    shell = Shell(request, title=title, quiet=True, everywhere=everywhere, robots="noindex")
    response = render(request, template, {"shell": shell, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request, *, nonce, status=200):
    return _render(
        request,
        "letters/mail_confirm.html",
        _("Your message"),
        nonce=nonce,
        status=status,
        everywhere=request.method != "POST",
    )


def _used(request):
    return _over(request, _("This link has been used already."))


def _over(request, reason):
    return _render(
        request, "letters/mail_confirm.html", _("Your message"), reason=reason, status=410
    )


def _receipts_page(request, receipts):
    return _render(
        request,
        "letters/mail_receipts.html",
        _("Your receipts"),
        receipts=[receipt.groups(digits) for digits in receipts],
    )
