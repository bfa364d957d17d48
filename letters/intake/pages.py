"""The pages on the way of a letter, as `views` answers with them. What holds words of a letter is
`no-store` and carries them on in the page itself.
"""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from letters.intake import kit, language, own_words, picture, second_look, token, work
from letters.models import Letter
from portal.renditions import ReadyPicture
from portal.shell import Shell

LEADS = {
    "survivor": gettext_lazy(
        "A few warm words are enough. You need not know her, and you need not know what happened."
    ),
    "decision-maker": gettext_lazy(
        "Say it as you would to someone you still hope for: what you love, what you don’t, and "
        "what must change."
    ),
}


def _page(request, template, kind, title, *, status=200, cache="no-store", **context):
    shell = Shell(
        request,
        title=title,
        description=context.get("lead", ""),
        quiet=True,
        # A language switch on a page with words would lose them.
        everywhere=request.method != "POST",
    )
    response = render(request, template, {"shell": shell, "kind": kind, **context}, status=status)
    response.headers["Cache-Control"] = cache
    return response


def form_page(request, form, share, found=None, *, status=200, cache="no-store", **context):
    """form: a LetterForm. share: the ShareForm, whose answers wait here. found: her token, or
    None.
    """
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
        lead=LEADS[form.kind.value],
        form=form,
        share=share,
        addressees=getattr(form, "addressees", None),
        pending_picture=held,
        **context,
    )


def check_page(request, form, share, found, *, status=200, became_old=False):
    draft = form.draft()
    letter = _preview(form, draft, found)
    guessed = language.guess_language(draft["words"])
    return _page(
        request,
        "letters/check.html",
        form.kind.value,
        _("Check your letter"),
        status=status,
        became_old=became_old,
        form=form,
        share=share,
        letter=letter,
        draft=draft,
        answers=_answers(draft),
        marks=second_look.look(draft),
        looks_like_others=own_words.looks_like_others(draft["words"]),
        work_bits=work.bits(),
        suggested_language=(
            language.language_name(guessed, get_language())
            if guessed and guessed.partition("-")[0] != draft["language"].partition("-")[0]
            else ""
        ),
    )


def kit_page(request, form, share, found, was_shared):
    draft = form.draft()
    letter = _preview(form, draft, found)
    with override(draft["language"] or get_language()):
        subject = draft["title"] or _("A letter to you")
    ways = kit.ways(draft, subject) if form.kind == "decision-maker" else []
    be_safe = kit.attached_to(form.kind, draft)
    text = kit.letter_text(draft, be_safe)
    return _page(
        request,
        "letters/kit.html",
        form.kind.value,
        _("Send your letter"),
        form=form,
        share=share,
        letter=letter,
        text=text,
        ways=ways,
        postal=next((way for way in ways if way.kind == "post"), None),
        mail_link="" if ways or form.kind != "decision-maker" else kit.mail_link("", subject, text),
        be_safe=be_safe,
        was_shared=was_shared,
    )


def _preview(form, draft, found):
    """The letter as readers would see it; what the next page needs goes into hidden fields."""
    (letter,) = Letter.prepare([Letter.preview(draft)], get_language())
    letter.ready_picture = _picture(found, draft["picture_alt"]) if draft["has_picture"] else None
    form.carry(
        **form.tidied(),
        token=found.signed,
        language=draft["language"],
        with_picture="yes" if letter.ready_picture else "",
    )
    form.forget_file()
    return letter


def _answers(draft):
    """What she said beside the letter itself: (label, value, id of its field on the form)."""
    answers = [
        (_("Language"), language.language_name(draft["language"], get_language()), "id_language")
    ]
    if draft["has_picture"]:
        answers.append((_("What is in the picture"), draft["picture_alt"], "id_picture_alt"))
    answers.append((_("Signed"), draft["signature"], "id_signature"))
    return [{"label": label, "value": value, "field": field} for label, value, field in answers]


def _picture(found, alt=""):
    """The held picture as a `<picture>` element wants it, or None."""
    pending = picture.find(found.hash) if found else None
    if pending is None:
        return None
    held = picture.load(pending.name)
    address = reverse("letters:pending_picture", args=[token.picture_pass(found.hash)])
    return ReadyPicture(alt, held.width, held.height, address, ())
