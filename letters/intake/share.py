"""Sharing a letter with us: an act of its own, with a consent for each thing we may do with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.intake import words as rules
from letters.intake.fields import Words
from letters.vocabulary import Consent


class ShareForm(forms.Form):
    """Four questions that nobody has answered for her, and how to reach her if she wishes.

    has_words, has_picture: what her letter is made of; nothing is asked about what isn't there.
    """

    use_required_attribute = False

    contact = Words(
        label=_("How can we reach you?"),
        help_text=_(
            "Only if you want us to. It is kept encrypted, is never published, "
            "and is deleted when we no longer need it."
        ),
        room=rules.CONTACT,
        # Several lines, so that the Enter key presses no button.
        widget=forms.Textarea(
            attrs={"dir": "auto", "autocomplete": "off", "autocapitalize": "none", "rows": 2}
        ),
    )

    def __init__(self, data=None, *, has_words=True, has_picture=True):
        super().__init__(data, label_suffix="")
        asked = [
            consent
            for consent in Consent
            if {Consent.WORDS: has_words, Consent.PICTURE: has_picture}.get(consent, True)
        ]
        ticks = {
            consent.field: forms.BooleanField(label=consent.label, required=False)
            for consent in asked
        }
        self.fields = ticks | self.fields

    @property
    def consents(self):
        return [self[name] for name in self.fields if name != "contact"]
