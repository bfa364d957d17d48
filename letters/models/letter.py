import secrets
from functools import cached_property

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from letters import hiding, kept, paper
from letters.models.decision_maker import DecisionMaker
from letters.models.letter_queries import LetterQuerySet
from letters.models.letter_search import INDEXES, CampaignKey, SearchText
from letters.vocabulary import ContentNote, Kind
from portal import outbox, renditions, tree
from portal.languages import direction, name_local
from portal.renditions import ReadyPicture

CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 16  # 78 bits: addresses of letters can't be guessed


def new_code():
    return "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))


def today():
    return timezone.now().date()


def address_language(language):
    """Of letters in a language: itself where that is live, else the source language."""
    return language if language in tree.current().homes else settings.LANGUAGE_CODE


class Letter(PreviewableMixin, models.Model):
    """A published letter: only what readers may see. Made by a decision, nowhere else."""

    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    decision_maker = models.ForeignKey(
        DecisionMaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    addressee_text = models.CharField(_("addressee, if not listed"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=35, db_index=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    words = models.TextField(_("words"), blank=True)
    signature = models.CharField(_("signature"), max_length=100, blank=True)
    content_notes_codes = models.JSONField(_("content notes"), default=list, blank=True)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(_("description of the picture"), max_length=500, blank=True)
    # What its picture says, written down by a moderator.
    transcript = models.TextField(_("transcript"), blank=True)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published = models.DateField(_("published"), default=today)
    was_redacted = models.BooleanField(_("words were blanked out"), default=False)
    may_quote = models.BooleanField(_("may be quoted"), default=False)
    may_translate = models.BooleanField(_("may be translated"), default=False)
    # Somebody said that it is about her; nobody sees it until a moderator has decided.
    hidden = models.BooleanField(_("hidden"), default=False)
    # Worked out once, when the letter is published.
    excerpt = models.TextField(blank=True, editable=False)
    search_text = SearchText(blank=True, editable=False)
    campaign_key = CampaignKey(null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    # Pages point to letters, and letters to nothing that somebody would look up from there.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        indexes = INDEXES
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        # No word of it: this ends up in logs, choosers and messages.
        return f"{self.get_kind_display()} · {self.language} · {self.published:%Y-%m} · {self.code}"

    def save(self, *args, **kwargs):
        self.excerpt = paper.excerpt(self.words)
        super().save(*args, **kwargs)

    # ---------------------------------------------------------------------- hiding

    def hide(self):
        """Nobody outside the team finds it any more, nor its picture's files. In a transaction."""
        self._set_hidden(True)
        if self.picture_id:
            picture_id = self.picture_id
            # What fails now is done again by the clock.
            transaction.on_commit(lambda: hiding.remove_files(picture_id), robust=True)

    def show(self):
        """Readers see it again; the files of its picture are made anew."""
        self._set_hidden(False)
        if self.picture_id:
            outbox.enqueue(renditions.JOB, picture_id=self.picture_id)

    def _set_hidden(self, hidden):
        self.hidden = hidden
        Letter.objects.filter(pk=self.pk).update(hidden=hidden)
        kept.announce_letter(self)

    @property
    def tag(self):
        """What pages depend on that show it."""
        return kept.tag(self.code)

    # --------------------------------------------------------------------- reading

    @classmethod
    def preview(cls, draft):
        """An unsaved letter of what a form holds, to show exactly what readers will see.

        draft: kind, decision_maker, addressee, title, words, language, signature,
        content_notes (codes), picture_alt; missing keys are empty.
        """
        letter = cls(
            kind=draft["kind"],
            decision_maker=draft.get("decision_maker"),
            addressee_text=draft.get("addressee", ""),
            language=draft.get("language") or "und",
            title=draft.get("title", ""),
            words=draft.get("words", ""),
            signature=draft.get("signature", ""),
            content_notes_codes=draft.get("content_notes", []),
            picture_alt=draft.get("picture_alt", ""),
        )
        letter.excerpt = paper.excerpt(letter.words)
        return letter

    @classmethod
    def prepare(cls, letters, language=None):
        """A list of the letters with names in the reader's language, from memory."""
        language = language or get_language() or settings.LANGUAGE_CODE
        letters = list(letters)
        slugs = {x.decision_maker.slug for x in letters if x.decision_maker_id}
        keys = {x.campaign_key for x in letters if x.campaign_key}
        names = DecisionMaker.names_in(language, only=slugs) if slugs else {}
        titles = cls.campaign_titles(language, only=keys) if keys else {}
        return cls.name(letters, names, titles)

    @staticmethod
    def name(letters, names, titles):
        """Give letters the names of their addressees (`DecisionMaker.names_in`), the titles of
        their campaigns ({translation key: title}), and their pictures' renditions."""
        for letter in letters:
            if letter.decision_maker_id:
                letter.addressee_name = names.get(letter.decision_maker.slug)
            if letter.campaign_key:
                letter.campaign_title = titles.get(letter.campaign_key, "")
        bare = [x for x in letters if x.picture_id and "picture" not in x._state.fields_cache]
        rows = renditions.rows_of({x.picture_id for x in bare}) if bare else {}
        for letter in bare:
            letter.rendition_rows = rows[letter.picture_id]
        return letters

    @classmethod
    def campaign_titles(cls, language, only=None):
        """{translation key: title} of the live campaigns in a language, from memory."""
        pages = cls._meta.get_field("campaign").related_model.objects.filter(
            locale__language_code=language, live=True
        )
        titles = tree.current().remember(
            ("campaigns", language),
            lambda: dict(pages.order_by("path").values_list("translation_key", "title")),
        )
        return titles if only is None else {key: titles[key] for key in only if key in titles}

    rendition_rows = None  # see prepare
    addressee_name = None  # (name, its language), see prepare
    campaign_title = ""

    @property
    def addressee(self):
        if self.decision_maker_id:
            return (self.addressee_name or [self.decision_maker.name])[0]
        return self.addressee_text

    @property
    def addressee_lang(self):
        if self.decision_maker_id:
            return self.addressee_name[1] if self.addressee_name else settings.LANGUAGE_CODE
        return self.language

    @property
    def label(self):
        """What it is called where its own words are not shown."""
        if self.kind == Kind.SURVIVOR:
            return gettext("A letter to a survivor")
        return gettext("A letter to %(addressee)s") % {"addressee": self.addressee}

    @property
    def description(self):
        """What search engines and social cards say of it: a quotation only if she allows it."""
        if self.may_quote and self.excerpt and not self.content_notes_codes:
            return self.excerpt
        return gettext("Somebody wrote this letter and shared it. Open it to read it.")

    @property
    def dir(self):
        return direction(self.language)

    @property
    def language_name(self):
        return name_local(self.language)

    @property
    def content_notes(self):
        return ContentNote.labels_of(self.content_notes_codes)

    @property
    def own_notes(self):
        """In her own words; see `ContentNote`."""
        return ContentNote.own_of(self.content_notes_codes)

    @property
    def body_html(self):
        return paper.html(self.words)

    @property
    def transcript_html(self):
        return paper.html(self.transcript, heading_level=3)

    @cached_property
    def ready_picture(self):
        """The picture as readers get it, or None while it is being prepared."""
        if not self.picture_id:
            return None
        if self.rendition_rows is not None:
            return ReadyPicture.of_rows(self.picture_id, self.rendition_rows, self.picture_alt)
        return ReadyPicture.of(self.picture, self.picture_alt)

    # ------------------------------------------------------------------- addresses

    @property
    def address_language(self):
        return address_language(self.language)

    @property
    def address(self):
        return f"/{self.address_language}/letter/{self.code}/" if self.pk else ""

    def get_preview_template(self, request, mode_name):
        return "letters/letter.html"

    def get_preview_context(self, request, mode_name):
        from portal.shell import Shell

        (letter,) = Letter.prepare([self])
        return {
            **super().get_preview_context(request, mode_name),
            "letter": letter,
            "shell": Shell(request),
        }
