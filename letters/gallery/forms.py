"""The filters of the gallery, in the address: ?kind=survivor&language=ar&q=…"""

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.search import MAX_LENGTH
from letters.vocabulary import Kind


class FilterForm(forms.Form):
    """Choices come from outside, because the same rows are needed for the cards."""

    q = forms.CharField(label=_("Search"), required=False, max_length=MAX_LENGTH)
    kind = forms.ChoiceField(label=_("Written to"), required=False)
    decision_maker = forms.ChoiceField(label=_("Decision-maker"), required=False)
    language = forms.ChoiceField(label=_("Written in"), required=False)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)

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
