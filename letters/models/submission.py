from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.models.decision_maker import DecisionMaker
from letters.models.letter import Letter
from letters.models.settled_acts import SettledActs
from letters.models.writers_acts import WritersActs
from letters.vocabulary import Kind, Way
from portal.private import EncryptedTextField

SEALED = ("contact", "appeal", "note", "question")


class SubmissionQuerySet(models.QuerySet):
    def sealed(self):
        """Without what is kept encrypted: it is opened one by one, where somebody may read it."""
        return self.defer(*SEALED)

    def waiting(self):
        """What is to be decided, oldest first; see `due`."""
        return self.filter(state=Submission.State.WAITING).order_by("due", "pk")


class Submission(SettledActs, WritersActs):
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
    # The address of its public letter, for when that is put back. Empty once she withdraws.
    letter_code = models.CharField(max_length=32, blank=True)
    erased = models.BooleanField(default=False)

    # ---- what moderators add to it
    # Words that readers won't see: [field of TEXT_FIELDS, start, end, code of GapReason].
    redactions = models.JSONField(default=list, blank=True)
    # Boxes of the picture that readers see black: [left, top, width, height], 0 to 1 of its sides.
    boxes = models.JSONField(default=list, blank=True)
    transcript = models.TextField(blank=True)  # of its picture, by a moderator
    shows_people = models.BooleanField(null=True)  # None: nobody has said yet
    note = EncryptedTextField(blank=True)  # to its writer, read with her receipt
    question = EncryptedTextField(blank=True)  # to a lead
    for_lead = models.BooleanField(default=False)  # a lead is asked
    # The first of two who must agree (DeskPolicy).
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    # Who is reading it; others are told, nobody is kept out.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    # Waiting letters of the same words: all but the first point to the first.
    same_words = models.CharField(max_length=64, blank=True)  # keyed hash of the folded words
    burst_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="burst",
        db_index=False,
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [
            # What the queue is read from: in the order of a language, and without the row itself.
            models.Index(
                fields=[
                    *("language", "due", "kind", "for_lead"),
                    *("picture_name", "received", "state", "burst_of"),
                ],
                condition=Q(state="waiting", burst_of=None),
                name="desk_queue",
            ),
            models.Index(
                fields=["due"], condition=Q(state="waiting", burst_of=None), name="desk_due"
            ),
            # What few letters have.
            models.Index(fields=["due"], condition=Q(for_lead=True), name="desk_for_lead"),
            models.Index(
                fields=["agreed_by"], condition=Q(agreed_by__isnull=False), name="desk_agreed"
            ),
            models.Index(
                fields=["claimed_by"], condition=Q(claimed_by__isnull=False), name="desk_claimed"
            ),
            models.Index(
                fields=["burst_of"], condition=Q(burst_of__isnull=False), name="desk_burst"
            ),
            models.Index(
                fields=["letter"],
                condition=Q(state="declined", letter__isnull=False),
                name="desk_taken_down",
            ),
            models.Index(fields=["same_words"], condition=~Q(same_words=""), name="same_words"),
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
