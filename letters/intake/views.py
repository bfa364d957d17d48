"""Writing a letter: the form, the check page, the receipt. Thin: the rules are in the modules
beside it.

No cookie, so no CSRF cookie either: `origin` stands in for it. What holds words of a letter is
`no-store`, and carries them on in the page itself.
"""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from letters.intake import language, limit, origin, picture, receipt, token
from letters.intake.forms import LetterForm
from letters.intake.keep import keep, keeping_words
from letters.intake.receive import PictureGone, receive, sent_before
from letters.intake.words import normalise
from letters.models import Letter
from letters.vocabulary import HeldReason
from portal.private import WrongKey
from portal.renditions import ReadyPicture
from portal.shell import Shell

TOO_FAST = 2  # seconds between seeing the check page and sending


# ------------------------------------------------------------------------ the form


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_words
def write(request, kind):
    if request.method != "POST":
        form = LetterForm(
            kind, get_language(), initial={"campaign": request.GET.get("campaign", "")}
        )
        # The browser may keep the page for "back", so that what she typed is still there.
        return _form_page(request, form, cache="private, no-cache")
    return _check(request, kind)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_words
def check(request, kind):
    if request.method != "POST":  # an address out of the history: the form is where it begins
        return redirect("letters:write", kind)
    return _check(request, kind)


def _check(request, kind):
    if origin.of(request) == origin.FOREIGN:
        return keep(request, 403)
    if limit.count(request, "check") == limit.FLOOD:
        return keep(request, 429)
    found = _token(request, kind)
    if found is None or (found.expired and not sent_before(found.secret)):
        found = token.mint(kind)
    form = _form(request, kind, found)
    valid = form.is_valid()
    # A good picture is kept even if something else has to be put right.
    if form.new_picture:
        picture.hold(found.hash, form.new_picture.webp)
    elif form.had_picture and not form.has_picture:
        picture.drop(found.hash)
    return (
        _check_page(request, form, found) if valid else _form_page(request, form, found, status=422)
    )


# ------------------------------------------------------------------------- sending


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_words
def send(request, kind):
    if request.method != "POST":
        return redirect("letters:write", kind)
    where_from = origin.of(request)
    if where_from == origin.FOREIGN:
        return keep(request, 403)
    found = _token(request, kind)
    if request.POST.get("step") == "change":
        return _form_page(request, _form(request, kind, found), found)
    rate = limit.count(request, "send")
    if rate == limit.FLOOD:
        return keep(request, 429)
    if found is None:
        return _check(request, kind)
    if before := sent_before(found.secret):
        other = normalise(request.POST.get("words", "")) not in (before.words, "")
        return _sent_page(
            request,
            kind,
            receipt.receipt_for(found.secret),
            repeated=True,
            not_sent=request.POST["words"] if other and not before.erased else "",
        )
    if found.expired:
        return _check(request, kind)
    form = _form(request, kind, found)
    if not form.is_valid():
        return _form_page(request, form, found, status=422)
    reasons = {
        HeldReason.NO_ORIGIN: where_from == origin.UNKNOWN,
        HeldReason.HONEYPOT: form.looks_automatic,
        HeldReason.TOO_FAST: found.age < TOO_FAST,
        HeldReason.RATE: rate == limit.HELD,
    }
    held = [reason.value for reason, applies in reasons.items() if applies]
    try:
        _submission, digits = receive(form.draft(), found.secret, held)
    except PictureGone:  # in the moment since the form looked for it
        return _form_page(request, _form(request, kind, found), found, status=422)
    return _sent_page(request, kind, digits)


# ------------------------------------------------------------------ the unsent picture


@require_safe
def pending_picture(request, passed):
    """The picture of the check page, for as long as it may wait; nobody else has its address."""
    try:
        pending = picture.find(token.read_pass(passed))
        webp = picture.load(pending.name).webp if pending else b""
    except (token.TokenError, OSError, WrongKey):
        webp = b""
    if not webp:
        raise Http404
    response = HttpResponse(webp, content_type="image/webp")
    response.headers["Cache-Control"] = "no-store"
    return response


# ---------------------------------------------------------------------------- parts


def _token(request, kind):
    try:
        return token.read(request.POST.get("token", ""), kind)
    except token.TokenError:
        return None


def _form(request, kind, found):
    too_large = int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return LetterForm(
        kind,
        get_language(),
        request.POST,
        request.FILES,
        # What her page showed is what counts, also on a page that she went back to.
        has_picture=bool(found and request.POST.get("with_picture") and picture.find(found.hash)),
        file_dropped=too_large and not request.FILES,
    )


def _page(request, template, kind, title, *, status=200, cache="no-store", **context):
    # A language switch on a page with words would lose them.
    shell = Shell(request, title=title, quiet=True, everywhere=request.method != "POST")
    response = render(request, template, {"shell": shell, "kind": kind, **context}, status=status)
    response.headers["Cache-Control"] = cache
    return response


def _form_page(request, form, found=None, *, status=200, cache="no-store"):
    held = _picture(found)
    if form.is_bound:
        form.carry(token=found.signed if found else "", with_picture="yes" if held else "")
    return _page(
        request,
        "letters/write.html",
        form.kind.value,
        _("Write a letter"),
        status=status,
        cache=cache,
        form=form,
        action=reverse("letters:write", args=[form.kind.value]),
        pending_picture=held,
    )


def _check_page(request, form, found):
    draft = form.draft()
    shown = _picture(found, draft["picture_alt"]) if draft["has_picture"] else None
    form.carry(
        **form.tidied(),
        token=found.signed,
        language=draft["language"],
        with_picture="yes" if shown else "",
    )
    form.forget_file()
    (letter,) = Letter.prepare([Letter.preview(draft)], get_language())
    letter.ready_picture = shown
    guessed = language.guess_language(draft["words"])
    return _page(
        request,
        "letters/check.html",
        form.kind.value,
        _("Check your letter"),
        form=form,
        draft=draft,
        letter=letter,
        answers=_answers(draft),
        warnings=_warnings(draft),
        suggested_language=(
            language.language_name(guessed, get_language())
            if guessed and guessed.partition("-")[0] != draft["language"].partition("-")[0]
            else ""
        ),
        action=reverse("letters:send", args=[form.kind.value]),
    )


def _answers(draft):
    """What she said beside the letter itself, for one more look."""
    yes_no = {True: _("Yes"), False: _("No")}
    answers = [
        (_("Language"), language.language_name(draft["language"], get_language())),
        (_("We may publish it"), yes_no[draft["may_publish"]]),
        (_("We may quote from it"), yes_no[draft["may_quote"]]),
        (_("How we can reach you"), draft["contact"]),
    ]
    if draft["has_picture"]:
        answers.insert(1, (_("What is in the picture"), draft["picture_alt"]))
    return [{"label": label, "value": value} for label, value in answers]


def _warnings(draft):
    if draft["language"]:
        return []
    return [_("We could not see which language your letter is in. Please go back and choose it.")]


def _sent_page(request, kind, digits, *, repeated=False, not_sent=""):
    """repeated: it had been sent before. not_sent: other words that came with its token."""
    return _page(
        request,
        "letters/sent.html",
        kind,
        _("Your letter is with us"),
        receipt_groups=receipt.groups(digits),
        repeated=repeated,
        not_sent=not_sent,
    )


def _picture(found, alt=""):
    """The held picture as a `<picture>` element wants it, or None."""
    pending = picture.find(found.hash) if found else None
    if pending is None:
        return None
    held = picture.load(pending.name)
    address = reverse("letters:pending_picture", args=[token.picture_pass(found.hash)])
    return ReadyPicture(alt, held.width, held.height, address, [])
