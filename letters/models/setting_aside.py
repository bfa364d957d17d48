"""What readers saw before a decision, set aside for as long as this can be undone."""

from django.db import models, transaction
from django.utils import timezone
from wagtail.models import ReferenceIndex

from letters import hiding
from letters.models.decision import UNDO
from letters.models.former import Former
from letters.models.letter import Letter, new_code
from portal.private import WrongKey

# What stays of a public letter when it is as it was before.
_ITS_OWN = {"id", "code", "hidden"}
_FIELDS = [field.attname for field in Letter._meta.concrete_fields if field.attname not in _ITS_OWN]


class SettingAside(models.Model):
    """The part of a Submission that remembers how it was; stands before `WritersActs` among the
    bases. Whatever changes what readers may see makes it forget: nothing comes back by undoing
    that was taken out since."""

    class Meta:
        abstract = True

    # ------------------------------------------------------------------- forgetting

    def _forget_former(self, only_past=False):
        """Inside a transaction, with the row locked. only_past: what can't be undone any more."""
        formers = Former.objects.filter(decision__submission=self, is_gone=False)
        if only_past:
            formers = formers.filter(decision__made__lte=timezone.now() - UNDO)
        for former in formers.select_related("letter__picture"):
            _delete(former.letter)
            Former.objects.filter(pk=former.pk).update(is_gone=True, letter=None, note="")

    def forget_past(self):
        """Ten minutes after it was decided nothing is kept for undoing it."""
        with transaction.atomic():
            self._look_anew()
            self._forget_former(only_past=True)
            past = Former.objects.filter(decision__submission=self, is_gone=True)
            past.filter(decision__made__lte=timezone.now() - UNDO).delete()

    def allow(self, consents):
        with transaction.atomic():
            lost = super().allow(consents)
            self._forget_former()
        return lost

    def blank_out(self, phrases):
        with transaction.atomic():
            places = super().blank_out(phrases)
            self._forget_former()
        return places

    def withdraw(self):
        with transaction.atomic():
            super().withdraw()
            self._forget_former()

    # ---------------------------------------------------------------- a whole letter

    def _set_aside(self, decision):
        """Its public letter, if it has one; readers don't find it any more. Its state and its
        note are still those before the decision."""
        letter, self.letter = self.letter, None
        refused = self.traces.filter(of="picture", refused=True).exists()
        try:
            note = self.note
        except WrongKey:  # nobody reads it any more
            note = ""
        Former.objects.create(
            decision=decision, letter=letter, state=self.state, note=note, refused=refused
        )
        if letter is not None and not letter.hidden:
            letter.hide()

    def _take_up_again(self, former):
        """As it was before `_set_aside`."""
        self.letter, self.state, self.note = former.letter, former.state, former.note
        self.claimed_by = self.claimed_until = None
        self.save(update_fields=["letter", "state", "note", "claimed_by", "claimed_until"])
        self._leave_burst()
        if self.letter is not None and self.state == self.State.PUBLISHED:
            if not self.letter.reports.filter(state="open").exists():
                self.letter.show()
        if former.refused:
            self.traces.filter(of="picture").update(refused=True)
        former.delete()

    # -------------------------------------------------------------------- an addition

    def _set_former_aside(self, decision, letter):
        """A copy of a public letter to which more is added now, with its picture."""
        values = {name: getattr(letter, name) for name in _FIELDS}
        copy = Letter.objects.create(**values, code=new_code(), hidden=True)
        Former.objects.create(decision=decision, letter=copy, state=self.state)
        if copy.picture_id:
            picture_id = copy.picture_id
            transaction.on_commit(lambda: hiding.remove_files(picture_id), robust=True)

    def _take_addition_back(self, former):
        """Readers see what they saw before; what was added waits again."""
        letter, before = self.letter, former.letter
        added = letter.picture
        for name in _FIELDS:
            setattr(letter, name, getattr(before, name))
        letter.save()
        before.delete()
        if added is not None:
            added.delete()
        if not letter.hidden:
            letter.show()  # and its picture's files
        self.state = self.State.WAITING
        self.save(update_fields=["state"])
        former.delete()


def _delete(letter):
    if letter is None:
        return
    picture = letter.picture
    ReferenceIndex.remove_references_to(letter)  # from pages that named it
    letter.delete()
    if picture is not None:
        picture.delete()
