"""One decision about one letter; then the next letter is there."""

import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from letters.desk import care, marking, second
from letters.desk.base import DeskView
from letters.desk.forms import AskForm, DeclineForm, PublishForm
from letters.desk.letter_views import LetterView
from letters.desk.outcome import outcome
from letters.desk.queue import shown
from letters.models import (
    AlreadyDecided,
    ChangedMeanwhile,
    Decision,
    NoConsent,
    SamePerson,
    Submission,
)
from portal.picture import PictureError
from portal.private import WrongKey


@method_decorator(require_POST, name="dispatch")
class DecisionView(LetterView):
    """What subclasses say: `form` (checked before), `decide`, `done` and `log_action`."""

    done = ""
    log_action = ""
    act = None  # what she wanted, where that matters when somebody else was quicker
    needs_look = False  # it counts only for what she has read
    draft = {}  # what she has marked, so that it stays marked where the page comes back

    def form(self, submission):
        return None

    def post(self, request, pk):
        submission = self.submission_or_404()
        due, seen = submission.due, submission.seen
        form = self.form(submission)
        try:
            if submission.state != Submission.State.WAITING:
                raise AlreadyDecided
            if self.needs_look and request.POST.get("seen") != seen:
                # Her page may be an hour old, and hold words that the writer left out since.
                raise ChangedMeanwhile
            if self.needs_lead(submission):
                messages.error(request, _("A lead is asked to look at this letter."))
                return self.again(pk)
            if form is not None and not form.is_valid():
                for name, value in self.draft.items():
                    setattr(submission, name, value)
                self.asked_words = request.POST.get("blank_words", "")
                return self.show(submission)
            self.decide(submission, form)
        except ChangedMeanwhile:
            messages.error(
                request,
                _("This letter was changed while you read it. Please look at it again."),
            )
            return self.again(pk)
        except AlreadyDecided:
            return self.came_second(pk, due)
        except SamePerson:
            messages.error(request, _("You have agreed already. Somebody else has to agree, too."))
            return self.again(pk)
        except NoConsent:
            messages.error(request, _("This letter cannot be published: its writer did not agree."))
            return self.again(pk)
        except (OSError, WrongKey, PictureError):
            messages.error(request, _("Its picture cannot be opened. Ask whoever runs this site."))
            return self.again(pk)
        self.logged(submission, self.log_action)
        messages.success(request, self.said(submission))
        return self.go_on(due, pk)

    def needs_lead(self, submission):
        settles = self.act in (Decision.Act.PUBLISH, Decision.Act.DECLINE)
        return settles and submission.for_lead and not self.queue.leads

    def said(self, submission):
        return _("Letter %(number)s: %(done)s") % {"number": submission.pk, "done": self.done}

    def again(self, pk):
        if self.is_part:
            return self.show(self.submission_or_404())
        return redirect("desk:letter", pk)

    def came_second(self, pk, due):
        """Told what became of it; what she wanted is not lost."""
        submission = self.submission_or_404()
        if self.act and submission.state != Submission.State.WITHDRAWN:
            return second.answer(self, second.Wish.of(self.act, self.request.POST, submission))
        messages.error(
            self.request,
            _("Your decision came second and changed nothing: %(outcome)s")
            % {"outcome": outcome(submission)},
        )
        return self.go_on(due, pk)

    def go_on(self, due, pk):
        """To the next letter, which is hers for a while; or to a pause."""
        following = self.queue.next_after(due, pk)
        if where := care.after_decision(self.request, self.queue):
            return self.elsewhere(f"{where}{urlencode({'next': following or ''})}")
        if following is None:
            messages.info(self.request, _("That was the last one. Nothing waits for you now."))
            return self.elsewhere(reverse("desk:list"))
        Submission(pk=following).claim(self.request.user)
        if not self.is_part:
            return redirect("desk:letter", following)
        submission = self.queue.find(following)
        if submission is None or submission.state != Submission.State.WAITING:
            return self.elsewhere(reverse("desk:list"))
        self.publish_form = self.decline_form = self.ask_form = None
        return self.show(shown(submission))

    def elsewhere(self, address):
        """Away from the letters, also for the script."""
        if not self.is_part:
            return redirect(address)
        return HttpResponse(status=204, headers={"X-Desk-Go": address})


class PublishView(DecisionView):
    done = gettext_lazy("published.")
    log_action = "letters.publish"
    act = Decision.Act.PUBLISH
    needs_look = True

    def form(self, submission):
        written = marking.read_transcript(self.request.POST)
        self.draft = {
            "redactions": marking.read(self.request.POST, submission),
            "boxes": marking.read_boxes(self.request.POST),
            "transcript": submission.transcript if written is None else written,
        }
        self.publish_form = PublishForm(submission, self.request.POST)
        for phrase in marking.not_found(self.request.POST, submission):
            # Mistyped, perhaps, and must not be published.
            message = _("This stands nowhere in the letter: %(words)s") % {"words": phrase}
            self.publish_form.add_error(None, message)
        return self.publish_form

    def decide(self, submission, form):
        values = self.draft | form.cleaned_data
        values |= marking.without(self.request.POST, values)
        letter = submission.approve(self.request.user, **values)
        if letter is None:
            self.log_action = "letters.agree"
            self.done = _("you agreed. Readers see it when one more person agrees.")


class DeclineView(DecisionView):
    """Of a letter that is public already: what its writer wanted to add is declined."""

    done = gettext_lazy("declined.")
    log_action = "letters.decline"
    act = Decision.Act.DECLINE

    def form(self, submission):
        self.decline_form = DeclineForm(self.request.POST, auto_id="id_%s")
        return self.decline_form

    def decide(self, submission, form):
        submission.decline(self.request.user, **form.cleaned_data)


class PassView(DecisionView):
    done = gettext_lazy("passed on. Somebody else will look at it.")
    log_action = "letters.pass"

    def decide(self, submission, form):
        submission.pass_on(self.request.user)


class AskView(DecisionView):
    done = gettext_lazy("a lead will look at it.")
    log_action = "letters.ask"
    act = Decision.Act.ASK

    def form(self, submission):
        self.ask_form = AskForm(self.request.POST, auto_id="id_%s")
        return self.ask_form

    def decide(self, submission, form):
        submission.ask_lead(self.request.user, **form.cleaned_data)


@method_decorator(require_POST, name="dispatch")
class ClaimView(LetterView):
    """Says that she reads it, or no longer does."""

    def post(self, request, pk):
        submission = self.submission_or_404()
        if "release" in request.POST:
            submission.release(request.user)
        elif not submission.claim(request.user):
            messages.warning(request, _("Somebody else is reading this letter."))
        if self.is_part:
            return self.get(request, pk)
        return redirect("desk:letter", pk)


@method_decorator(require_POST, name="dispatch")
class BeginView(DeskView):
    """The first letter of the queue, hers for a while."""

    def post(self, request):
        first = self.queue.first()
        if first is None:
            return redirect("desk:list")
        Submission(pk=first).claim(request.user)
        return redirect("desk:letter", first)


@method_decorator(require_POST, name="dispatch")
class UndoView(DeskView):
    """One of her own decisions of the last ten minutes."""

    def post(self, request, decision):
        found = get_object_or_404(Decision.objects.undoable(request.user), pk=decision)
        submission = self.queue.find(found.submission_id)
        try:
            if submission is None:
                raise AlreadyDecided
            submission.undo(found, request.user)
        except AlreadyDecided:
            messages.error(request, _("This cannot be undone any more."))
            return redirect("desk:list")
        self.logged(submission, "letters.undo")
        messages.success(request, _("Undone."))
        submission = self.queue.find(submission.pk)
        if submission is None or submission.state != Submission.State.WAITING:
            return redirect("desk:list")
        return redirect("desk:letter", submission.pk)


@method_decorator(require_POST, name="dispatch")
class UndoBatchView(DeskView):
    """All that she decided together."""

    def post(self, request, batch):
        if not re.fullmatch("[0-9a-f]{1,32}", batch):
            return redirect("desk:list")
        undone = failed = 0
        for decision in Decision.objects.undoable(request.user).filter(batch=batch):
            submission = self.queue.find(decision.submission_id)
            try:
                if submission is None:
                    raise AlreadyDecided
                submission.undo(decision, request.user, batch=batch)
            except AlreadyDecided:
                failed += 1
            else:
                undone += 1
                self.logged(submission, "letters.undo")
        if undone:
            messages.success(request, _("Undone: %(count)s") % {"count": undone})
        if failed or not undone:
            messages.error(request, _("Not undone any more: %(count)s") % {"count": failed})
        return redirect("desk:list")


urlpatterns = [
    path("begin/", BeginView.as_view(), name="begin"),
    path("<int:pk>/publish/", PublishView.as_view(), name="publish"),
    path("<int:pk>/decline/", DeclineView.as_view(), name="decline"),
    path("<int:pk>/pass/", PassView.as_view(), name="pass"),
    path("<int:pk>/ask/", AskView.as_view(), name="ask"),
    path("<int:pk>/claim/", ClaimView.as_view(), name="claim"),
    path("undo/<int:decision>/", UndoView.as_view(), name="undo"),
    path("undo/batch/<str:batch>/", UndoBatchView.as_view(), name="undo_batch"),
]
