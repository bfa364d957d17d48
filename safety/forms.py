from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.languages import CODES


class CodesField(forms.CharField):
    """A list of language codes, written as "en, es, zh-hans"."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        codes = (code.strip().lower() for code in super().to_python(value).split(","))
        return list(dict.fromkeys(code for code in codes if code))

    def validate(self, value):
        super().validate(value)
        unknown = [code for code in value if code not in CODES]
        if unknown:
            raise forms.ValidationError(
                _("There is no language with this code: %(codes)s") % {"codes": ", ".join(unknown)}
            )

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data or "")


class HelplineForm(WagtailAdminModelForm):
    languages = CodesField(
        label=_("Languages spoken"),
        required=False,
        help_text=_("Their codes with commas between them, for instance: en, es, ar"),
    )
