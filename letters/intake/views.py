"""Writing a letter: the form, the check page, sending it herself, sharing it with us. Thin: the
rules are in the modules beside it, the answers in `pages`.

No cookie, so no CSRF cookie either: `origin` stands in for it.
"""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from letters.intake import (
    draft_file,
    limit,
    origin,
    pages,
    picture,
    receipt,
    receipt_page,
    second_look,
    suspicion,
    token,
)
from letters.intake import kit as kit_of
from letters.intake.forms import LetterForm
from letters.intake.keep import keep, keeping_words
from letters.intake.receive import PictureGone, receive, sent_before
from letters.intake.share import ShareForm
from letters.intake.words import normalise
from portal.cache.recording import kept
from portal.picture import PictureError
from portal.private import WrongKey


def step_of_writing(view):
    """What all steps share: they are POSTs; an address out of the history leads to the form."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @keeping_words
    def step(request, kind):
        if request.method != "POST":
            return redirect("letters:write", kind)
        if origin.of(request) == origin.FOREIGN:
            return keep(request, 403)
        return view(request, kind)

    return step


# ------------------------------------------------------------------------ the form


@kept("campaign", "find", "find_kind", "decision_maker")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_words
def write(request, kind):
    if request.method == "POST":
        return check(request, kind)
    asked = {
        name: request.GET.get(name, "")
        for name in ("campaign", "find", "find_kind", "decision_maker")
    }
    form = LetterForm(kind, get_language(), initial=asked)
    # The browser may keep the page for "back", so that what she typed is still there.
    return pages.form_page(request, form, ShareForm(), cache="private, no-cache")


@step_of_writing
def check(request, kind):
    if limit.count(request, "check") == limit.FLOOD:
        return keep(request, 429)
    step = request.POST.get("step", "")
    if step == "find" or (not step and _looks_for_somebody(request.POST)):
        return _form_again(request, kind)
    if step == "continue":
        return _continue(request, kind)
    found = _token(request, kind)
    if found and (before := sent_before(found.secret)):
        return _sent_already(request, kind, found, before)
    if found is None or found.expired:
        found = token.mint(kind)
    posted = request.POST
    if place := posted.get("blank"):
        posted = posted.copy()
        second_look.blank(posted, place)
    if step == "turn":
        _turn(found)
    form = _form(request, kind, found, posted)
    form.is_valid()
    _keep_picture(form, found)
    if form.errors:
        status = 503 if form.has_error("picture", picture.NoRoom.code) else 422
        return pages.form_page(request, form, _share(request), found, status=status)
    # It was to be shared, and had no token any more that could do it.
    became_old = step == "send"
    return pages.check_page(request, form, _share(request, form), found, became_old=became_old)


def _form_again(request, kind, posted=None, **context):
    """The form with what she has so far, while nothing can be wrong yet."""
    found = _token(request, kind) or token.mint(kind)
    form = _form(request, kind, found, posted)
    form.forgives = True
    form.is_valid()
    _keep_picture(form, found)
    return pages.form_page(request, form, _share(request), found, **context)


def _looks_for_somebody(posted):
    """The Enter key in the search field presses the form's first button."""
    return "blank" not in posted and posted.get("find", "") != posted.get("found", "")


def _continue(request, kind):
    """Fill the form from a draft file; what cannot be read leaves the form as it is."""
    file = request.FILES.get("draft")
    try:
        values = draft_file.read(file.read(draft_file.MAX_BYTES + 1) if file else b"")
    except ValidationError as error:
        return _form_again(request, kind, status=422, draft_error=error.messages[0])
    posted = request.POST.copy()
    typed = normalise(posted.get("words", ""))
    for name, texts in values.items():
        posted.setlist(name, texts)
    if typed and typed != normalise(posted["words"]):  # nothing that she typed is lost
        posted["words"] = f"{typed}\n\n{posted['words']}"
    return _form_again(request, kind, posted)


def _turn(found):
    """By a quarter to the right; when it can't be done just now, it stays as it is."""
    with suppress(PictureError):
        picture.turn(found.hash)


def _keep_picture(form, found):
    """A good picture is kept even if something else has to be put right. Where there is no room
    for it the form says so.
    """
    if form.new_picture:
        try:
            picture.hold(found.hash, form.new_picture.webp)
        except picture.NoRoom as error:
            form.new_picture = None
            form.add_error("picture", ValidationError(error.message, code=error.code))
    elif form.had_picture and not form.has_picture:
        picture.drop(found.hash)


# ----------------------------------------------------------- sending it herself, a draft


@step_of_writing
def kit(request, kind):
    if limit.count(request, "check") == limit.FLOOD:
        return keep(request, 429)
    found = _token(request, kind) or token.mint(kind)
    form = _form(request, kind, found)
    if not form.is_valid():
        return pages.form_page(request, form, _share(request), found, status=422)
    if request.POST.get("step") == "file":
        hers = form.draft()
        attached = kit_of.attached_to(kind, hers)
        return _text_file(kit_of.letter_text(hers, attached), kit_of.FILE_NAME)
    was_shared = sent_before(found.secret) is not None
    return pages.kit_page(request, form, _share(request, form), found, was_shared)


@step_of_writing
def draft(request, kind):
    return _text_file(draft_file.write(request.POST), draft_file.FILE_NAME)


def _text_file(text, name):
    response = HttpResponse(text, "text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


# --------------------------------------------------------------------- sharing it with us


@step_of_writing
def send(request, kind):
    found = _token(request, kind)
    if request.POST.get("step") == "change":
        return _form_again(request, kind)
    rate = limit.count(request, "send")
    if rate == limit.FLOOD:
        return keep(request, 429)
    if found is None:
        return check(request, kind)
    if before := sent_before(found.secret):
        return _sent_already(request, kind, found, before)
    if found.expired:
        return check(request, kind)
    form = _form(request, kind, found)
    if not form.is_valid():
        return pages.form_page(request, form, _share(request), found, status=422)
    share = _share(request, form, asked=True)
    if not share.is_valid():
        return pages.check_page(request, form, share, found, status=422)
    held = suspicion.reasons(request, form, found, rate, origin.of(request))
    try:
        submission, digits = receive(form.draft() | share.cleaned_data, found.secret, held)
    except PictureGone:  # in the moment since the form looked for it
        form = _form(request, kind, found)
        form.is_valid()
        return pages.form_page(request, form, _share(request), found, status=422)
    return receipt_page.show(request, kind, digits, submission=submission, kept=_kept(request.POST))


def _sent_already(request, kind, found, before):
    """The same receipt again; other words that came with its token are given back."""
    other = normalise(request.POST.get("words", "")) not in (before.words, "")
    return receipt_page.show(
        request,
        kind,
        receipt.receipt_for(found.secret),
        repeated=True,
        not_sent=request.POST["words"] if other and not before.erased else "",
        submission=before,
        kept=() if other else _kept(request.POST),
    )


def _kept(posted):
    """Her words as she sent them, without the picture and what she allows."""
    if not posted.get("words"):
        return []
    names = ("token", "words", *draft_file.FIELDS)
    return [(name, value) for name in names for value in posted.getlist(name) if value]


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


def _form(request, kind, found, posted=None):
    too_large = int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return LetterForm(
        kind,
        get_language(),
        request.POST if posted is None else posted,
        request.FILES,
        # What her page showed is what counts, also on a page that she went back to.
        has_picture=bool(found and request.POST.get("with_picture") and picture.find(found.hash)),
        file_dropped=too_large and not request.FILES,
    )


def _share(request, form=None, asked=False):
    """Her answers so far. form: a valid LetterForm, where they are asked for; else all of them.
    asked: what is not ticked is a no.
    """
    data = request.POST if asked or "share" in request.POST else None
    if form is None:
        return ShareForm(data)
    return ShareForm(data, has_words=bool(form.cleaned_data["words"]), has_picture=form.has_picture)
