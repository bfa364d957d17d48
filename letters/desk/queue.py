"""What waits, and for whom: the one place that says which submissions a person may see."""

from collections import Counter
from datetime import timedelta

from django.db.models import BooleanField, Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Length
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from letters.desk.counters import decided_today, waiting_now
from letters.desk.places import cursor_at, earlier_than, later_than, place_of
from letters.models import Decision, ModeratorProfile, Submission
from letters.models.submission import SEALED
from letters.vocabulary import HeldReason, Kind, Way
from portal.languages import direction
from portal.names import language_name
from portal.private import WrongKey

PER_PAGE = 25
ROWS = 50  # of the list: as many as may be decided together
PASSED = timedelta(days=1)  # so long a letter that she passed on stays away from her


def may_decide(user):
    return user.has_perm("letters.decide_submission")


def leads(user):
    return user.has_perm("letters.see_original")


class Queue:
    """The waiting submissions that a moderator may decide, in the order in which they are due.

    Nothing that is asked for here decrypts a contact or an appeal.
    """

    def __init__(self, user):
        self.user = user

    @cached_property
    def profile(self):
        return ModeratorProfile.of(self.user)

    @cached_property
    def leads(self):
        return leads(self.user)

    @property
    def languages(self):
        """Codes of the languages that she reads; None for all."""
        return None if self.leads else self.profile.languages or None

    @property
    def language_names(self):
        return sorted(language_name(code) for code in self.languages or [])

    # ------------------------------------------------------------------ which ones

    def submissions(self):
        """Of any state, in her languages."""
        return self._in_her_languages(Submission.objects.sealed())

    def waiting(self):
        """What she is to decide: one row for all that have the same words."""
        return self._in_her_languages(self._for_her())

    def asked(self):
        """What a lead is asked about; nobody else has it in her queue."""
        found = self._in_her_languages(heads()).filter(for_lead=True)
        return found if self.leads else found.none()

    def mine(self):
        """What she says she reads."""
        return self._in_her_languages(heads()).filter(claimed(by=self.user))

    def _in_her_languages(self, found):
        return found if self.languages is None else found.filter(language__in=self.languages)

    def _for_her(self):
        found = heads()
        if not self.leads:
            found = found.filter(for_lead=False)
        if not self.profile.takes("pictures"):
            found = found.filter(picture_name="")
        if not self.profile.takes("survivor_letters"):
            found = found.exclude(kind=Kind.SURVIVOR)
        return self._not_set_aside(found)

    def _not_set_aside(self, found):
        return found.exclude(agreed_by=self.user).exclude(pk__in=self._passed())

    def _passed(self):
        passed = Decision.objects.standing().filter(
            moderator=self.user, act=Decision.Act.PASS, made__gt=timezone.now() - PASSED
        )
        return passed.order_by().values("submission")

    # -------------------------------------------------------------------- how many

    @cached_property
    def by_language(self):
        """{language: (how many she is to decide, when the first of them came)}; see
        `waiting_now` for how old that may be."""
        found = {}
        set_aside = Counter(row[2:] for row in self._hers if row[0] == "aside")
        for group, (count, came) in self._waiting_now.items():
            if not self._takes(*group):
                continue
            before, oldest = found.get(group[0], (0, came))
            count = max(0, count - set_aside[group])
            found[group[0]] = (before + count, min(oldest, came))
        return {language: one for language, one in found.items() if one[0]}

    def count(self):
        """{"waiting": how many she is to decide, "oldest": when the first of them came or None}"""
        found = self.by_language.values()
        oldest = min((came for _count, came in found), default=None)
        return {"waiting": sum(count for count, _came in found), "oldest": oldest}

    @property
    def asked_count(self):
        """How many letters a lead is asked about; None for others."""
        groups = self._waiting_now.items()
        return sum(count for group, (count, _came) in groups if group[3]) if self.leads else None

    @cached_property
    def _waiting_now(self):
        return waiting_now()

    def _takes(self, language, kind, has_picture, for_lead):
        return (
            (self.languages is None or language in self.languages)
            and (self.leads or not for_lead)
            and (self.profile.takes("pictures") or not has_picture)
            and (self.profile.takes("survivor_letters") or kind != Kind.SURVIVOR)
        )

    @cached_property
    def _hers(self):
        """What she has to do with, in one query: [(why, key, *group)]. why: "aside" for what
        waits and is not in her queue because she agreed to it or passed it on, "read" for what
        she says she reads, "decided" for what she has decided today."""
        waiting = heads().order_by().annotate(has_picture=~Q(picture_name=""))
        group = ("language", "kind", "has_picture", "for_lead")
        waiting = waiting.values_list(Value("aside"), "pk", *group)
        reads = heads().order_by().annotate(has_picture=~Q(picture_name=""))
        reads = reads.filter(claimed(by=self.user)).values_list(Value("read"), "pk", *group)
        nothing = (Value(""), Value(""), Value(False), Value(False))
        decided = decided_today(self.user).values_list(Value("decided"), "submission", *nothing)
        passed = waiting.filter(pk__in=self._passed())
        return list(waiting.filter(agreed_by=self.user).union(passed, reads, decided))

    def count_hers(self, why):
        return sum(row[0] == why for row in self._hers)

    # ------------------------------------------------------------------- in a list

    def rows(self, after="", only=None, narrower=None):
        """A page of the list and the cursor of the next one ("" at the end). The words stay
        in the database: only their length is asked for. Each row has `together`: how many
        letters have its words, itself among them.

        only: "asked", "mine" (those she says she reads) or None. narrower: a Q.
        """
        narrower = Q() if narrower is None else narrower
        if place := place_of(after):
            narrower &= later_than("due", *place)
        if chosen := {"mine": self.mine, "asked": self.asked}.get(only):
            # They are few: found by what sets them apart, and not in their order.
            keys = chosen().filter(narrower).order_by().values("pk")
        else:
            keys = self._keys(self._for_her().filter(narrower), ROWS + 1)
        others = Submission.objects.waiting().order_by().filter(burst_of=OuterRef("pk"))
        others = others.values("burst_of").values(count=Count("pk"))
        found = Submission.objects.defer(*SEALED, "title", "words", "signature", "addressee")
        found = found.select_related("claimed_by", "agreed_by").annotate(
            length=Length("words"), together=Coalesce(Subquery(others), 0) + 1
        )
        rows = list(found.filter(pk__in=keys).order_by("due", "pk")[: ROWS + 1])
        has_more = len(rows) > ROWS
        rows = rows[:ROWS]
        return rows, cursor_at(rows[-1].due, rows[-1].pk) if has_more else ""

    def _keys(self, found, count):
        """A query for the keys of the first letters of a queue, those of other languages left
        out; for each language it may give so many.

        Asked for language by language, each in the order of its index: so a language that few
        write in costs no more than one that many write in."""
        if self.languages is None:
            return found.values("pk")[:count]
        first, *others = (
            # In one more query around it: SQLite knows no LIMIT within a UNION.
            Submission.objects.filter(pk__in=found.filter(language=code).values("pk")[:count])
            .order_by()
            .values("pk")
            for code in sorted(set(self.languages))
        )
        return first.union(*others, all=True) if others else first

    def _first(self, narrower, backwards=False):
        """The key of the first letter of her queue, or of the last; None for none."""
        order = ("-due", "-pk") if backwards else ("due", "pk")
        keys = self._keys(self._for_her().filter(narrower).order_by(*order), 1)
        found = Submission.objects.filter(pk__in=keys).order_by(*order)
        return found.values_list("pk", flat=True).first()

    # ------------------------------------------------------------------ one letter

    def find(self, pk):
        """A submission that she may see, decided or not, or None."""
        has_contact = Case(
            When(contact="", then=Value(False)), default=Value(True), output_field=BooleanField()
        )
        found = self.submissions().annotate(has_contact=has_contact)
        beside = ("decision_maker", "campaign", "letter", "claimed_by", "agreed_by")
        return found.select_related(*beside).filter(pk=pk).first()

    def first(self):
        """The key of the letter to begin with: what a lead is asked about comes first for her;
        None if nothing waits, or somebody else reads it all."""
        free = ~claimed(by_others_than=self.user)
        asked = self._not_set_aside(self.asked()).filter(free).order_by().values("pk")
        asked = Submission.objects.filter(pk__in=asked).order_by("due", "pk")
        if self.leads and (pk := asked.values_list("pk", flat=True).first()):
            return pk
        return self._first(free)

    def next_after(self, due, pk):
        """The key of the letter to read next that nobody else reads: the first later one, else
        the oldest, else None."""
        free = ~Q(pk=pk) & ~claimed(by_others_than=self.user)
        return self._first(free & later_than("due", due, pk)) or self._first(free)

    def before(self, due, pk):
        """The key of the letter before one, or None."""
        earlier = earlier_than("due", due, pk) & ~claimed(by_others_than=self.user)
        return self._first(earlier, backwards=True)


def heads():
    """What waits in anybody's queue: of the letters with the same words, the first."""
    return Submission.objects.sealed().waiting().filter(burst_of=None)


def claimed(by=None, by_others_than=None):
    """A condition: somebody says just now that she reads it."""
    now = Q(claimed_by__isnull=False, claimed_until__gt=timezone.now())
    if by is not None:
        return now & Q(claimed_by=by)
    return now & ~Q(claimed_by=by_others_than)


def shown(submission):
    """What the templates need besides the fields."""
    submission.language_label = language_name(submission.language)
    submission.dir = direction(submission.language)
    reasons = dict(HeldReason.choices)
    submission.way_label = way_label(submission)
    submission.held_labels = [reasons.get(code, code) for code in submission.held]
    return submission


def opened(row, name):
    """A decrypted field, or a sentence where no key opens it."""
    try:
        return getattr(row, name)
    except WrongKey:
        return _("This cannot be opened. Ask whoever runs this site.")


def way_label(submission):
    if submission.way != Way.MAIL:
        return submission.get_way_display()
    if submission.confirmed_with:
        return _("By e-mail, confirmed by its writer")
    return _("By e-mail, not confirmed yet")
