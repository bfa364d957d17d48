"""Two people decided the same letter, and this one came second. What she wanted is not lost: she
sees what the first did, and where they differ, one button brings it to a lead."""

from typing import NamedTuple

from django.db import transaction
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from letters import reasons
from letters.desk import marking, otherwise
from letters.desk.base import DeskView, OneLetter
from letters.desk.correcting import correct
from letters.desk.forms import AskForm
from letters.desk.outcome import deciding, outcome
from letters.models import AlreadyDecided, Decision, Otherwise, Submission

_ACT, _STATE, _WHAT = Decision.Act, Submission.State, Otherwise.What
_WANTED = {
    _ACT.DECLINE: _WHAT.WANTED_DECLINE,
    _ACT.PUBLISH: _WHAT.WANTED_PUBLISH,
    _ACT.ASK: _WHAT.WANTED_ASK,
}


class Wish(NamedTuple):
    """What somebody wanted when another had decided already.

    act: publish, decline or ask, of Decision.Act. reason: a code of `letters.reasons`. note: to
    its writer. question: to a lead. redactions: what she left out, as of `redactions.clean`.
    is_lost: she had marked more, in a text that was another one then.
    """

    act: str
    reason: str = ""
    note: str = ""
    question: str = ""
    redactions: list = []
    is_lost: bool = False

    @classmethod
    def of(cls, act, posted, submission):
        """Out of the form that she sent. posted: a QueryDict."""
        reason = posted.get("reason", "")
        publishes = act == _ACT.PUBLISH
        is_moved = posted.get("texts", "") != submission.texts_seen
        read = marking.read_words if is_moved else marking.read
        return cls(
            act=act,
            reason=reason if reason in dict(reasons.offered()) else "",
            note=posted.get("note", "").strip()[:1000],
            question=posted.get("question", "").strip()[:1000],
            redactions=read(posted, submission) if publishes else [],
            is_lost=publishes and is_moved and "redaction" in posted,
        )

    @property
    def sentence(self):
        if self.act == _ACT.DECLINE and not self.reason:
            return _("You wanted to decline it.")
        if self.act == _ACT.DECLINE:
            return _("You wanted to decline it: %(reason)s.") % {
                "reason": reasons.words_of(self.reason)
            }
        if self.act == _ACT.ASK:
            return _("You wanted to ask a lead.")
        return _("You wanted to publish it.")

    def uncovered(self, submission):
        """Those of her redactions that readers don't have as gaps: [field, start, end, reason]."""
        return [
            spot
            for spot in self.redactions
            if not any(
                spot[0] == name and start <= spot[1] and spot[2] <= end
                for name, start, end, _reason in submission.redactions
            )
        ]

    def agrees_with(self, submission):
        """Whether the letter is as she wanted it."""
        if self.act == _ACT.PUBLISH:
            return submission.state == _STATE.PUBLISHED and not is_as_it_was(submission)
        if self.act == _ACT.DECLINE:
            return submission.state == _STATE.DECLINED or is_as_it_was(submission)
        return submission.for_lead

    def lasts(self, submission):
        """Whether a lead can be asked what she thinks of it."""
        return (
            submission.may_return and not is_as_it_was(submission) and not is_reported(submission)
        )


def is_as_it_was(submission):
    """Public, and what its writer wanted to add was declined: readers see what they saw."""
    if submission.state != _STATE.PUBLISHED:
        return False
    settled = [_ACT.PUBLISH, _ACT.DECLINE, _ACT.RESTORE]
    last = submission.decisions.standing().filter(act__in=settled).order_by("pk").last()
    return last is not None and last.act == _ACT.DECLINE


def is_reported(submission):
    """It is decided among the reports."""
    is_public = submission.letter is not None and submission.state != _STATE.DECLINED
    return is_public and submission.letter.reports.open().exists()


def lost():
    return _("What you had marked is lost, because its writer changed the letter meanwhile.")


class SecondView(OneLetter, DeskView):
    """What its page shows is carried by the page itself, and nowhere kept before she asks."""

    template_name = "letters/desk/second.html"

    @property
    def is_part(self):
        return "X-Desk" in self.request.headers

    def get_template_names(self):
        return ["letters/desk/second_part.html"] if self.is_part else [self.template_name]

    def show(self, submission, wish, ask_form=None):
        """submission: of `submission_or_404`, read anew."""
        lasts, agrees = wish.lasts(submission), wish.agrees_with(submission)
        left_out = [
            {
                "value": f"{name}:{start}-{end}:{reason}",
                "text": getattr(submission, name)[start:end],
            }
            for name, start, end, reason in wish.uncovered(submission)
        ]
        is_public = submission.letter is not None and submission.state != _STATE.DECLINED
        opinion = wish.question or (wish.note if wish.act == _ACT.DECLINE else "")
        context = self.get_context_data(
            submission=submission,
            outcome=outcome(submission),
            wish=wish,
            agrees=agrees,
            lost=lost() if wish.is_lost else "",
            is_reported=is_reported(submission),
            may_object=lasts and not agrees,
            left_out=left_out,
            may_leave_out=bool(left_out) and is_public,
            is_public=is_public,
            ask_form=ask_form or AskForm(initial={"question": opinion}, auto_id="id_%s"),
            is_part=self.is_part,
        )
        return self.render_to_response(context)


def answer(view, wish):
    """The answer to somebody whose decision came second; the first is told, too, where they
    differ. view: a DeskView about one letter, with `kwargs["pk"]`, in a POST."""
    page = SecondView()
    page.setup(view.request, pk=view.kwargs["pk"])
    page.queue = view.queue
    submission = page.submission_or_404()
    if submission.state in (_STATE.PUBLISHED, _STATE.DECLINED):
        if not wish.agrees_with(submission):
            tell_first(submission, view.request.user, _WANTED[wish.act])
        elif wish.uncovered(submission):
            tell_first(submission, view.request.user, _WHAT.WANTED_GAPS)
    return page.show(submission, wish)


def tell_first(submission, second, what):
    """Whoever decided it: `second` saw it differently. what: of Otherwise.What."""
    first = deciding(submission)
    if first is not None:
        Otherwise.tell(first.moderator_id, submission, second, what)


@method_decorator(require_POST, name="dispatch")
class ObjectView(SecondView):
    """Brings a letter that was decided otherwise to a lead; readers don't see it meanwhile."""

    def post(self, request, pk):
        submission = self.submission_or_404()
        act = request.POST.get("act")
        wish = Wish.of(
            act if act in (_ACT.DECLINE, _ACT.ASK) else _ACT.PUBLISH, request.POST, submission
        )
        form = AskForm(request.POST, auto_id="id_%s")
        if not form.is_valid():
            return self.show(submission, wish, form)
        try:
            if wish.agrees_with(submission) or not wish.lasts(submission):
                raise AlreadyDecided
            with transaction.atomic():
                tell_first(submission, request.user, _WHAT.RETURNED)
                submission.put_back(request.user)
                submission.ask_lead(request.user, opinion(wish, form.cleaned_data["question"]))
        except AlreadyDecided:
            said = _("This changed nothing: %(outcome)s")
            messages.error(request, said % {"outcome": outcome(self.submission_or_404())})
            return redirect("desk:list")
        self.logged(submission, "letters.return")
        self.logged(submission, "letters.ask")
        said = _("A lead will look at letter %(number)s. Readers don’t see it meanwhile.")
        messages.success(request, said % {"number": pk})
        return redirect("desk:list")


def opinion(wish, words):
    """What a lead reads."""
    parts = [_("Two people decided this letter differently.")]
    if wish.act == _ACT.DECLINE and wish.reason:
        said = _("The second wanted to decline it: %(reason)s.")
        parts.append(said % {"reason": reasons.words_of(wish.reason)})
    elif wish.act == _ACT.PUBLISH:
        parts.append(_("The second wanted to publish it."))
    return " ".join(parts) + (f"\n{words}" if words else "")


@method_decorator(require_POST, name="dispatch")
class LeaveOutView(SecondView):
    """Leaves out what she had marked, in the letter that the first has published."""

    def post(self, request, pk):
        submission = self.submission_or_404()
        marked = Wish.of(_ACT.PUBLISH, request.POST, submission)
        gaps = [
            (getattr(submission, name)[start:end], reason)
            for name, start, end, reason in marked.uncovered(submission)
        ]
        try:
            if not gaps:
                raise AlreadyDecided
            places = correct(submission, request.user, gaps=gaps)
            tell_first(submission, request.user, _WHAT.LEFT_OUT)
        except AlreadyDecided:
            became = self.submission_or_404()
            if marked.is_lost and became.state == _STATE.PUBLISHED:
                messages.error(request, lost())
            else:
                said = _("This changed nothing: %(outcome)s")
                messages.error(request, said % {"outcome": outcome(became)})
            return redirect("desk:settled", pk)
        if all(places.values()):
            messages.success(request, _("Left out. Readers see a gap there from now on."))
        else:
            messages.warning(request, _("Some of it was not found. Please look at the letter."))
        self.logged(submission, "letters.correct")
        return redirect("desk:settled", pk)


@method_decorator(require_POST, name="dispatch")
class SeenView(DeskView):
    """She has seen that colleagues saw letters differently: these are not told again."""

    def post(self, request):
        otherwise.mark_seen(request.user, request.POST.getlist("seen"))
        return redirect("desk:list")


urlpatterns = [
    path("seen/", SeenView.as_view(), name="seen"),
    path("<int:pk>/object/", ObjectView.as_view(), name="object"),
    path("<int:pk>/leave-out/", LeaveOutView.as_view(), name="leave_out"),
]
