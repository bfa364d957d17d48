"""The desk: thin views over `Queue` and the rules of `Submission`.

A submission that a person may not see is not there (404), as one that never was.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from letters import paper
from letters.desk.forms import DeclineForm, PublishForm
from letters.desk.queue import Queue, may_decide, opened, shown
from letters.desk.reports import Reports
from letters.desk.veil import PICTURES
from letters.intake import picture
from letters.models import (
    AlreadyDecided,
    ChangedMeanwhile,
    Decision,
    DecisionMaker,
    IntakeSwitch,
    NoConsent,
    Submission,
)
from letters.vocabulary import Consent, ContentNote
from portal.picture import PictureError
from portal.private import WrongKey


class DeskView(WagtailAdminTemplateMixin, View):
    page_title = gettext_lazy("Desk")
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not may_decide(request.user):
            raise Http404
        self.queue = Queue(request.user)
        return super().dispatch(request, *args, **kwargs)

    def submission_or_404(self):
        submission = self.queue.find(self.kwargs["pk"])
        if submission is None:
            raise Http404
        return shown(submission)

    def get_context_data(self, **kwargs):
        attack_day = IntakeSwitch.current().attack_day
        return super().get_context_data(attack_day=attack_day, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": reverse("desk:list"), "label": _("Desk")}]


class ListView(DeskView):
    template_name = "letters/desk/list.html"

    def get(self, request):
        rows, next_cursor = self.queue.rows(request.GET.get("after", ""))
        context = self.get_context_data(
            rows=[shown(row) for row in rows],
            next_cursor=next_cursor,
            is_first_page="after" not in request.GET,
            languages=self.queue.language_names,
            **self.queue.count(),
            **Reports(self.queue).count(),
        )
        return self.render_to_response(context)


class OneLetter:
    """A page about one letter, named by its number; stands before `DeskView` among the bases."""

    def get_page_subtitle(self):
        return str(self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        label = _("Letter %(number)s") % {"number": self.kwargs["pk"]}
        return [*super().get_breadcrumbs_items(), {"url": "", "label": label}]


class LetterView(OneLetter, DeskView):
    """One letter. `?picture=veiled` shows its picture grey and blurred, `?picture=clear` as
    readers would see it; without either not a pixel of it is asked for."""

    template_name = "letters/desk/letter.html"
    publish_form = decline_form = None

    def get(self, request, pk):
        submission = self.submission_or_404()
        if submission.state != Submission.State.WAITING:
            messages.warning(request, outcome(submission))
            return redirect("desk:list")
        return self.show(submission)

    def show(self, submission):
        shows = self.request.GET.get("picture", "")
        listed = submission.decision_maker
        names = DecisionMaker.names_in(submission.language) if listed else {}
        context = self.get_context_data(
            submission=submission,
            body=paper.html(submission.words, heading_level=3),
            length=len(submission.words),
            addressee=names.get(listed.slug) if listed else None,
            notes=ContentNote.labels_of(submission.content_notes),
            own_notes=ContentNote.own_of(submission.content_notes),
            consents=[(consent.label, getattr(submission, consent.field)) for consent in Consent],
            appeal=opened(submission, "appeal"),
            shows_words=bool(submission.may_publish_words and submission.words),
            shows_picture=bool(submission.may_publish_picture and submission.picture_name),
            picture=shows if shows in PICTURES else "",
            publish_form=self.publish_form or PublishForm(submission),
            decline_form=self.decline_form or DeclineForm(auto_id="id_%s"),
        )
        return self.render_to_response(context)


@method_decorator(require_POST, name="dispatch")
class DecisionView(LetterView):
    """A decision about one letter; then the next one is there."""

    done = ""
    log_action = ""

    def post(self, request, pk):
        submission = self.submission_or_404()
        due = submission.due
        form = self.form(submission)
        try:
            if submission.state != Submission.State.WAITING:
                raise AlreadyDecided
            if not self.is_as_read(submission):
                raise ChangedMeanwhile
            if not form.is_valid():
                return self.show(submission)
            self.decide(submission, form)
        except ChangedMeanwhile:
            messages.error(
                request,
                _("Its writer changed this letter while you read it. Please look at it again."),
            )
            return redirect("desk:letter", pk)
        except AlreadyDecided:
            submission = self.submission_or_404()
            messages.error(
                request,
                _("Your decision came second and changed nothing: %(outcome)s")
                % {"outcome": outcome(submission)},
            )
        except NoConsent:
            messages.error(request, _("This letter cannot be published: its writer did not agree."))
            return redirect("desk:letter", pk)
        except (OSError, WrongKey, PictureError):
            messages.error(request, _("Its picture cannot be opened. Ask whoever runs this site."))
            return redirect("desk:letter", pk)
        else:
            log(submission, self.log_action, user=request.user)
            messages.success(request, self.done)
        return self.go_on(due, pk)

    def is_as_read(self, submission):
        return True

    def go_on(self, due, pk):
        following = self.queue.next_after(due, pk)
        if following is None:
            messages.info(self.request, _("That was the last one. Nothing waits for you now."))
            return redirect("desk:list")
        return redirect("desk:letter", following)


class PublishView(DecisionView):
    done = gettext_lazy("Published.")
    log_action = "letters.publish"

    def form(self, submission):
        self.publish_form = PublishForm(submission, self.request.POST)
        return self.publish_form

    def is_as_read(self, submission):
        # Her page may be an hour old, and hold words that the writer has left out since.
        return self.request.POST.get("seen") == submission.seen

    def decide(self, submission, form):
        submission.publish(self.request.user, picture_alt=form.cleaned_data.get("picture_alt", ""))


class DeclineView(DecisionView):
    """Of a letter that is public already: what its writer wanted to add is declined."""

    done = gettext_lazy("Declined.")
    log_action = "letters.decline"

    def form(self, submission):
        self.decline_form = DeclineForm(self.request.POST, auto_id="id_%s")
        return self.decline_form

    def decide(self, submission, form):
        submission.decline(self.request.user, form.cleaned_data["reason"])


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


def outcome(submission):
    """A sentence about what became of a submission."""
    if submission.state == Submission.State.WITHDRAWN:
        return _("its writer has taken this letter back.")
    decision = submission.decisions.select_related("moderator").order_by("pk").last()
    if decision is None or decision.moderator is None:
        return _("this letter has been decided already.")
    words = {"who": decision.moderator.get_username(), "reason": decision.get_reason_display()}
    if decision.act == Decision.Act.TAKE_DOWN:
        return _("%(who)s has taken this letter down: %(reason)s.") % words
    if submission.state == Submission.State.PUBLISHED and decision.act == Decision.Act.DECLINE:
        return _("%(who)s has left this letter as it was: %(reason)s.") % words
    if submission.state == Submission.State.PUBLISHED:
        return _("%(who)s has published this letter.") % words
    return _("%(who)s has declined this letter: %(reason)s.") % words
