"""What moderators do with a letter after it was decided: take it down, put it back, correct it,
undo."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from letters import phrases as finding
from letters.models.decision import UNDO, Decision
from letters.models.former import Former
from letters.models.moderators_acts import AlreadyDecided, ChangedMeanwhile, ModeratorsActs
from letters.publishing import public_picture
from letters.vocabulary import ContentNote, GapReason, HeldReason

# What a later decision about the same letter does not stand in the way of.
_BESIDE = [Decision.Act.PASS, Decision.Act.REDACT, Decision.Act.CORRECT]


class SettledActs(ModeratorsActs):
    """Of a Submission. Each looks at the row anew and keeps it to itself."""

    class Meta:
        abstract = True

    def take_down(self, moderator, reason, *, note="", batch=""):
        """Take a public letter away: nobody finds it from now on; after ten minutes, in which it
        can be undone, it is deleted. reason: a code of `letters.reasons`. Raises AlreadyDecided.
        """
        with transaction.atomic():
            self._look_anew()
            if self.letter is None or self.state == self.State.DECLINED:
                raise AlreadyDecided
            self.state, self.note = self.State.DECLINED, note
            self.save(update_fields=["state", "note"])
            self.letter.hide()
            self.letter.reports.filter(state="open").update(state="granted", decided=timezone.now())
            self._record(moderator, Decision.Act.TAKE_DOWN, reason, batch=batch)
            self._refuse_picture(reason)

    def finish_taking_down(self):
        """Delete what was taken down more than ten minutes ago."""
        with transaction.atomic():
            self._look_anew()
            late = timezone.now() - UNDO
            lately = self.decisions.filter(act=Decision.Act.TAKE_DOWN, made__gt=late, undone=None)
            if self.state == self.State.DECLINED and not lately.exists():
                self._remove_letter()
                self.save(update_fields=["letter", "letter_code"])

    @property
    def may_return(self):
        """There is something left of it to decide about."""
        settled = self.state in (self.State.PUBLISHED, self.State.DECLINED)
        return settled and not self.erased and self.is_publishable

    def put_back(self, moderator, *, batch=""):
        """Into the queue again, as if nobody had decided; readers don't see it meanwhile. Raises
        AlreadyDecided."""
        with transaction.atomic():
            self._look_anew()
            if not self.may_return or self._is_reported:
                raise AlreadyDecided
            decision = self._record(moderator, Decision.Act.RETURN, batch=batch)
            self._set_aside(decision)
            self.state, self.note = self.State.WAITING, ""
            self.save(update_fields=["state", "note", "letter"])
            self._know_no_picture()

    @property
    def _is_reported(self):
        """It is decided among the reports."""
        return self.letter is not None and self.letter.reports.filter(state="open").exists()

    @property
    def may_restore(self):
        """It was taken down, and what readers saw is still there."""
        return (
            self.state == self.State.DECLINED
            and (self.letter_id is not None or self._is_as_readers_saw_it)
            and self.decisions.filter(act=Decision.Act.TAKE_DOWN, undone=None).exists()
        )

    @property
    def _is_as_readers_saw_it(self):
        asks_for_more = HeldReason.MORE_ALLOWED in self.held
        return not self.erased and self.is_publishable and not asks_for_more

    def restore(self, moderator, *, batch=""):
        """Readers see it again, as it was and at its address. Raises AlreadyDecided."""
        with public_picture(self) as picture, transaction.atomic():
            self._look_anew()
            lost = picture is not None and not self.may_publish_picture
            if not self.may_restore or lost:
                raise AlreadyDecided
            self.state = self._state_in_public
            if self.letter is None:
                self.letter = self._make_letter(picture)
            else:
                self.letter.show()
                if picture is not None:  # its own is still in the library
                    picture.file.storage.delete(picture.file.name)
            self.save(update_fields=["state", "letter"])
            self._record(moderator, Decision.Act.RESTORE, batch=batch)
            self._know_no_picture()

    @property
    def _state_in_public(self):
        """Of a letter that readers see again: what its writer allows since may still wait."""
        more = HeldReason.MORE_ALLOWED in self.held and self.letter is not None
        return self.State.WAITING if more and self._waits_for_more else self.State.PUBLISHED

    def _know_no_picture(self):
        self.traces.filter(of="picture").update(refused=False)

    @staticmethod
    def facts(letter):
        """What stands for what a page offers to correct in a public letter."""
        values = json.dumps([letter.language, letter.content_notes_codes, letter.picture_alt])
        return salted_hmac("letters.letter.facts", values, algorithm="sha256").hexdigest()

    def correct(
        self,
        moderator,
        *,
        language=None,
        content_notes=None,
        picture_alt=None,
        gaps=None,
        facts=None,
    ):
        """Correct what readers see besides her words, and leave more words out.

        content_notes: codes to add or take away; those in her own words stay. gaps: [(phrase,
        code of GapReason)], left out for good. Returns {phrase: at how many places it stood}.
        facts: as the page knew them. Raises AlreadyDecided where there is no public letter, and
        ChangedMeanwhile.
        """
        places = {}
        with transaction.atomic():
            self._look_anew()
            letter = self.letter
            if letter is None or self.state == self.State.DECLINED:
                raise AlreadyDecided
            if facts is not None and facts != self.facts(letter):
                raise ChangedMeanwhile
            self._forget_former()
            before = (letter.language, letter.content_notes_codes, letter.picture_alt)
            if language:
                letter.language = self.language = language
            if content_notes is not None:
                codes = [code for code in ContentNote.values if code in content_notes]
                letter.content_notes_codes = codes + letter.own_notes
            if picture_alt and letter.picture_id:
                letter.picture_alt = picture_alt
            if before != (letter.language, letter.content_notes_codes, letter.picture_alt):
                self._record(moderator, Decision.Act.CORRECT)
            for phrase, reason in gaps or []:
                places[phrase] = _leave_out(letter, phrase, reason)
            if any(places.values()):
                letter.was_redacted = True
                self._record(moderator, Decision.Act.REDACT)
            letter.save()
            self.save(update_fields=["language"])
        return places

    def correct_language(self, moderator, language):
        """Of a waiting letter: it waits for those who read this one. Raises AlreadyDecided."""
        with transaction.atomic():
            self._decide(
                moderator,
                Decision.Act.CORRECT,
                self.State.WAITING,
                values={"language": language, "agreed_by_id": self.agreed_by_id},
            )
            self._forget_former()
            self._leave_burst()  # the others wait where they were
            type(self).objects.filter(pk=self.pk).update(same_words="")

    # ------------------------------------------------------------------------ undo

    def undo(self, decision, moderator, *, batch=""):
        """Undo her own decision of the last ten minutes. Raises AlreadyDecided where she can't,
        or where somebody has decided since."""
        with transaction.atomic():
            self._look_anew()
            if not self.decisions.undoable(moderator).filter(pk=decision.pk).exists():
                raise AlreadyDecided
            act = Decision.Act(decision.act)
            later = self.decisions.standing().filter(pk__gt=decision.pk).exclude(act__in=_BESIDE)
            is_hers = self.state == self.State.KEPT or later.exists()
            if self.state == self.State.WITHDRAWN or (act != act.PASS and is_hers):
                raise AlreadyDecided
            self._undo(act, decision)
            self._record(moderator, Decision.Act.UNDO, batch=batch, undoes=decision)

    def _undo(self, act, decision):
        if act == act.PASS:
            return
        if act == act.AGREE:
            self.agreed_by_id = None
            self.for_lead = bool(self.question)  # as another moderator wished
            self.save(update_fields=["agreed_by", "for_lead"])
        elif act == act.ASK:
            self.for_lead, self.question = False, ""
            self.save(update_fields=["for_lead", "question"])
        elif act in (act.PUBLISH, act.RETURN) and (former := self._former_of(decision)):
            if self.erased or self._is_reported:
                raise AlreadyDecided
            if act == act.RETURN:
                self._take_up_again(former)
            elif self.letter is not None and former.letter is not None:
                self._take_addition_back(former)
            else:
                raise AlreadyDecided
        elif act == act.RETURN:
            raise AlreadyDecided
        elif act in (act.PUBLISH, act.DECLINE):
            if self.erased:
                raise AlreadyDecided
            self._wait_for_another(keeps_letter=act == act.DECLINE)
        elif act == act.TAKE_DOWN:
            if self.letter is None:
                raise AlreadyDecided
            self._unhide(decision)
        elif act == act.RESTORE:
            self.state = self.State.DECLINED
            self._remove_letter()
            self.save(update_fields=["state", "letter", "letter_code"])
        if act in (act.DECLINE, act.TAKE_DOWN):
            self._know_no_picture()

    @staticmethod
    def _former_of(decision):
        formers = Former.objects.select_related("letter__picture")
        return formers.filter(decision=decision).first()

    def _unhide(self, decision):
        """As before it was taken down: hidden if that was because somebody reported it."""
        letter, self.state, self.note = self.letter, self._state_in_public, ""
        granted = letter.reports.filter(state="granted", decided__gte=decision.made - UNDO / 60)
        if not granted.update(state="open", decided=None):
            letter.show()
        self.save(update_fields=["state", "note"])

    def _wait_for_another(self, keeps_letter=False):
        if not keeps_letter:
            if self._is_reported:
                raise AlreadyDecided
            self._remove_letter()
        self.state, self.note = self.State.WAITING, ""
        self.save(update_fields=["state", "note", "letter", "letter_code"])


def _leave_out(letter, phrase, reason):
    """Of the letter that readers see; unsaved. Returns at how many places it stood."""
    count = 0
    for name in ("title", "words", "signature", "addressee_text", "picture_alt", "transcript"):
        one_line = name not in ("words", "transcript")
        text, places = finding.blanked(
            getattr(letter, name), [phrase], one_line=one_line, reason=GapReason(reason)
        )
        setattr(letter, name, text)
        count += places[phrase]
    notes = []
    for note in letter.content_notes_codes:
        if note not in ContentNote.values:  # in the writer's own words
            note, places = finding.blanked(note, [phrase], one_line=True)
            count += places[phrase]
        notes.append(note)
    letter.content_notes_codes = notes
    return count
