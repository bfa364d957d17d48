"""What a lead opens, one at a time and with a reason: an original picture, a writer's contact.

Whoever may not open it finds nothing here, as if it had never been.
"""

from django.core import signing
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from letters.desk.base import DeskView, OneLetter
from letters.desk.queue import opened
from letters.desk.sealed import ContactForm, OriginalForm
from letters.intake import picture
from letters.models import Submission
from portal.private import WrongKey

SALT = "letters.desk.original"
LIFE = 60  # seconds in which the picture's address works


class SealedView(OneLetter, DeskView):
    """Asks why; the answer to the POST shows it, once. What subclasses say: `right`, `action`,
    `form_class`, `has_it`."""

    template_name = "letters/desk/sealed_page.html"
    right = action = form_class = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.right):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def submission_or_404(self):
        submission = super().submission_or_404()
        if not self.has_it(submission):
            raise Http404
        return submission

    def get(self, request, pk):
        return self.show(self.submission_or_404(), form=self.form_class())

    def post(self, request, pk):
        submission = self.submission_or_404()
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.show(submission, form=form)
        # First it is written down, then opened.
        reason = form.cleaned_data["reason"]
        log(submission, self.action, user=request.user, data={"reason": reason})
        return self.show(submission, **self.opened(submission))

    def show(self, submission, **context):
        is_waiting = submission.state == Submission.State.WAITING
        back = "desk:letter" if is_waiting else "desk:settled"
        context = self.get_context_data(
            submission=submission,
            back_url=reverse(back, args=[submission.pk]),
            is_contact=self.form_class is ContactForm,
            **context,
        )
        response = self.render_to_response(context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class OriginalView(SealedView):
    page_title = gettext_lazy("Original picture")
    right = "letters.see_original"
    action = "letters.see_original"
    form_class = OriginalForm

    def has_it(self, submission):
        return may_be_opened(submission)

    def opened(self, submission):
        return {"picture_url": original_address(submission, self.request.user)}


class ContactView(SealedView):
    page_title = gettext_lazy("How to reach the writer")
    right = action = "letters.reveal_contact"
    form_class = ContactForm

    def has_it(self, submission):
        return submission.has_contact

    def opened(self, submission):
        return {"contact": opened(submission, "contact")}


def may_be_opened(submission):
    """There is a picture, and its writer has not taken it back from everybody."""
    return bool(submission.picture_name) and submission.state != Submission.State.KEPT


def original_address(submission, user):
    """Where a lead sees one original for a minute, and nobody else does."""
    token = signing.dumps([submission.pk, user.pk], salt=SALT)
    return reverse("desk:original_file", args=[submission.pk, token])


class OriginalFileView(DeskView):
    def get(self, request, pk, token):
        if not request.user.has_perm(OriginalView.right):
            raise Http404
        try:
            named = signing.loads(token, salt=SALT, max_age=LIFE)
        except signing.BadSignature:
            raise Http404 from None
        submission = self.submission_or_404()
        if named != [submission.pk, request.user.pk] or not may_be_opened(submission):
            raise Http404
        try:
            webp = picture.load(submission.picture_name).webp
        except (OSError, WrongKey) as error:
            raise Http404 from error
        response = HttpResponse(webp, content_type="image/webp")
        response.headers["Cache-Control"] = "private, no-store"
        return response


urlpatterns = [
    path("<int:pk>/original/", OriginalView.as_view(), name="original"),
    path("<int:pk>/original/<str:token>/", OriginalFileView.as_view(), name="original_file"),
    path("<int:pk>/contact/", ContactView.as_view(), name="contact"),
]
