"""What a writer may type where she comes back with her receipt."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.intake import words as rules
from letters.intake.fields import Words
from letters.vocabulary import Consent

APPEAL = 2_000  # characters
PHRASES = 2_000
MOST_PHRASES = 50

SEVERAL_LINES = {"dir": "auto", "autocomplete": "off"}


class ConsentsForm(forms.Form):
    """The four questions, answered as they stand now."""

    use_required_attribute = False

    def __init__(self, submission, data=None):
        now = {consent.field: consent in submission.consents for consent in Consent}
        super().__init__(data, initial=now, label_suffix="")
        letter = submission.letter
        had_picture = submission.picture_name or (letter is not None and letter.picture_id)
        self.fields = {
            consent.field: forms.BooleanField(label=consent.label, required=False)
            for consent in Consent
            # Nothing is asked about a picture that never was; once erased, nobody can tell.
            if consent != Consent.PICTURE or had_picture or submission.erased or now[consent.field]
        }

    def chosen(self):
        """The codes of what a valid form allows."""
        return {consent for consent in Consent if self.cleaned_data.get(consent.field)}


class BlankForm(forms.Form):
    use_required_attribute = False

    phrases = Words(
        label=gettext_lazy("Words to leave out"),
        help_text=gettext_lazy(
            "One name, number or sentence a line. It is left out everywhere in your letter, "
            "also as a part of longer words. This cannot be undone."
        ),
        room=PHRASES,
        several_lines=True,
        widget=forms.Textarea(attrs={**SEVERAL_LINES, "rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, data=None, phrases=()):
        super().__init__(data, initial={"phrases": "\n".join(phrases)}, label_suffix="")

    def clean_phrases(self):
        """Return the phrases as a list, none of them twice."""
        lines = map(rules.normalise_line, self.cleaned_data["phrases"].split("\n"))
        phrases = list(dict.fromkeys(line for line in lines if line))
        if not phrases:
            raise ValidationError(_("Please type the words that are to be left out."), code="none")
        if len(phrases) > MOST_PHRASES:
            raise ValidationError(_("Please type at most 50 lines at a time."), code="too-many")
        if any(len(phrase) == 1 and phrase.upper() != phrase.lower() for phrase in phrases):
            raise ValidationError(
                _("A single letter stands nearly everywhere. Please type the whole word."),
                code="single-letter",
            )
        return phrases


class AppealForm(forms.Form):
    use_required_attribute = False

    appeal = Words(
        label=gettext_lazy("What would you like to say to us?"),
        help_text=gettext_lazy("Only our team reads it."),
        room=APPEAL,
        several_lines=True,
        widget=forms.Textarea(attrs={**SEVERAL_LINES, "rows": 5}),
    )

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
