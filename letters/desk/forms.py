from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from letters import reasons
from letters.intake.language import language_choices
from letters.vocabulary import ContentNote


class PublishForm(forms.Form):
    """The moderator's part of a publication: how the picture reads to those who cannot see it,
    whether it shows people, and what readers may want to know before they read on."""

    picture_alt = forms.CharField(
        label=_("Description of the picture"),
        help_text=_(
            "What it shows, for those who cannot see it, in the language of the letter. "
            "Leave out what could put somebody in danger."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Describe the picture before it is published.")},
    )
    shows_people = forms.TypedChoiceField(
        label=_("Does the picture show people?"),
        help_text=_("Where it does, two people must agree before readers see it."),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the picture shows people.")},
    )
    content_notes = forms.MultipleChoiceField(
        label=_("This letter speaks of"),
        choices=ContentNote.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    use_required_attribute = False

    def __init__(self, submission, data=None):
        self.submission = submission
        people = {True: "yes", False: "no"}.get(submission.shows_people)
        initial = {
            "picture_alt": submission.picture_alt,
            "shows_people": people,
            "content_notes": submission.content_notes,
        }
        super().__init__(data, initial=initial, auto_id="id_%s")
        if not (submission.picture_name and submission.may_publish_picture):
            del self.fields["picture_alt"], self.fields["shows_people"]
        else:
            described = {"lang": submission.language, "dir": "auto"}
            self.fields["picture_alt"].widget.attrs |= described

    def clean_content_notes(self):
        """The writer's own stay, those in her own words too."""
        hers, chosen = self.submission.content_notes, self.cleaned_data["content_notes"]
        return [*hers, *(code for code in chosen if code not in hers)]


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=reasons.offered,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a reason: the writer will see it."),
            "invalid_choice": _("Choose a reason: the writer will see it."),
        },
    )
    note = forms.CharField(
        label=_("A note to its writer, if you like"),
        help_text=_("She reads it with her receipt, with the reason."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    use_required_attribute = False


class AskForm(forms.Form):
    question = forms.CharField(
        label=_("What should she know?"),
        help_text=_("Kept encrypted, and read at the desk only."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the letter"))

    def __init__(self, submission, data=None):
        super().__init__(data, initial={"language": submission.language}, auto_id="id_letter_%s")
        self.fields["language"].choices = language_choices(translation.get_language())
