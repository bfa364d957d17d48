"""The desk's page about one waiting letter.

With the header `X-Desk` the answer is the letter alone, without the frame of the admin: the
script of the desk puts it where the last one was.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from letters.desk import flags, marking
from letters.desk.base import DeskView, OneLetter
from letters.desk.forms import AskForm, DeclineForm, LanguageForm, PublishForm
from letters.desk.outcome import outcome
from letters.desk.queue import leads, opened
from letters.desk.veil import PICTURES
from letters.intake import picture
from letters.models import AlreadyDecided, Decision, DecisionMaker, Submission
from letters.vocabulary import Consent, ContentNote
from portal.private import WrongKey


class LetterView(DeskView):
    """One letter. `?picture=veiled` shows its picture grey and blurred, `?picture=clear` as
    readers would see it; without either not a pixel of it is asked for."""

    template_name = "letters/desk/letter.html"
    publish_form = decline_form = ask_form = None
    asked_words = ""  # where the page comes back

    def get_header_title(self):
        return _("Letter %(number)s") % {"number": self.kwargs["pk"]}

    def get_breadcrumbs_items(self):
        # Without its number: the frame stays while one letter follows another.
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("One letter")}]

    @property
    def is_part(self):
        return "X-Desk" in self.request.headers

    def get_template_names(self):
        return ["letters/desk/letter_part.html"] if self.is_part else [self.template_name]

    def get(self, request, pk):
        submission = self.submission_or_404()
        if submission.state != Submission.State.WAITING:
            messages.warning(request, outcome(submission))
            return redirect("desk:list")
        return self.show(submission)

    def show(self, submission):
        """submission: of `submission_or_404`. Also after a decision about another one."""
        self.kwargs["pk"] = submission.pk
        shows = self.request.GET.get("picture", "")
        listed = submission.decision_maker
        names = DecisionMaker.names_in(submission.language) if listed else {}
        found = flags.of(submission)
        user = self.request.user
        context = self.get_context_data(
            submission=submission,
            is_part=self.is_part,
            flags=found,
            marked=marking.of(submission, found),
            length=len(submission.words),
            addressee=names.get(listed.slug) if listed else None,
            notes=ContentNote.labels_of(submission.content_notes),
            own_notes=ContentNote.own_of(submission.content_notes),
            consents=[(consent.label, getattr(submission, consent.field)) for consent in Consent],
            appeal=opened(submission, "appeal") if submission.appealed else "",
            question=opened(submission, "question") if submission.for_lead and leads(user) else "",
            shows_words=bool(submission.may_publish_words and submission.words),
            shows_picture=bool(submission.may_publish_picture and submission.picture_name),
            picture=shows if shows in PICTURES else "",
            needs_two=self.needs_two(submission),
            together=submission.burst.waiting().count() if submission.same_words else 0,
            asked_words=self.asked_words,
            agreed_herself=submission.agreed_by_id == user.pk,
            is_claimed=submission.is_claimed and submission.claimed_by_id == user.pk,
            for_others=submission.for_lead and not self.queue.leads,
            read_by=submission.claimed_by if submission.is_claimed_by_another(user) else None,
            publish_form=self.publish_form or PublishForm(submission),
            decline_form=self.decline_form or DeclineForm(auto_id="id_%s"),
            ask_form=self.ask_form or AskForm(auto_id="id_%s"),
            last=Decision.objects.undoable(user).order_by("-pk").first(),
        )
        response = self.render_to_response(context)
        if self.is_part:
            response.headers["X-Desk-Address"] = reverse("desk:letter", args=[submission.pk])
        return response

    @staticmethod
    def needs_two(submission):
        """Whatever she says of its picture."""
        shows_people = submission.shows_people or False
        return submission.agreed_by_id is None and submission.needs_two(shows_people=shows_people)


class NeighbourView(DeskView):
    """To the letter after or before one, without a decision."""

    step = None

    def get(self, request, pk):
        submission = self.submission_or_404()
        neighbour = getattr(self.queue, self.step)(submission.due, submission.pk)
        if neighbour is None:
            return redirect("desk:list")
        return redirect("desk:letter", neighbour)


class LanguageView(OneLetter, DeskView):
    """Says in which language a letter really is: it waits for those who read that one."""

    template_name = "letters/desk/language.html"
    page_title = "Desk"
    form = None

    def get(self, request, pk):
        submission = self.submission_or_404()
        form = self.form or LanguageForm(submission)
        return self.render_to_response(self.get_context_data(submission=submission, form=form))

    def post(self, request, pk):
        submission = self.submission_or_404()
        self.form = LanguageForm(submission, request.POST)
        if not self.form.is_valid():
            return self.get(request, pk)
        try:
            submission.correct_language(request.user, self.form.cleaned_data["language"])
        except AlreadyDecided:
            messages.error(request, outcome(submission))
            return redirect("desk:list")
        self.logged(submission, "letters.correct")
        messages.success(request, _("It waits for those who read this language."))
        still_hers = self.queue.find(pk) is not None
        return redirect("desk:letter", pk) if still_hers else redirect("desk:list")


class PictureView(DeskView):
    """The private picture of a waiting letter, decrypted for this one answer."""

    def get(self, request, pk, shows):
        submission = self.submission_or_404()
        if not submission.picture_name or submission.state != Submission.State.WAITING:
            raise Http404
        try:
            webp = picture.load(submission.picture_name).webp
        except (OSError, WrongKey) as error:
            raise Http404 from error
        response = HttpResponse(PICTURES[shows](webp), content_type="image/webp")
        response.headers["Cache-Control"] = "private, no-store"
        return response


urlpatterns = [
    path("<int:pk>/", LetterView.as_view(), name="letter"),
    path("<int:pk>/next/", NeighbourView.as_view(step="next_after"), name="next"),
    path("<int:pk>/previous/", NeighbourView.as_view(step="before"), name="previous"),
    path("<int:pk>/language/", LanguageView.as_view(), name="language"),
    *(
        path(
            f"<int:pk>/picture/{shows}/",
            PictureView.as_view(),
            {"shows": shows},
            name=f"picture_{shows}",
        )
        for shows in PICTURES
    ),
]
