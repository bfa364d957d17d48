"""The desk's pages about reported letters: thin views over `Reports` and the rules of `Report`.

What somebody wrote is read at the desk only; her contact by those who may, one at a time.
"""

from django.db.models import BooleanField, Case, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from letters import paper
from letters.desk.forms import DeclineForm
from letters.desk.queue import opened
from letters.desk.reports import Reports
from letters.desk.veil import PICTURES
from letters.desk.views import DeskView, OneLetter
from letters.models import AlreadyDecided, Letter, Report


class ReportDeskView(DeskView):
    @property
    def reports(self):
        return Reports(self.queue)

    def letter_or_404(self):
        letter = self.reports.find(self.kwargs["pk"])
        if letter is None:
            raise Http404
        return letter

    def get_breadcrumbs_items(self):
        label = _("Reported letters")
        return [*super().get_breadcrumbs_items(), {"url": reverse("desk:reports"), "label": label}]


class ReportListView(ReportDeskView):
    template_name = "letters/desk/reports.html"

    def get(self, request):
        rows, next_cursor = self.reports.rows(request.GET.get("after", ""))
        context = self.get_context_data(
            rows=rows,
            next_cursor=next_cursor,
            is_first_page="after" not in request.GET,
            languages=self.queue.language_names,
            **self.reports.count(),
        )
        return self.render_to_response(context)


class ReportedView(OneLetter, ReportDeskView):
    """One reported letter, with all that is said of it. Its picture as on `LetterView`."""

    template_name = "letters/desk/reported.html"
    take_down_form = None

    def get(self, request, pk):
        letter = self.reports.find(pk)
        if letter is None:
            messages.warning(request, _("Nothing is open about this letter any more."))
            return redirect("desk:reports")
        return self.show(letter)

    def show(self, letter, revealed=None):
        """revealed: a report whose contact is to be seen."""
        shows = self.request.GET.get("picture", "")
        has_contact = Case(
            When(contact="", then=Value(False)), default=Value(True), output_field=BooleanField()
        )
        said = list(letter.reports.open().defer("words", "contact").annotate(asks=has_contact))
        for report in said:
            report.said = opened(report, "words")
            if revealed is not None and report.pk == revealed.pk:
                report.revealed = opened(report, "contact")
        (letter,) = Letter.prepare([letter])
        context = self.get_context_data(
            letter=letter,
            body=paper.html(letter.words, heading_level=3),
            said=said,
            may_reveal=may_reveal(self.request.user),
            picture=shows if shows in PICTURES else "",
            take_down_form=self.take_down_form or DeclineForm(auto_id="id_%s"),
        )
        return self.render_to_response(context)


@method_decorator(require_POST, name="dispatch")
class RevealView(ReportedView):
    """Shows how to reach who reported, once, and writes down who looked."""

    def post(self, request, pk, report):
        letter = self.letter_or_404()
        found = letter.reports.open().defer("words", "contact").filter(pk=report).first()
        if found is None or not may_reveal(request.user):
            raise Http404
        log(found, "letters.reveal_contact", user=request.user)
        return self.show(letter, revealed=found)


@method_decorator(require_POST, name="dispatch")
class KeepView(ReportedView):
    """The letter stays."""

    def post(self, request, pk):
        letter = self.letter_or_404()
        try:
            Report.refuse(letter)
        except AlreadyDecided:
            return too_late(request)
        # By its number: a letter's own name holds its address.
        log(letter.submission, "letters.keep", user=request.user)
        messages.success(request, _("The letter stays. Readers see it."))
        return redirect("desk:reports")


@method_decorator(require_POST, name="dispatch")
class TakeDownView(ReportedView):
    """The letter goes."""

    def post(self, request, pk):
        letter = self.letter_or_404()
        self.take_down_form = DeclineForm(request.POST, auto_id="id_%s")
        if not self.take_down_form.is_valid():
            return self.show(letter)
        try:
            reason = self.take_down_form.cleaned_data["reason"]
            submission = Report.grant(letter, request.user, reason)
        except AlreadyDecided:
            return too_late(request)
        log(submission, "letters.take_down", user=request.user)
        messages.success(request, _("Taken down. The letter is gone everywhere."))
        return redirect("desk:reports")


class ReportedPictureView(ReportDeskView):
    """The picture of a reported letter, which has no address elsewhere while it is hidden."""

    def get(self, request, pk, shows):
        picture = self.letter_or_404().picture
        if picture is None:
            raise Http404
        try:
            with picture.file.storage.open(picture.file.name) as stored:
                webp = PICTURES[shows](stored.read())
        except OSError as error:
            raise Http404 from error
        response = HttpResponse(webp, content_type="image/webp")
        response.headers["Cache-Control"] = "private, no-store"
        return response


def may_reveal(user):
    return user.has_perm("letters.reveal_contact")


def too_late(request):
    messages.error(request, _("Somebody else was quicker: your decision changed nothing."))
    return redirect("desk:reports")
