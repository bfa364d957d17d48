"""The desk's pages about reported letters: thin views over `Reports` and the rules of `Report`.

What somebody wrote is read at the desk only; her contact by those who may, one at a time.
"""

from django.db.models import BooleanField, Case, Value, When
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from letters import paper
from letters.desk import letter_picture
from letters.desk.base import DeskView, OneLetter
from letters.desk.forms import DeclineForm
from letters.desk.found import lately
from letters.desk.queue import opened
from letters.desk.reports import Reports
from letters.desk.sealed import ContactForm
from letters.desk.veil import PICTURES
from letters.models import AlreadyDecided, Decision, Letter, Report, Submission


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
            lately=lately(request.user, Decision.Act.TAKE_DOWN),
            **self.reports.count(),
        )
        return self.render_to_response(context)


class ReportedView(OneLetter, ReportDeskView):
    """One reported letter, with all that is said of it. Its picture as on `LetterView`."""

    template_name = "letters/desk/reported.html"
    take_down_form = None

    def get_page_subtitle(self):
        return str(self.number)

    def get_breadcrumbs_items(self):
        *before, here = super().get_breadcrumbs_items()
        return [*before, {**here, "label": _("Letter %(number)s") % {"number": self.number}}]

    def get(self, request, pk):
        letter = self.reports.find(pk)
        if letter is None:
            messages.warning(request, _("Nothing is open about this letter any more."))
            return redirect("desk:reports")
        return self.show(letter)

    def show(self, letter, revealed=None, contact_form=None):
        """revealed: a report whose contact is to be seen. contact_form: with errors, and of the
        report `contact_form.report`."""
        # As it is called everywhere at the desk; its address names the public letter.
        self.number = letter.number or letter.pk
        shows = self.request.GET.get("picture", "")
        has_contact = Case(
            When(contact="", then=Value(False)), default=Value(True), output_field=BooleanField()
        )
        said = list(letter.reports.open().defer("words", "contact").annotate(asks=has_contact))
        for report in said:
            report.said = opened(report, "words")
            if revealed is not None and report.pk == revealed.pk:
                report.revealed = opened(report, "contact")
            elif report.asks and may_reveal(self.request.user):
                report.contact_form = ContactForm(auto_id=f"contact-{report.pk}_%s")
                if contact_form is not None and contact_form.report == report.pk:
                    report.contact_form = contact_form
        (letter,) = Letter.prepare([letter])
        context = self.get_context_data(
            letter=letter,
            body=paper.html(letter.words, heading_level=3),
            said=said,
            picture=shows if shows in PICTURES else "",
            take_down_form=self.take_down_form or DeclineForm(auto_id="id_%s"),
        )
        return self.render_to_response(context)


@method_decorator(require_POST, name="dispatch")
class RevealView(ReportedView):
    """Shows how to reach who reported, once, and writes down who looked and why."""

    def post(self, request, pk, report):
        letter = self.letter_or_404()
        found = letter.reports.open().defer("words", "contact").filter(pk=report).first()
        if found is None or not may_reveal(request.user):
            raise Http404
        form = ContactForm(request.POST, auto_id=f"contact-{found.pk}_%s")
        if not form.is_valid():
            form.report = found.pk
            return self.show(letter, contact_form=form)
        # First it is written down, then opened.
        reason = form.cleaned_data["reason"]
        log(found, "letters.reveal_contact", user=request.user, data={"reason": reason})
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
        submission = Submission.objects.sealed().filter(letter=letter.pk).first()
        if submission is not None:
            # By its number: a letter's own name holds its address.
            self.logged(submission, "letters.keep")
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
            submission = Report.grant(letter, request.user, **self.take_down_form.cleaned_data)
        except AlreadyDecided:
            return too_late(request)
        self.logged(submission, "letters.take_down")
        messages.success(
            request,
            _("Taken down: readers don’t find it any more. You can undo this for ten minutes."),
        )
        return redirect("desk:reports")


class ReportedPictureView(ReportDeskView):
    """The picture of a reported letter, which has no address elsewhere while it is hidden."""

    def get(self, request, pk, shows):
        return letter_picture.answer(self.letter_or_404(), shows)


def may_reveal(user):
    return user.has_perm("letters.reveal_contact")


def too_late(request):
    messages.error(request, _("Somebody else was quicker: your decision changed nothing."))
    return redirect("desk:reports")


urlpatterns = [
    path("reports/", ReportListView.as_view(), name="reports"),
    path("reports/<int:pk>/", ReportedView.as_view(), name="reported"),
    path("reports/<int:pk>/keep/", KeepView.as_view(), name="keep"),
    path("reports/<int:pk>/take-down/", TakeDownView.as_view(), name="take_down"),
    path("reports/<int:pk>/contact/<int:report>/", RevealView.as_view(), name="reveal_report"),
    *(
        path(
            f"reports/<int:pk>/picture/{shows}/",
            ReportedPictureView.as_view(),
            {"shows": shows},
            name=f"reported_picture_{shows}",
        )
        for shows in PICTURES
    ),
]
