"""Coming back with the receipt: how her letter stands, and what she wants done with it.

By POST only, so that nothing of it is in an address; wrong, unknown and mistyped receipts get
the same answer. Nothing here shows words of hers that are not public.
"""

from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters import reasons
from letters.intake import limit, origin, receipt
from letters.intake.comeback_forms import AppealForm, BlankForm, ConsentsForm
from letters.intake.keep import keep, keeping_receipt
from letters.models import Decision, Letter, Submission
from letters.vocabulary import Consent, HeldReason, Way
from portal.languages import direction, interface_language
from portal.private import WrongKey
from portal.shell import Shell

PAUSE = "60"  # seconds


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
    if limit.receipts_paused():
        return _paused(request, typed)
    submission = receipt.find(typed)
    if submission is None:
        limit.wrong_receipt()
        return _page(request, typed=typed, wrong=True, status=422)
    act = ACTS.get(request.POST.get("step"), lambda request, submission: {})
    return _her_page(request, submission, typed, **act(request, submission))


# ------------------------------------------------------------------ what she wants done
# Each returns what it adds to the page: said (sentences about what was done), a form that is not
# in order.


def _consents(request, submission):
    form = ConsentsForm(submission, request.POST)
    form.is_valid()
    lost = submission.allow(form.chosen())
    if submission.state == Submission.State.WITHDRAWN:  # in another window, for instance
        return {}
    said = [_("What you allow has been saved.")]
    if Consent.WORDS in lost:
        said.append(_("Your words have been erased by now, so we cannot publish them any more."))
    if Consent.PICTURE in lost:
        said.append(_("Your picture has been erased by now, so we cannot publish it any more."))
    return {"said": said}


def _blank(request, submission):
    form = BlankForm(request.POST)
    if not form.is_valid():
        return {"blank_form": form}
    places = submission.blank_out(form.cleaned_data["phrases"])
    count, missing = sum(places.values()), [phrase for phrase in places if not places[phrase]]
    said = []
    if count:
        said.append(
            ngettext(
                "Done: we left out words at %(count)s place.",
                "Done: we left out words at %(count)s places.",
                count,
            )
            % {"count": count}
        )
    return {"said": said, "missing": missing, "blank_form": BlankForm(phrases=missing)}


def _appeal(request, submission):
    form = AppealForm(request.POST)
    if submission.may_appeal and not form.is_valid():
        return {"appeal_form": form}
    if submission.may_appeal and submission.ask_again(form.cleaned_data["appeal"]):
        return {"said": [_("Thank you. We will look at your letter a second time.")]}
    return {}


def _contact(request, submission):
    submission.forget_contact()
    submission.has_contact = False
    return {"said": [_("We have erased how to reach you.")]}


def _withdraw(request, submission):
    submission.withdraw()
    return {}


ACTS = {
    "consents": _consents,
    "blank": _blank,
    "appeal": _appeal,
    "contact": _contact,
    "withdraw": _withdraw,
}


# ------------------------------------------------------------------------ how it stands


def _state(submission):
    """How it stands, in plain words: a list of sentences."""
    state = Submission.State
    return {
        state.WAITING: _waiting,
        state.PUBLISHED: _published,
        state.DECLINED: _declined,
        state.KEPT: lambda submission: [
            _("Nobody outside our team sees your letter: you do not allow us to show it.")
        ],
        state.WITHDRAWN: lambda submission: [
            _("Your letter has been taken back. We have erased it; nobody can read it here.")
        ],
    }[submission.state](submission)


def _waiting(submission):
    if submission.letter is not None:
        return [
            *_published(submission),
            _("What you allow now beyond that is waiting to be read by our team."),
        ]
    if HeldReason.APPEAL in submission.held:
        return [
            _("You asked for a second look. Your letter is waiting to be read again."),
            _("Nobody outside our team sees it."),
        ]
    said = [_("Your letter is waiting to be read. Nobody outside our team sees it.")]
    if submission.way == Way.MAIL and not submission.confirmed_with:
        said.append(
            _("It came by e-mail, and stays unpublished until you have opened the link we sent.")
        )
    elif not submission.is_publishable:
        said.append(_("You have not allowed us to show it, so it stays that way."))
    return said


def _published(submission):
    if submission.letter is None or submission.letter.hidden:
        return [
            _("Your letter is being looked at again. Until that is done, readers do not see it.")
        ]
    said = [_("Your letter is published.")]
    decision = _last_refusal(submission)
    if decision and decision.act == Decision.Act.DECLINE:
        said.append(
            _because(
                _("What you wanted to add was not published. The reason: %(reason)s."), decision
            )
        )
    return said


def _declined(submission):
    decision = submission.decisions.filter(act__in=["decline", "take-down"]).last()
    if decision and decision.act == Decision.Act.TAKE_DOWN:
        sentence = _("Your letter was published and has been taken down. The reason: %(reason)s.")
    else:
        sentence = _("Your letter was not published. The reason: %(reason)s.")
    said = [_because(sentence, decision)]
    if submission.appealed:
        said.append(_("We have looked at it a second time, as you asked."))
    return said


def _because(sentence, decision):
    """A sentence with the reason in it, in the language that somebody has said that in."""
    words, language = reasons.said(decision.reason) if decision else ("–", "")
    if language and language != interface_language(get_language()):
        shown = format_html(
            '<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), words
        )
    else:
        shown = words
    before, _mark, after = sentence.partition("%(reason)s")
    return format_html("{}{}{}", before, shown, after)


def _last_refusal(submission):
    """The decision by which it, or what she wanted to add to it, is not seen; or None."""
    state, act = Submission.State, Decision.Act
    if submission.state not in (state.PUBLISHED, state.DECLINED):
        return None
    beside = [act.PASS, act.REDACT, act.CORRECT]
    decision = submission.decisions.standing().exclude(act__in=beside).last()
    return decision if decision and decision.act in (act.DECLINE, act.TAKE_DOWN) else None


def _note(submission):
    """What a moderator wrote to her beside the reason: (words, whether they can be opened)."""
    if _last_refusal(submission) is None:
        return "", True
    try:
        return submission.note, True
    except WrongKey:
        return "", False


# ---------------------------------------------------------------------------- the pages


def _her_page(request, submission, typed, **done):
    """Her letter as it stands now, with the forms for what she may still do.

    done: what the act before says (`said`, `missing`) and forms that are not in order.
    """
    is_there = submission.state != Submission.State.WITHDRAWN
    form = next((form for form in done.values() if getattr(form, "errors", None)), None)
    forms = {"consents_form": ConsentsForm(submission) if is_there else None}
    if submission.may_blank_out:
        forms["blank_form"] = done.get("blank_form") or BlankForm()
    if submission.may_appeal:
        forms["appeal_form"] = done.get("appeal_form") or AppealForm()
    letter = submission.letter
    readable = letter is not None and not letter.hidden
    note, note_opens = _note(submission)
    return _page(
        request,
        status=422 if form else 200,
        typed=typed,
        submission=submission,
        state=_state(submission),
        note=note,
        note_opens=note_opens,
        said=done.get("said", []),
        missing=done.get("missing", []),
        wrong_form=form,
        has_contact=is_there and submission.has_contact,
        can_withdraw=is_there,
        letter=Letter.prepare([letter], get_language())[0] if readable else None,
        **forms,
    )


def _paused(request, typed):
    """Everybody waits while somebody is guessing. What she typed is carried on."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "receipt"
    ]
    response = _page(request, typed=typed, paused=True, fields=fields, status=429)
    response.headers["Retry-After"] = PAUSE
    return response


def _page(request, *, status=200, **context):
    shell = Shell(request, title=_("Your receipt"), quiet=True, everywhere=request.method != "POST")
    response = render(request, "letters/comeback.html", {"shell": shell, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
