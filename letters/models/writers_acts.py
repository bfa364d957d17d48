"""What the writer of a letter may do with it afterwards, with her receipt."""

from django.core.files.storage import storages
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import ReferenceIndex

from letters import phrases as finding
from letters import redactions
from letters.vocabulary import Consent, ContentNote, HeldReason

# What `erase` forgets, and what it leaves a note of.
EMPTIED = [
    *("title", "words", "signature", "addressee", "picture_name", "picture_alt", "contact"),
    *("appeal", "content_notes", "held", "received", "due", "erased"),
    *("redactions", "boxes", "transcript", "note", "question", "letter_code"),
    *("same_words", "burst_of", "shows_people", "agreed_by", "for_lead", "claimed_by"),
    "claimed_until",
]
# What she wrote: as she sent it, and in the letter that readers see. True: a single line.
TEXTS = {"title": True, "words": False, "signature": True, "picture_alt": True}
TEXTS |= {"addressee": True, "addressee_text": True, "transcript": False}
NOTES = ("content_notes", "content_notes_codes")  # lists of codes, and of her own words
TO_PUBLISH = {Consent.WORDS, Consent.PICTURE}


def _leave_out(holder, phrases):
    """Of a submission or a letter, unsaved: ({phrase: at how many places}, [names of fields])."""
    places = dict.fromkeys(phrases, 0)

    def without(text, one_line=True):
        blanked, counted = finding.blanked(text, phrases, one_line=one_line)
        for phrase, count in counted.items():
            places[phrase] += count
        return blanked

    names = {field.name for field in holder._meta.fields}
    values = {
        name: without(getattr(holder, name), one_line)
        for name, one_line in TEXTS.items()
        if name in names
    }
    for name in names.intersection(NOTES):
        notes = getattr(holder, name)
        values[name] = [note if note in ContentNote.values else without(note) for note in notes]
    if "redactions" in names:
        values["redactions"] = holder.redactions
        for name, one_line in redactions.TEXT_FIELDS.items():
            places_in = finding.merged_spans(getattr(holder, name), phrases)
            changes = [(a, b, finding.gap_length(b - a, one_line)) for a, b in places_in]
            values["redactions"] = redactions.moved(values["redactions"], name, changes)
    changed = [name for name, value in values.items() if value != getattr(holder, name)]
    for name in changed:
        setattr(holder, name, values[name])
    if "redactions" in changed:
        holder.redactions = redactions.clean(holder, holder.redactions)
    return places, changed


class WritersActs(models.Model):
    """The part of a Submission that its writer holds. Each act looks at the row anew and keeps
    it to itself: a moderator may have decided since it was read.
    """

    class Meta:
        abstract = True

    def _look_anew(self):
        """Inside a transaction: as it stands now, with its letter, and nobody else changes them.

        Always in this order (submission, letter, reports), so that nobody waits for each other.
        """
        rows = type(self).objects.select_for_update(of=["self"])
        self.refresh_from_db(from_queryset=rows)
        if self.letter_id is not None:
            letters = self._meta.get_field("letter").related_model.objects
            self.letter = letters.select_for_update(of=["self"]).filter(pk=self.letter_id).first()

    def _remove_letter(self):
        """Take the public letter away, with its picture; its address is gone with it."""
        letter, self.letter = self.letter, None
        if letter is None:
            return
        picture = letter.picture
        ReferenceIndex.remove_references_to(letter)  # from pages that named it
        letter.delete()
        if picture is not None:
            picture.delete()

    def _wait_again(self, reason=None):
        """Back into the queue, behind those who wait already."""
        again = {HeldReason.APPEAL, HeldReason.MORE_ALLOWED}
        self.held = [code for code in self.held if code not in again]
        if reason:
            self.held.append(reason.value)
        self.state, self.due = self.State.WAITING, timezone.now()

    # -------------------------------------------------------------------- consents

    @property
    def consents(self):
        """The codes of what she allows."""
        return {consent for consent in Consent if getattr(self, consent.field)}

    @property
    def is_publishable(self):
        """She allows something of it to be seen, and that is there."""
        return bool(
            (self.may_publish_words and self.words)
            or (self.may_publish_picture and self.picture_name)
        )

    def allow(self, consents):
        """Allow these, and nothing else any more. What she takes back is gone from the public
        letter at once; words or a picture that she adds are decided about first.

        consents: codes of `Consent`. Returns those of them that she allows anew but that can't
        be had any more, because what they are about has been erased; they stay as they were.
        """
        with transaction.atomic():
            self._look_anew()
            if self.state == self.State.WITHDRAWN:
                return set()
            before, waited = self.consents, self.state == self.State.WAITING
            new = {Consent(code) for code in consents} - before
            lost = new & TO_PUBLISH if self.erased else set()
            for consent in Consent:
                setattr(self, consent.field, consent in consents and consent not in lost)
            self._narrow_letter()
            self._settle(new - lost)
            if waited and self.state != self.State.WAITING:
                self._leave_burst()
            # Who has agreed to publish it agreed to what she allowed then.
            self.agreed_by = None
            fields = [consent.field for consent in Consent]
            self.save(update_fields=[*fields, "state", "held", "due", "letter", "agreed_by"])
        return lost

    def _narrow_letter(self):
        """The public letter shows no more than she allows; it is gone if that is nothing."""
        letter = self.letter
        if letter is None:
            return
        shows_words = self.may_publish_words and letter.words
        shows_picture = self.may_publish_picture and letter.picture_id
        if not shows_words and not shows_picture:
            # What those who reported it asked for has come to pass.
            letter.reports.filter(state="open").update(state="granted", decided=timezone.now())
            self._remove_letter()
            return
        letter.may_quote, letter.may_translate = self.may_quote, self.may_translate
        changed = ["may_quote", "may_translate"]
        if not shows_words:
            letter.title = letter.words = ""
            letter.was_redacted = False
            changed += ["title", "words", "was_redacted"]
        picture = None if shows_picture else letter.picture
        if not shows_picture:
            letter.picture, letter.picture_alt, letter.transcript = None, "", ""
            changed += ["picture", "picture_alt", "transcript"]
        # Only what has changed: somebody may be hiding it at this moment.
        letter.save(update_fields=[*changed, "excerpt", "search_text"])
        if picture is not None:
            picture.delete()

    def _settle(self, new):
        """Where it stands after she changed what she allows. new: what she allows since."""
        state, letter = self.State, self.letter
        there = {Consent.WORDS: self.words, Consent.PICTURE: self.picture_name}
        added = any(there[consent] for consent in new & TO_PUBLISH)
        if self.state == state.PUBLISHED and letter is None:
            self.state = state.KEPT
        if self.state == state.WAITING:
            if letter is not None and not self._waits_for_more:
                self.state = state.PUBLISHED
            elif letter is None and not self.is_publishable:
                self.state = state.KEPT
        elif self.state == state.KEPT and added:
            self._wait_again()
        elif self.state == state.PUBLISHED and added:
            self._wait_again(HeldReason.MORE_ALLOWED)
        elif self.state == state.DECLINED and added:
            # It is decided about before anybody publishes it again.
            more = HeldReason.MORE_ALLOWED.value
            self.held = [*(code for code in self.held if code != more), more]

    @property
    def _waits_for_more(self):
        """She allows something that her public letter doesn't show."""
        return bool(
            (self.may_publish_words and self.words and not self.letter.words)
            or (self.may_publish_picture and self.picture_name and not self.letter.picture_id)
        )

    # ---------------------------------------------------------------- blanking out

    @property
    def may_blank_out(self):
        """There is something left of it to blank out."""
        return self.state != self.State.WITHDRAWN and bool(self.letter_id or not self.erased)

    def blank_out(self, phrases):
        """Leave these phrases out, in the public letter at once and in what we keep.

        Returns {phrase: at how many places it stood, in what readers see or in what she sent}.
        """
        places = dict.fromkeys(phrases, 0)
        with transaction.atomic():
            self._look_anew()
            if not self.may_blank_out:
                return places
            for holder in filter(None, (self, self.letter)):
                found, changed = _leave_out(holder, phrases)
                if changed and holder is self:
                    # It is not the same as the others any more.
                    self._leave_burst()
                    self.same_words = ""
                    changed.append("same_words")
                if changed:
                    worked_out = [] if holder is self else ["excerpt", "search_text"]
                    holder.save(update_fields=[*changed, *worked_out])
                places = {phrase: max(places[phrase], found[phrase]) for phrase in phrases}
        return places

    # -------------------------------------------------------------- a second look

    @property
    def may_appeal(self):
        """Once, while there is something left of it to look at."""
        declined = self.state == self.State.DECLINED
        return declined and not self.appealed and not self.erased and self.is_publishable

    def ask_again(self, words=""):
        """Ask for a second look at a declined letter. words: what she says to it; text that has
        passed letters.intake.words. Returns whether that was possible.
        """
        with transaction.atomic():
            self._look_anew()
            if not self.may_appeal:
                return False
            self.appeal, self.appealed = words, True
            self._remove_letter()  # one that was taken down a moment ago
            self._wait_again(HeldReason.APPEAL)
            changed = ["appeal", "appealed", "held", "state", "due", "letter"]
            self.save(update_fields=changed)
        return True

    # --------------------------------------------------------------------- the end

    def forget_contact(self):
        """Forget how to reach her. Does not need the key that it was encrypted with."""
        type(self).objects.filter(pk=self.pk).update(contact="")

    def withdraw(self):
        """The writer takes her letter back: it is gone everywhere, whatever its state."""
        with transaction.atomic():
            self._look_anew()
            self.state = self.State.WITHDRAWN
            self._leave_burst()
            if self.letter is not None:
                self.letter.reports.all().delete()
            self._remove_letter()
            self._empty()
            self.save(update_fields=["letter", "state", *EMPTIED])

    def erase(self):
        """Forget what was private; a published letter stays as readers know it. Not while it
        waits: its writer may have asked for a second look since this row was read."""
        with transaction.atomic():
            self._look_anew()
            if self.state == self.State.WAITING:
                return
            self._empty()
            self.save(update_fields=EMPTIED)

    def _empty(self):
        if self.picture_name:
            name = self.picture_name
            # What cannot be deleted now has no row any more: `intake.picture` clears it away.
            transaction.on_commit(lambda: storages["private"].delete(name), robust=True)
        self.title = self.words = self.signature = self.addressee = ""
        self.picture_name = self.picture_alt = self.contact = self.appeal = ""
        self.transcript = self.note = self.question = self.letter_code = self.same_words = ""
        self.content_notes, self.held, self.redactions, self.boxes = [], [], [], []
        self.burst_of = self.shows_people = self.agreed_by = None
        self.claimed_by = self.claimed_until = None
        self.for_lead = False
        self.received = self.received.replace(hour=0, minute=0, second=0, microsecond=0)
        self.due = self.received
        self.erased = True
        # Those of a refused picture stay: keyed hashes that know it when it comes again.
        self.traces.filter(refused=False).delete()
