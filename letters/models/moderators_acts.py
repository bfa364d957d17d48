"""What moderators decide about a letter, and what becomes of it. Only the desk calls this."""

from django.db import transaction
from django.utils import timezone

from letters import redactions as blanking
from letters.models.being_read import SEEN, BeingRead
from letters.models.decision import Decision
from letters.models.desk_policy import DeskPolicy
from letters.models.letter import Letter, new_code
from letters.models.moderator import ModeratorProfile
from letters.models.otherwise import Otherwise
from letters.models.setting_aside import SettingAside
from letters.publishing import public_picture


class AlreadyDecided(Exception):
    """Somebody else was quicker, or the writer has taken her letter back."""


class ChangedMeanwhile(AlreadyDecided):
    """Since it was read its writer has blanked something out, or allows something else, or
    another moderator has agreed to it."""


class NoConsent(ValueError):
    """The writer has not agreed to publication."""


class SamePerson(ValueError):
    """Two people must agree, and this is the first of them."""


# What a moderator adds when she publishes it, or agrees to that.
DRAFT = ("redactions", "boxes", "picture_alt", "transcript", "content_notes", "shows_people")


class ModeratorsActs(SettingAside, BeingRead):
    """The part of a Submission that moderators hold."""

    class Meta:
        abstract = True

    # ------------------------------------------------------------------ publishing

    def needs_two(self, **draft):
        """Whether two people must agree before readers see it. draft: see DRAFT."""
        shows_people = draft.get("shows_people", self.shows_people)
        return DeskPolicy.current().needs_two(self, shows_people)

    def approve(self, moderator, *, batch="", **draft):
        """Publish it; where two must agree, and she is the first, remember that she does. draft:
        see DRAFT. Returns the letter, or None while another has to agree.

        Raises what `publish` raises, and SamePerson.
        """
        if self.agreed_by_id is not None and self.agreed_by_id == moderator.pk:
            raise SamePerson("The same person is never both.")
        if self.agreed_by_id is not None or not self.needs_two(**draft):
            return self.publish(moderator, batch=batch, **draft)
        as_read = {name: getattr(self, name) for name in SEEN}
        self._draft(draft)
        lead = not ModeratorProfile.somebody_else_reads(self.language, moderator)
        values = {name: getattr(self, name) for name in DRAFT}
        with transaction.atomic():
            self._decide(
                moderator,
                Decision.Act.AGREE,
                self.State.WAITING,
                as_read=as_read,
                batch=batch,
                values={**values, "agreed_by_id": moderator.pk, "for_lead": lead},
            )
        return None

    def publish(self, moderator, *, published=None, batch="", **draft):
        """Make the public letter: of what she allows, and nothing else. One that was public
        already, and waits because she allows more now, keeps its address.

        draft: see DRAFT; what is not given stays as it is. redactions: [field, start, end, code
        of GapReason], burnt into the public letter. picture_alt: needed if the writer gave none.
        Raises AlreadyDecided, ChangedMeanwhile, NoConsent, or ValueError where a description is
        missing.
        """
        as_read = {name: getattr(self, name) for name in SEEN}
        self._draft(draft)
        values = {name: getattr(self, name) for name in DRAFT}
        with public_picture(self) as picture, transaction.atomic():
            letter = None
            if self.letter_id is None:
                if self.letter_code:  # two may put it back to its address at the same moment
                    self._lock(as_read)
                letter = self._make_letter(picture, published)
                values |= {"letter_code": letter.code}
            decision = self._decide(
                moderator,
                Decision.Act.PUBLISH,
                self.State.PUBLISHED,
                as_read=as_read,
                batch=batch,
                values=values,
                letter=letter,
            )
            if letter is None:
                self._change_letter(picture, published, decision)
            if self.redactions:
                self._record(moderator, Decision.Act.REDACT, batch=batch)
        return self.letter

    def _lock(self, as_read):
        """Raises AlreadyDecided or ChangedMeanwhile before anything is written."""
        rows = type(self).objects.select_for_update(of=["self"])
        waiting = rows.filter(pk=self.pk, state=self.State.WAITING)
        if not waiting.filter(letter_id=self.letter_id, **as_read).values_list("pk").first():
            raise ChangedMeanwhile if waiting.exists() else AlreadyDecided

    def _draft(self, draft):
        if unknown := set(draft) - set(DRAFT):
            raise TypeError(f"A letter has no {', '.join(sorted(unknown))} to add.")
        if not self.is_publishable:
            raise NoConsent("The writer has not agreed to publication.")
        for name, value in draft.items():
            if value is not None:
                setattr(self, name, value)
        self.redactions = blanking.clean(self, self.redactions)
        if self.may_publish_picture and self.picture_name and not self.picture_alt:
            raise ValueError("A picture needs a description before it goes live.")

    def _public(self, picture, published):
        """{field of Letter: value}: what readers see."""
        shows_words, texts = self.may_publish_words, blanking.applied(self)
        return {
            "kind": self.kind,
            "decision_maker": self.decision_maker,
            "addressee_text": texts["addressee"],
            "language": self.language,
            "title": texts["title"] if shows_words else "",
            "words": texts["words"] if shows_words else "",
            "signature": texts["signature"],
            "content_notes_codes": self.content_notes,
            "picture": picture,
            "picture_alt": self.picture_alt if picture else "",
            "transcript": self.transcript if picture else "",
            "campaign": self.campaign,
            "was_redacted": bool(self.redactions) and shows_words,
            "may_quote": self.may_quote,
            "may_translate": self.may_translate,
            **({"published": published} if published else {}),
        }

    def _make_letter(self, picture, published=None):
        """Inside a transaction. picture: see `public_picture`. One that was taken away before
        has its address again."""
        if picture:
            picture.save()
        if self.letter_code:
            self._forget_former()  # one that has this address
        code = self.letter_code or new_code()
        return Letter.objects.create(code=code, **self._public(picture, published))

    def _change_letter(self, picture, published, decision):
        if picture:
            picture.save()
        # Locked: somebody may be hiding it at this moment.
        letter = Letter.objects.select_for_update(of=["self"]).get(pk=self.letter_id)
        self._set_former_aside(decision, letter)
        values = self._public(picture, published)
        if letter.was_redacted and values["words"] and letter.words and not self.redactions:
            # What was blanked out in public stays so; her own text still has it.
            for name in ("title", "words", "was_redacted"):
                del values[name]
        for name, value in values.items():
            setattr(letter, name, value)
        letter.save(update_fields=[*values, "excerpt", "search_text"])
        self.letter = letter

    # ------------------------------------------------------------ other decisions

    def decline(self, moderator, reason, *, note="", batch=""):
        """reason: a code of `letters.reasons`. note: what its writer reads with her receipt. Of a
        letter that is public already, what is declined is what its writer wanted to add. Raises
        AlreadyDecided, ChangedMeanwhile."""
        state = self.State.PUBLISHED if self.letter_id else self.State.DECLINED
        with transaction.atomic():
            self._decide(
                moderator,
                Decision.Act.DECLINE,
                state,
                reason,
                as_read={"agreed_by_id": self.agreed_by_id},
                batch=batch,
                values={"note": note},
            )
            self._refuse_picture(reason)

    def pass_on(self, moderator, *, batch=""):
        """Not hers to decide today. No reason, and nobody counts it."""
        if self.state != self.State.WAITING:
            raise AlreadyDecided
        with transaction.atomic():
            self.release(moderator)
            return self._record(moderator, Decision.Act.PASS, batch=batch)

    def ask_lead(self, moderator, question="", *, batch=""):
        """Leave it to a lead. question: words for her, kept encrypted. Raises AlreadyDecided."""
        with transaction.atomic():
            self._decide(
                moderator,
                Decision.Act.ASK,
                self.State.WAITING,
                as_read={"agreed_by_id": self.agreed_by_id},
                batch=batch,
                values={"for_lead": True, "question": question, "agreed_by_id": self.agreed_by_id},
            )

    def _refuse_picture(self, reason):
        """Known again when it comes again, also when nothing else is left of it."""
        from letters import reasons

        if reasons.refuses_picture(reason):
            self.traces.filter(of="picture").update(refused=True)

    # ---------------------------------------------------------------------- record

    def _decide(
        self, moderator, act, state, reason="", *, as_read=None, values=None, batch="", letter=None
    ):
        """One outcome, whoever comes first: the row changes only while it is waiting, and as it
        was read. as_read: values of SEEN. values: what else changes in it. letter: its new one.
        Whoever agreed to it before is told where this is not what she agreed to."""
        first = self.agreed_by_id
        values = {
            **dict.fromkeys(("agreed_by_id", "claimed_by_id", "claimed_until")),
            "for_lead": False,
            **({} if state == self.State.WAITING else {"question": ""}),
            **(values or {}),
            "state": state,
            **({"letter_id": letter.pk} if letter else {}),
        }
        waiting = type(self).objects.filter(pk=self.pk, state=self.State.WAITING)
        if not waiting.filter(letter_id=self.letter_id, **(as_read or {})).update(**values):
            raise ChangedMeanwhile if waiting.exists() else AlreadyDecided
        for name, value in values.items():
            setattr(self, name, value)
        if letter:
            self.letter = letter
        if state != self.State.WAITING:
            self._leave_burst()
        decision = self._record(moderator, act, reason, batch=batch)
        if first is not None:
            Otherwise.after(decision, first, as_read or {}, values)
        return decision

    def _record(self, moderator, act, reason="", *, batch="", undoes=None):
        now = timezone.now()
        settles = act in Decision.SETTLES and not self.erased
        return Decision.objects.create(
            submission=self,
            moderator=moderator,
            act=act,
            reason=reason,
            made=now,
            language=self.language,
            waited=max(0, int((now - self.received).total_seconds())) if settles else None,
            batch=batch,
            undoes=undoes,
        )

    def _leave_burst(self):
        """The next of its burst stands for the others."""
        if not self.same_words:
            return
        if self.burst_of_id:
            type(self).objects.filter(pk=self.pk).update(burst_of=None)
            self.burst_of = None
            return
        others = type(self).objects.filter(burst_of=self.pk)
        if first := others.waiting().values_list("pk", flat=True).first():
            others.exclude(pk=first).update(burst_of=first)
            others.filter(pk=first).update(burst_of=None)
