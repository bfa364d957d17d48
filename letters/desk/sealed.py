"""What only a lead may open, one at a time and with a reason: an original picture, and how to
reach somebody. The reason is written down."""

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter


class OriginalReason(models.TextChoices):
    SMALL_WRITING = "small-writing", gettext_lazy("To read small writing in it")
    UNRECOGNISABLE = (
        "unrecognisable",
        gettext_lazy("To check that nobody in it can be recognised"),
    )
    REPORTED = "reported", gettext_lazy("Somebody reported the letter")
    COURT = "court", gettext_lazy("The police or a court asks for it")


class ContactReason(models.TextChoices):
    ANSWER = "answer", gettext_lazy("To answer her")
    DANGER = "danger", gettext_lazy("Somebody’s life is in danger")
    COURT = "court", gettext_lazy("The police or a court asks for it")


class SealedForm(forms.Form):
    """Asks why something sealed is to be opened. `reasons` is the closed list."""

    reasons = None
    use_required_attribute = False

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you need to see it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why: it is written down.")},
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **{"auto_id": f"{self.prefix_of_ids}_%s"} | options)
        self.fields["reason"].choices = self.reasons.choices


class OriginalForm(SealedForm):
    reasons = OriginalReason
    prefix_of_ids = "original"


class ContactForm(SealedForm):
    """Of a writer, or of who reported a letter."""

    reasons = ContactReason
    prefix_of_ids = "contact"


# --------------------------------------------------------------------- in the log


class SeenOriginal(LogFormatter):
    label = gettext_lazy("See original picture")
    reasons = OriginalReason

    def format_message(self, log_entry):
        code = (log_entry.data or {}).get("reason", "")
        said = self.message(log_entry)
        if code not in self.reasons.values:
            return said
        return _("%(what)s (%(reason)s)") % {"what": said, "reason": self.reasons(code).label}

    def message(self, log_entry):
        return _("Saw the original of a picture")


class SawContact(SeenOriginal):
    label = gettext_lazy("Reveal contact")
    reasons = ContactReason

    def message(self, log_entry):
        if log_entry.content_type.model == "report":
            return _("Saw the contact of who reported")
        return _("Saw the contact of a writer")


def register(actions):
    """For the hook `register_log_actions`."""
    actions.register_action("letters.see_original")(SeenOriginal)
    actions.register_action("letters.reveal_contact")(SawContact)
