"""The form of a letter: the one explicit list of what strangers may send."""

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letters.intake import language
from letters.intake import words as rules
from letters.intake.addressees import Addressees
from letters.intake.fields import Words
from letters.models import DecisionMaker
from letters.vocabulary import ContentNote, Kind
from portal.picture import PictureError, clean_picture

ONE_LINE = {"dir": "auto", "autocomplete": "off"}
PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,image/heif"


class LetterForm(forms.Form):
    """The letter itself; what she allows us to do with it is in `share.ShareForm`. What it takes
    is in `draft()`.

    kind: a letters.vocabulary.Kind. reader_language: the page's. has_picture: one is held for
    this token. file_dropped: a file came that was too large to be read at all.
    """

    use_required_attribute = False

    decision_maker = forms.ChoiceField(
        label=_("Who is your letter to?"), required=False, widget=forms.RadioSelect
    )
    addressee = Words(
        label=_("Somebody who isn’t in the list"),
        help_text=_("An office, a company or a platform; no private person, please."),
        room=rules.ADDRESSEE,
        widget=forms.TextInput(attrs=ONE_LINE),
    )
    title = Words(
        label=_("Title"),
        room=rules.TITLE,
        widget=forms.TextInput(attrs=ONE_LINE),
    )
    words = Words(
        label=_("Your letter"),
        help_text=_(
            "Begin a line with ## to make it a heading. An empty line begins a new paragraph."
        ),
        room=rules.WORDS,
        several_lines=True,
        # Without autocomplete="off": the browser may put a long letter back after "back".
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 14}),
    )
    picture = forms.FileField(
        label=_("A photo or scan of your letter"),
        help_text=_(
            "JPEG, PNG, WebP, GIF, AVIF or HEIC, up to 10 MB. We remove place, time and device "
            "from it."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
    )
    remove_picture = forms.BooleanField(label=_("Leave the picture out"), required=False)
    picture_alt = Words(
        label=_("What is in the picture?"),
        help_text=_(
            "For people who can’t see it. If it shows your handwriting, you can type the words "
            "here."
        ),
        room=rules.PICTURE_ALT,
        widget=forms.TextInput(attrs=ONE_LINE),
    )
    language = forms.CharField(
        label=_("The language of your letter"), required=False, max_length=35, widget=forms.Select
    )
    signature = Words(
        label=_("How do you sign?"),
        help_text=_("A first name, an invented name, or nothing at all. Readers will see it."),
        room=rules.SIGNATURE,
        widget=forms.TextInput(attrs=ONE_LINE),
    )
    content_notes = forms.MultipleChoiceField(
        label=_("Does your letter speak of any of these?"),
        help_text=_("Readers see this first and decide whether to open the letter."),
        choices=ContentNote,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_note = Words(
        label=_("Something else that readers should know first"),
        room=rules.NOTE,
        widget=forms.TextInput(attrs=ONE_LINE),
    )
    # For programs that fill in everything; people neither see nor reach it.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    campaign = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    # Says that her letter has a picture, so that one that was deleted meanwhile is missed.
    with_picture = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        kind,
        reader_language,
        data=None,
        files=None,
        *,
        has_picture=False,
        file_dropped=False,
        **options,
    ):
        super().__init__(data, files, label_suffix="", **options)
        self.kind, self.reader_language = Kind(kind), reader_language
        self.had_picture, self.file_dropped = has_picture, file_dropped
        self.new_picture = None
        if self.kind == Kind.DECISION_MAKER:
            self._offer_decision_makers()
        else:
            del self.fields["decision_maker"], self.fields["addressee"]
        if not has_picture:
            del self.fields["remove_picture"]
        self._offer_languages()

    def _offer_decision_makers(self):
        """Whoever is known may be chosen; the page shows those that she looked for."""
        field = self.fields["decision_maker"]
        names = DecisionMaker.names_in(self.reader_language)
        field.choices = [("", ""), *((slug, name) for slug, (name, _language) in names.items())]
        asked = self.data if self.is_bound else self.initial
        self.addressees = Addressees(
            self.reader_language,
            find=asked.get("find", ""),
            kind=asked.get("find_kind", ""),
            chosen=asked.get("decision_maker", ""),
        )

    def _offer_languages(self):
        field = self.fields["language"]
        field.widget.choices = self._languages  # looked up where they are shown
        if not self.is_bound:
            field.help_text = gettext(
                "If yours isn’t here, go on: when you look it over, you can choose among all."
            )

    def _languages(self):
        """All of them once there is something to correct; few on the first page: it stays small."""
        choices = language.language_choices(self.reader_language)
        few = language.site_languages() | {self.reader_language}
        choices = [choice for choice in choices if self.is_bound or choice[0] in few]
        return [("", gettext("See it from my words")), *choices]

    # ---------------------------------------------------------------------- checks

    forgives = False  # shown again while she is still writing: nothing is wrong yet

    def full_clean(self):
        super().full_clean()
        if self.forgives and self.is_bound:
            self._errors.clear()

    def clean_decision_maker(self):
        slug = self.cleaned_data["decision_maker"]
        if not slug:
            return None
        chosen = DecisionMaker.objects.filter(
            slug=slug, locale__language_code=settings.LANGUAGE_CODE
        )
        return chosen.first()

    def clean_picture(self):
        file = self.cleaned_data["picture"]
        try:
            if self.file_dropped:
                raise PictureError("too-big")
            if file is None:
                return None
            self.new_picture = clean_picture(file.read())
        except PictureError as error:
            raise ValidationError(error.message, code=error.code) from None
        return self.new_picture

    def clean_language(self):
        code = self.cleaned_data["language"].lower()
        if code and code not in language.codes():
            raise ValidationError(_("Please choose the language from the list."), code="unknown")
        return code

    def clean_campaign(self):
        page = self.cleaned_data["campaign"]
        if not (page.isascii() and page.isdigit() and len(page) < 10):
            return None  # never the writer's fault: she doesn't see this field
        return apps.get_model("campaigns", "CampaignPage").objects.live().filter(pk=page).first()

    def clean(self):
        given = super().clean()
        if self.kind == Kind.DECISION_MAKER and not self.errors.keys() & {
            "decision_maker",
            "addressee",
        }:
            if not given.get("decision_maker") and not given.get("addressee"):
                self.add_error(
                    "decision_maker",
                    ValidationError(
                        _(
                            "Please choose whom your letter is to, "
                            "or name somebody who isn’t in the list."
                        ),
                        code="no-addressee",
                    ),
                )
        if self.picture_is_gone:
            self.add_error(
                "picture",
                ValidationError(
                    _(
                        "Pictures that are not sent are deleted after three hours. Please choose"
                        " yours again."
                    ),
                    code="gone",
                ),
            )
        if (
            not self.errors.keys() & {"words", "picture"}
            and not given.get("words")
            and not self.has_picture
        ):
            self.add_error(
                "words",
                ValidationError(
                    _("Please write your letter, or add a picture of it."), code="no-letter"
                ),
            )
        return given

    # ---------------------------------------------------------------------- answers

    @property
    def picture_is_gone(self):
        given = self.cleaned_data
        # The box is not on the form that comes back once the picture has been left out.
        missed = given.get("with_picture") and not self.data.get("remove_picture")
        return bool(missed and not self.had_picture and not self.new_picture)

    @property
    def has_picture(self):
        """There is one for this letter, held or just arrived."""
        removed = self.cleaned_data.get("remove_picture", False)
        return bool(self.new_picture or (self.had_picture and not removed))

    def draft(self):
        """What a valid form holds, for `receive` and `Letter.preview`."""
        given = self.cleaned_data
        draft = {
            name: given[name]
            for name in (
                "title words language signature content_notes picture_alt campaign"
            ).split()
        }
        # Who is in the list comes first; a name typed beside it was a way to look for it.
        decision_maker = given.get("decision_maker")
        draft |= {
            "kind": self.kind.value,
            "decision_maker": decision_maker,
            "addressee": "" if decision_maker else given.get("addressee", ""),
            "has_picture": self.has_picture,
        }
        if given["other_note"]:
            draft["content_notes"] = [*draft["content_notes"], given["other_note"]]
        if not draft["language"]:
            draft["language"] = language.guess_language(draft["words"])
        return draft

    @property
    def looks_automatic(self):
        return bool(self.cleaned_data.get("website"))

    def tidied(self):
        """The texts of a valid form by our rules, as the check page shows them."""
        return {
            name: self.cleaned_data[name]
            for name, field in self.fields.items()
            if isinstance(field, Words)
        }

    def carry(self, **values):
        """Put what was worked out (token, language) beside what she typed, for the next page."""
        self.data = self.data.copy()
        for name, value in values.items():
            self.data[name] = value

    def forget_file(self):
        """Leave the file's field out of the page that comes next: it would show the file's name."""
        del self.fields["picture"]
