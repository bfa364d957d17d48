from django import forms
from django.utils.translation import gettext_lazy as _

from letters.vocabulary import DeclineReason


class PublishForm(forms.Form):
    """The moderator's part of a publication: how the picture reads to those who cannot see it."""

    picture_alt = forms.CharField(
        label=_("Description of the picture"),
        help_text=_(
            "What it shows, for those who cannot see it, in the language of the letter. "
            "Leave out what could put somebody in danger."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    use_required_attribute = False

    def __init__(self, submission, data=None):
        super().__init__(data, initial={"picture_alt": submission.picture_alt}, auto_id="id_%s")
        if not (submission.picture_name and submission.may_publish_picture):
            del self.fields["picture_alt"]
        else:
            self.fields["picture_alt"].widget.attrs |= {
                "lang": submission.language,
                "dir": "auto",
            }


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: the writer will see it.")},
    )

    use_required_attribute = False
