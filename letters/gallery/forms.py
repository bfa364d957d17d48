"""The filters of the gallery, in the address: ?kind=survivor&language=ar&q=…, and the form of
who says that a letter is about her."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from letters.intake.fields import Words
from letters.search import MAX_LENGTH
from letters.vocabulary import Kind, ReportReason

BEST = "best"


class FilterForm(forms.Form):
    """Choices come from outside, because the same rows are needed for the cards."""

    q = forms.CharField(label=_("Search"), required=False, max_length=MAX_LENGTH)
    kind = forms.ChoiceField(label=_("Written to"), required=False)
    decision_maker = forms.ChoiceField(label=_("Decision-maker"), required=False)
    language = forms.ChoiceField(label=_("Written in"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    order = forms.ChoiceField(
        label=pgettext_lazy("of letters", "Order"),
        choices=[("", _("Newest first")), (BEST, _("Best matches first"))],
        required=False,
    )

    use_required_attribute = False

    def __init__(self, data, *, decision_makers, languages, campaigns):
        cut = {name: data.get(name, "")[:MAX_LENGTH] for name in self.base_fields}
        printable = {name: "".join(filter(str.isprintable, text)) for name, text in cut.items()}
        super().__init__(printable, auto_id="filter-%s")
        self.fields["kind"].choices = [("", _("Anybody")), *Kind.choices]
        self.fields["decision_maker"].choices = [("", _("Any decision-maker")), *decision_makers]
        self.fields["language"].choices = [("", _("Any language")), *languages]
        self.fields["campaign"].choices = [("", _("Any campaign")), *campaigns]
        # What makes no sense is left out, not answered with an error: addresses get mangled.
        self.is_valid()

    @property
    def chosen(self):
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReportForm(forms.Form):
    """No name and no account is asked for."""

    reason = forms.ChoiceField(
        label=_("What is it?"),
        choices=ReportReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose what it is."),
            "invalid_choice": _("Please choose what it is."),
        },
    )
    words = Words(
        label=_("What should we know?"),
        help_text=_("Which words or which picture, for instance. You need not prove anything."),
        room=2000,
        several_lines=True,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 6, "autocomplete": "off"}),
    )
    contact = Words(
        label=_("How can we reach you?"),
        help_text=_(
            "Only if you want an answer. It is kept encrypted, is never published, and is deleted "
            "30 days after we decide."
        ),
        room=200,
        widget=forms.TextInput(
            attrs={"dir": "auto", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    # For programs that fill in everything; people neither see nor reach it.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    use_required_attribute = False

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
