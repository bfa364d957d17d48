"""Letters that were decided: found again, taken down, put back, corrected."""

from django.db.models import F
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from letters import paper
from letters.desk import letter_picture, second
from letters.desk.base import DeskView, OneLetter
from letters.desk.correcting import CorrectForm, correct
from letters.desk.forms import DeclineForm
from letters.desk.found import MOST_FOUND, Decided, Outcome, told, with_later
from letters.desk.outcome import outcome
from letters.desk.queue import opened
from letters.desk.reports import Reports
from letters.desk.veil import PICTURES
from letters.intake.words import normalise_line
from letters.models import AlreadyDecided, ChangedMeanwhile, Letter, Report, Submission
from letters.search import MAX_LENGTH
from letters.vocabulary import ContentNote
from portal.picture import PictureError
from portal.private import WrongKey


class DecidedListView(DeskView):
    """`?q=` a number or an address leads to the letter; other words are looked for in letters
    that are public."""

    template_name = "letters/desk/decided.html"

    def get(self, request):
        decided = Decided(self.queue)
        # Without what a database knows no text with; joiners within words stay.
        query = normalise_line(request.GET.get("q", "")[:MAX_LENGTH])
        if (pk := decided.one(query)) is not None:
            return redirect("desk:settled", pk)
        language_choices = decided.language_choices()
        asked = {
            "q": query,
            "outcome": one_of(Outcome.values, request.GET.get("outcome", "")),
            "language": one_of(dict(language_choices), request.GET.get("language", "")),
            "mine": "1" if request.GET.get("mine") else "",
        }
        rows, next_cursor = decided.rows(
            after=request.GET.get("after", ""),
            mine=bool(asked["mine"]),
            outcome=asked["outcome"],
            language=asked["language"],
            words=query,
        )
        batches = set()
        for row in rows:
            # One button for all that she decided together.
            row.undoes_batch = row.may_be_undone and row.batch and row.batch not in batches
            batches.add(row.batch)
        kept = {name: value for name, value in asked.items() if value}
        context = self.get_context_data(
            rows=rows,
            next_page=urlencode({**kept, "after": next_cursor}) if next_cursor else "",
            first_page=urlencode(kept),
            is_first_page="after" not in request.GET,
            asked=asked,
            is_filtered=bool(kept),
            most_found=MOST_FOUND,
            outcomes=Outcome.choices,
            language_choices=language_choices,
            languages=self.queue.language_names,
            **Reports(self.queue).count(),
        )
        return self.render_to_response(context)


def one_of(codes, asked):
    return asked if asked in codes else ""


class SettledView(OneLetter, DeskView):
    """One decided letter: what readers see of it, who decided what, and what can be done now."""

    template_name = "letters/desk/settled.html"
    take_down_form = correct_form = None

    def get_breadcrumbs_items(self):
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("desk:decided"), "label": _("Decided letters")}, here]

    def get(self, request, pk):
        submission = self.submission_or_404()
        if submission.state == Submission.State.WAITING and submission.letter is None:
            return redirect("desk:letter", pk)
        return self.show(submission)

    def show(self, submission):
        """submission: of `submission_or_404`."""
        letter, state = submission.letter, Submission.State
        if letter is not None:
            (letter,) = Letter.prepare([letter])
        is_public = letter is not None and submission.state != state.DECLINED
        is_kept = submission.state == state.KEPT
        shows = self.request.GET.get("picture", "")
        decisions = self.history(submission)
        sent = "" if letter is not None or submission.erased or is_kept else submission.words
        notes = letter.content_notes_codes if letter is not None else submission.content_notes
        notes = [] if is_kept else notes
        reports = letter.reports.open().count() if is_public else 0
        context = self.get_context_data(
            submission=submission,
            letter=letter,
            is_public=is_public,
            body=paper.html(letter.words, heading_level=3) if letter is not None else "",
            sent=paper.html(sent, heading_level=3),
            notes=ContentNote.labels_of(notes),
            own_notes=ContentNote.own_of(notes),
            transcript=paper.html(letter.transcript, heading_level=3) if letter else "",
            note="" if is_kept else opened(submission, "note"),
            decisions=decisions,
            undoable=next((x for x in reversed(decisions) if x.may_be_undone), None),
            reports=reports,
            picture=shows if shows in PICTURES else "",
            may_return=submission.may_return and not reports,
            may_restore=submission.may_restore,
            take_down_form=self.take_down_form or DeclineForm(auto_id="id_%s"),
            correct_form=(self.correct_form or CorrectForm(submission)) if is_public else None,
        )
        return self.render_to_response(context)

    def history(self, submission):
        """Its decisions, oldest first: each with `who`, `was_undone` and what `told` says."""
        found = with_later(submission.decisions.select_related("moderator"))
        decisions = list(found.annotate(was_undone=F("undone__pk")).order_by("pk"))
        for decision in decisions:
            decision.submission = submission
            told(decision, self.request.user)
            decision.who = decision.moderator.get_username() if decision.moderator else ""
            decision.may_be_undone = decision.may_be_undone and decision.was_undone is None
        return decisions


@method_decorator(require_POST, name="dispatch")
class ActView(SettledView):
    """Something done with a decided letter; then its page says how it stands.

    What subclasses say: `form` (checked before), `act`, `done` and `log_action`."""

    done = ""
    log_action = ""

    def form(self, submission):
        return None

    def post(self, request, pk):
        submission = self.submission_or_404()
        try:
            form = self.form(submission)
            if form is not None and not form.is_valid():
                return self.show(submission)
            self.act(submission, form)
        except ChangedMeanwhile:
            messages.error(
                request,
                _("This letter was changed while you read it. Please look at it again."),
            )
            return self.again()
        except AlreadyDecided:
            messages.error(
                request,
                _("This changed nothing: %(outcome)s")
                % {"outcome": outcome(self.submission_or_404())},
            )
            return redirect("desk:settled", pk)
        except (OSError, WrongKey, PictureError):
            messages.error(request, _("Its picture cannot be opened. Ask whoever runs this site."))
            return redirect("desk:settled", pk)
        if self.log_action:
            self.logged(submission, self.log_action)
            said = {"number": pk, "done": self.done}
            messages.success(request, _("Letter %(number)s: %(done)s") % said)
        is_hers = self.queue.find(pk) is not None
        return redirect("desk:settled", pk) if is_hers else redirect("desk:decided")

    def again(self):
        return redirect("desk:settled", self.kwargs["pk"])


class TakeDownView(ActView):
    done = gettext_lazy("taken down. You can undo this for ten minutes.")
    log_action = "letters.take_down"

    def form(self, submission):
        self.take_down_form = DeclineForm(self.request.POST, auto_id="id_%s")
        return self.take_down_form

    def act(self, submission, form):
        if submission.letter is None:
            raise AlreadyDecided
        if submission.letter.reports.open().exists():
            # Who reported it asked for just this.
            Report.grant(submission.letter, self.request.user, **form.cleaned_data)
        else:
            submission.take_down(self.request.user, **form.cleaned_data)


class PutBackView(ActView):
    done = gettext_lazy("it waits for a decision again. You can undo this for ten minutes.")
    log_action = "letters.return"

    def act(self, submission, form):
        submission.put_back(self.request.user)


class RestoreView(ActView):
    done = gettext_lazy("readers see it again.")
    log_action = "letters.restore"

    def act(self, submission, form):
        if not submission.may_restore:
            raise AlreadyDecided
        submission.restore(self.request.user)


class CorrectView(ActView):
    done = gettext_lazy("corrected. Readers see it so at once.")
    log_action = "letters.correct"

    def form(self, submission):
        if submission.letter is None:
            return None
        form = CorrectForm(submission, self.request.POST)
        if form.is_stale:
            raise ChangedMeanwhile
        self.correct_form = form
        return form

    def act(self, submission, form):
        if form is None:
            raise AlreadyDecided
        changed = form.changed
        if not changed and not form.gaps:
            self.log_action = ""
            messages.info(self.request, _("You changed nothing."))
            return
        correct(submission, self.request.user, gaps=form.gaps, facts=form.facts, **changed)

    def again(self):
        """With the words that she wanted to leave out: they are left out of whatever stands
        there now."""
        submission = self.submission_or_404()
        if submission.letter is None:
            return super().again()
        typed = {name: self.request.POST.get(name, "") for name in ("phrases", "gap_reason")}
        self.correct_form = CorrectForm(submission, typed=typed)
        return self.show(submission)


class SettledPictureView(DeskView):
    """The picture of a letter that is public, or that has just been taken down."""

    def get(self, request, pk, shows):
        return letter_picture.answer(self.submission_or_404().letter, shows)


urlpatterns = [
    path("decided/", DecidedListView.as_view(), name="decided"),
    path("decided/<int:pk>/", SettledView.as_view(), name="settled"),
    path("decided/<int:pk>/take-down/", TakeDownView.as_view(), name="take_down_settled"),
    path("decided/<int:pk>/put-back/", PutBackView.as_view(), name="put_back"),
    path("decided/<int:pk>/restore/", RestoreView.as_view(), name="restore"),
    path("decided/<int:pk>/correct/", CorrectView.as_view(), name="correct"),
    *(
        path(
            f"decided/<int:pk>/picture/{shows}/",
            SettledPictureView.as_view(),
            {"shows": shows},
            name=f"settled_picture_{shows}",
        )
        for shows in PICTURES
    ),
    *second.urlpatterns,
]
