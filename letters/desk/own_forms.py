"""How a moderator says what she reads and how much of it."""

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from letters.intake import language
from letters.models import ModeratorProfile, Submission
from letters.models.moderator import Takes
from portal.names import language_name

MOST_A_DAY = 1000
SORTS = ("pictures", "survivor_letters")  # of letters that she may leave to others


def _takes(label):
    return forms.ChoiceField(
        label=label, choices=Takes.choices, required=False, widget=forms.RadioSelect
    )


class ProfileForm(forms.ModelForm):
    """Her languages in two fields: those that matter here, and all others."""

    near = forms.MultipleChoiceField(
        label=_("Languages that I read"),
        help_text=_("Choose none to see letters in all languages."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    far = forms.MultipleChoiceField(
        label=_("Other languages that I read"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    pictures = _takes(_("I take letters with pictures"))
    survivor_letters = _takes(_("I take letters to survivors"))
    daily_number = forms.IntegerField(
        label=_("How many letters a day are enough for me"),
        help_text=_(
            "The desk tells you when you have decided as many. Leave it empty to hear nothing."
        ),
        required=False,
        min_value=1,
        max_value=MOST_A_DAY,
    )

    use_required_attribute = False

    class Meta:
        model = ModeratorProfile
        fields = ["daily_number", "wants_loved", "digest"]
        widgets = {"digest": forms.RadioSelect}

    def __init__(self, data=None, *, instance):
        super().__init__(data, instance=instance)
        reads = set(instance.languages)
        near = _near() | reads
        self.fields["near"].choices = sorted(
            ((code, language_name(code)) for code in near), key=lambda choice: choice[1].casefold()
        )
        choices = language.language_choices(get_language())
        self.fields["far"].choices = [(code, name) for code, name in choices if code not in near]
        self.initial["near"] = sorted(reads)
        for sort in SORTS:
            chosen = self.initial[sort] = instance.choice(sort)
            if chosen in (Takes.TODAY, Takes.NOT_TODAY):
                after = Takes.NEVER if chosen == Takes.TODAY else Takes.ALWAYS
                words = gettext(
                    "What you chose holds until tonight. From then on it is: %(choice)s"
                )
                self.fields[sort].help_text = words % {"choice": after.label}

    def save(self):
        # Only what she is asked: the instance comes from memory, and a digest may be on its way.
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        values["languages"] = sorted({*self.cleaned_data["near"], *self.cleaned_data["far"]})
        for sort in SORTS:
            if choice := self.cleaned_data[sort]:
                values |= ModeratorProfile.chosen(sort, choice)
        user = self.instance.user
        return ModeratorProfile.objects.update_or_create(user=user, defaults=values)[0]


def _near():
    """The languages of the site, and those of letters that wait."""
    waiting = Submission.objects.waiting().order_by().values_list("language", flat=True).distinct()
    return language.site_languages() | set(waiting)
