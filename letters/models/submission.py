import json

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from letters import paper
from letters.models.decision import Decision
from letters.models.decision_maker import DecisionMaker
from letters.models.letter import Letter
from letters.models.writers_acts import WritersActs
from letters.publishing import public_picture
from letters.vocabulary import REFUSES_PICTURE, Kind, Way
from portal.private import EncryptedTextField


class AlreadyDecided(Exception):
    """Somebody else was quicker, or the writer has taken her letter back."""


class ChangedMeanwhile(AlreadyDecided):
    """The writer has blanked something out, or allows something else, since it was read."""


class NoConsent(ValueError):
    """The writer has not agreed to publication."""


# What must be as it was read, so that nothing is published that its writer has taken out since.
SEEN = [
    *("addressee", "title", "words", "signature", "content_notes", "picture_name", "picture_alt"),
    *("may_publish_words", "may_publish_picture", "may_quote", "may_translate"),
]


class SubmissionQuerySet(models.QuerySet):
    def waiting(self):
        """What is to be decided, oldest first; see `due`."""
        return self.filter(state=Submission.State.WAITING).order_by("due", "pk")


class Submission(WritersActs):
    """A letter as it was sent in. Private: not a snippet, not searchable, not translatable,
    without revisions, and in no form of Wagtail's.

    What is withdrawn, declined long ago or published long ago is emptied (`erase`); the row
    stays as a count.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")
        KEPT = "kept", _("Kept back by its writer")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(max_length=20, choices=Kind)
    way = models.CharField(max_length=10, choices=Way, default=Way.FORM)
    decision_maker = models.ForeignKey(
        DecisionMaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    addressee = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=35)
    signature = models.CharField(max_length=100, blank=True)
    content_notes = models.JSONField(default=list, blank=True)
    picture_name = models.CharField(max_length=120, blank=True)  # private storage, encrypted
    picture_alt = models.CharField(max_length=500, blank=True)
    campaign = models.ForeignKey(
        "campaigns.CampaignPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Four questions with four answers (vocabulary.Consent); she can change each later.
    may_publish_words = models.BooleanField(default=False)
    may_publish_picture = models.BooleanField(default=False)
    may_quote = models.BooleanField(default=False)
    may_translate = models.BooleanField(default=False)
    contact = EncryptedTextField(blank=True)
    # What she says against a decline; once.
    appeal = EncryptedTextField(blank=True)
    appealed = models.BooleanField(default=False)

    token_hash = models.CharField(max_length=64, unique=True)
    receipt_hash = models.CharField(max_length=64, unique=True)
    # By mail: the page on which she agreed and saw her receipt. Empty: she has not yet.
    confirmed_with = models.CharField(max_length=64, blank=True)
    held = models.JSONField(default=list, blank=True)  # why intake asks for a closer look
    received = models.DateTimeField()
    # Its place in the queue: when it came; what looks made by machines stands a day behind.
    due = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    letter = models.OneToOneField(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="submission"
    )
    erased = models.BooleanField(default=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [
            models.Index(fields=["state", "language", "due"]),
            models.Index(fields=["state", "due"]),
        ]
        default_permissions = []
        permissions = [
            ("decide_submission", "Can read and decide submissions"),
            ("see_original", "Can see original pictures"),
            ("reveal_contact", "Can reveal the contact of a writer"),
        ]

    def __str__(self):
        return f"Submission {self.pk}"  # no word of it

    def save(self, *args, **kwargs):
        if self.due is None:
            self.due = self.received
        super().save(*args, **kwargs)

    # ------------------------------------------------------------------- decisions

    @property
    def seen(self):
        """What stands for it as it is now: the page on which a moderator reads it sends this back
        with her decision."""
        values = json.dumps([getattr(self, name) for name in SEEN])
        return salted_hmac("letters.submission.seen", values, algorithm="sha256").hexdigest()

    def publish(self, moderator, redactions=(), picture_alt=None, published=None):
        """Make the public letter: of what she allows, and nothing else. One that was public
        already, and waits because she allows more now, keeps its address.

        redactions: (start, end, reason) in `words`, burnt into the public letter.
        picture_alt: the moderator's description of a picture; needed if the writer gave none.
        Raises AlreadyDecided, ChangedMeanwhile, NoConsent, or ValueError where a description is
        missing.
        """
        alt = self.picture_alt if picture_alt is None else picture_alt
        if not self.is_publishable:
            raise NoConsent("The writer has not agreed to publication.")
        if self.may_publish_picture and self.picture_name and not alt:
            raise ValueError("A picture needs a description before it goes live.")
        with public_picture(self) as picture, transaction.atomic():
            self._publish(moderator, redactions, picture, alt, published)
        return self.letter

    def _publish(self, moderator, redactions, picture, alt, published):
        self._decide(moderator, Decision.Act.PUBLISH, self.State.PUBLISHED, seen=SEEN)
        if picture:
            picture.save()
        shows_words = self.may_publish_words
        if redactions and shows_words:
            self._record(moderator, Decision.Act.REDACT)
        # Locked: somebody may be hiding it at this moment.
        letters = Letter.objects.select_for_update(of=["self"])
        former = letters.filter(pk=self.letter_id).first() if self.letter_id else None
        former_picture = former.picture if former else None
        values = {
            "kind": self.kind,
            "decision_maker": self.decision_maker,
            "addressee_text": self.addressee,
            "language": self.language,
            "title": self.title if shows_words else "",
            "words": paper.blanked(self.words, redactions) if shows_words else "",
            "signature": self.signature,
            "content_notes_codes": self.content_notes,
            "picture": picture,
            "picture_alt": alt if picture else "",
            "campaign": self.campaign,
            "was_redacted": bool(redactions) and shows_words,
            "may_quote": self.may_quote,
            "may_translate": self.may_translate,
            **({"published": published} if published else {}),
        }
        if former is None:
            self.letter = Letter.objects.create(**values)
        else:
            self.letter = former
            if former.was_redacted and shows_words and former.words and not redactions:
                # What was blanked out in public stays so; her own text still has it.
                for name in ("title", "words", "was_redacted"):
                    del values[name]
            for name, value in values.items():
                setattr(former, name, value)
            former.save(update_fields=[*values, "excerpt", "search_text"])
        if former_picture is not None:
            former_picture.delete()
        self.save(update_fields=["letter"])

    def decline(self, moderator, reason):
        """reason: a code of `vocabulary.DeclineReason`. Of a letter that is public already, what
        is declined is what its writer wanted to add. Raises AlreadyDecided, ChangedMeanwhile."""
        state = self.State.PUBLISHED if self.letter_id else self.State.DECLINED
        with transaction.atomic():
            self._decide(moderator, Decision.Act.DECLINE, state, reason)
            self._refuse_picture(reason)

    def take_down(self, moderator, reason):
        """Take a public letter away. reason: a code of `vocabulary.DeclineReason`."""
        with transaction.atomic():
            self._look_anew()
            if self.letter is None:
                raise AlreadyDecided
            self.state = self.State.DECLINED
            self._remove_letter()
            self.save(update_fields=["state", "letter"])
            self._record(moderator, Decision.Act.TAKE_DOWN, reason)
            self._refuse_picture(reason)

    def _refuse_picture(self, reason):
        """Known again when it comes again, also when nothing else is left of it."""
        if reason in REFUSES_PICTURE:
            self.traces.filter(of="picture").update(refused=True)

    def _decide(self, moderator, act, state, reason="", seen=()):
        """One outcome, whoever comes first: the row changes only while it is waiting, and as it
        was read. seen: names of fields."""
        waiting = Submission.objects.filter(pk=self.pk, state=self.State.WAITING)
        as_read = {name: getattr(self, name) for name in ("letter_id", *seen)}
        if not waiting.filter(**as_read).update(state=state):
            raise ChangedMeanwhile if waiting.exists() else AlreadyDecided
        self.state = state
        self._record(moderator, act, reason)

    def _record(self, moderator, act, reason=""):
        Decision.objects.create(
            submission=self, moderator=moderator, act=act, reason=reason, made=timezone.now()
        )
