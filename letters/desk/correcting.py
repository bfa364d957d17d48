"""What a moderator may correct in a letter that readers see. Its words have no field: she can
only leave some of them out."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import phrases, redactions
from letters.intake.language import language_choices
from letters.vocabulary import ContentNote, GapReason

MOST_PHRASES = 50
# Of a public letter: where `Submission.correct` leaves words out.
TEXTS = ["title", "words", "signature", "addressee_text", "picture_alt", "transcript"]
REASONS = [reason for reason in GapReason if reason != GapReason.WRITER]


class CorrectForm(forms.Form):
    """Of a submission with a public letter. typed: what it begins with instead of what stands
    there. `facts` stands for the letter as the page shows it, `is_stale` says whether it was
    changed since."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the letter"))
    content_notes = forms.MultipleChoiceField(
        label=gettext_lazy("This letter speaks of"),
        choices=ContentNote.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    picture_alt = forms.CharField(
        label=gettext_lazy("Description of the picture"),
        help_text=gettext_lazy("For those who cannot see it, in the language of the letter."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("A picture that readers see needs a description.")
        },
    )
    phrases = forms.CharField(
        label=gettext_lazy("Words to leave out"),
        help_text=gettext_lazy(
            "One name, number or sentence a line. It is left out everywhere in this letter, and "
            "cannot be put back."
        ),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "spellcheck": "false"}),
    )
    gap_reason = forms.ChoiceField(
        label=gettext_lazy("What readers see instead"),
        choices=[(reason.value, reason.label) for reason in REASONS],
        initial=GapReason.NAME,
    )

    use_required_attribute = False

    def __init__(self, submission, data=None, *, typed=None):
        self.letter = letter = submission.letter
        now = submission.facts(letter)
        self.facts = now if data is None else data.get("facts", "")
        self.is_stale = self.facts != now
        initial = {
            "language": letter.language,
            "content_notes": letter.content_notes_codes,
            "picture_alt": letter.picture_alt,
            "gap_reason": GapReason.NAME,
            **(typed or {}),
        }
        super().__init__(data, initial=initial, auto_id="correct_%s")
        self.fields["language"].choices = language_choices(translation.get_language())
        if letter.picture_id:
            written = {"lang": letter.language, "dir": "auto"}
            self.fields["picture_alt"].widget.attrs |= written
        else:
            del self.fields["picture_alt"]

    def clean_phrases(self):
        """A list, none of them twice, each of which stands in the letter."""
        lines = [line.strip() for line in self.cleaned_data["phrases"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_PHRASES:
            raise ValidationError(_("Please type at most 50 lines at a time."))
        if any(len(phrase) == 1 and phrase.upper() != phrase.lower() for phrase in found):
            raise ValidationError(
                _("A single letter stands nearly everywhere. Please type the whole word.")
            )
        texts = [getattr(self.letter, name) for name in TEXTS]
        texts += ContentNote.own_of(self.letter.content_notes_codes)
        missing = [
            phrase for phrase in found if not any(phrases.spans(text, phrase) for text in texts)
        ]
        if missing:
            raise ValidationError(
                _("This stands nowhere in the letter, so nothing was changed: %(words)s"),
                params={"words": " · ".join(missing)},
            )
        return found

    @property
    def changed(self):
        """What is other than it was, for `correct`."""
        values, letter = self.cleaned_data, self.letter
        hers = [code for code in letter.content_notes_codes if code in ContentNote.values]
        before = {
            "language": letter.language,
            "content_notes": sorted(hers),
            "picture_alt": letter.picture_alt,
        }
        now = {**values, "content_notes": sorted(values["content_notes"])}
        return {
            name: values[name] for name in before if name in values and now[name] != before[name]
        }

    @property
    def gaps(self):
        reason = self.cleaned_data["gap_reason"]
        return [(phrase, reason) for phrase in self.cleaned_data["phrases"]]


def correct(submission, moderator, *, gaps=(), **values):
    """As `Submission.correct`, and so that it stays when the letter is published anew: what her
    own text is marked with then goes with it. Raises AlreadyDecided, ChangedMeanwhile."""
    with transaction.atomic():
        places = submission.correct(moderator, gaps=gaps, **values)
        if submission.erased:
            return places
        marks = [
            [name, start, end, reason]
            for phrase, reason in gaps
            for name in redactions.TEXT_FIELDS
            for start, end in phrases.spans(getattr(submission, name), phrase)
        ]
        submission.redactions = redactions.clean(submission, [*submission.redactions, *marks])
        submission.content_notes = submission.letter.content_notes_codes
        if submission.letter.picture_id:
            submission.picture_alt = submission.letter.picture_alt
            submission.transcript = submission.letter.transcript
        else:  # readers don't see its picture now, and perhaps later
            _leave_out_beside(submission, gaps)
        submission.save(update_fields=["redactions", "content_notes", "picture_alt", "transcript"])
    return places


def _leave_out_beside(submission, gaps):
    for phrase, reason in gaps:
        for name, one_line in (("picture_alt", True), ("transcript", False)):
            text, _places = phrases.blanked(
                getattr(submission, name), [phrase], one_line=one_line, reason=GapReason(reason)
            )
            setattr(submission, name, text)
