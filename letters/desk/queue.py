"""What waits, and for whom: the one place that says which submissions a person may see."""

from datetime import UTC

from django.db.models import BooleanField, Case, Count, Min, Q, Value, When
from django.db.models.functions import Length
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from letters.models import ModeratorProfile, Submission
from letters.vocabulary import HeldReason, Way
from portal.languages import direction
from portal.names import language_name
from portal.private import WrongKey

PER_PAGE = 25


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
    def languages(self):
        """Codes of the languages that she reads; None for all."""
        if leads(self.user):
            return None
        profile = ModeratorProfile.objects.filter(user=self.user).first()
        return (profile.languages if profile else None) or None

    @property
    def language_names(self):
        return sorted(language_name(code) for code in self.languages or [])

    def submissions(self):
        """Of any state, in her languages."""
        found = Submission.objects.defer("contact", "appeal")
        if self.languages is not None:
            found = found.filter(language__in=self.languages)
        return found

    def waiting(self):
        return self.submissions().waiting()

    def count(self):
        """{"waiting": how many, "oldest": when the first of them came or None}"""
        return self.waiting().order_by().aggregate(waiting=Count("pk"), oldest=Min("received"))

    # -------------------------------------------------------------------- one page

    def rows(self, after=""):
        """A page of the list and the cursor of the next one ("" at the end). The words stay
        in the database: only their length is asked for."""
        found = self.waiting().defer(
            *("contact", "appeal", "title", "words", "signature", "addressee")
        )
        found = found.annotate(length=Length("words"))
        if place := place_of(after):
            found = found.filter(later_than("due", *place))
        rows = list(found[: PER_PAGE + 1])
        has_more = len(rows) > PER_PAGE
        rows = rows[:PER_PAGE]
        return rows, cursor_at(rows[-1].due, rows[-1].pk) if has_more else ""

    # ------------------------------------------------------------------ one letter

    def find(self, pk):
        """A submission that she may see, decided or not, or None."""
        has_contact = Case(
            When(contact="", then=Value(False)), default=Value(True), output_field=BooleanField()
        )
        found = self.submissions().annotate(has_contact=has_contact)
        return found.select_related("decision_maker", "campaign", "letter").filter(pk=pk).first()

    def next_after(self, due, pk):
        """The key of the letter to read next: the first later one, else the oldest, else None."""
        keys = self.waiting().exclude(pk=pk).values_list("pk", flat=True)
        later = keys.filter(later_than("due", due, pk)).first()
        return later if later is not None else keys.first()


# ------------------------------------------------------------- places in a list


def later_than(field, moment, pk):
    """What stands behind a place in a list that is ordered by a moment and the key."""
    return Q(**{f"{field}__gt": moment}) | Q(**{field: moment, "pk__gt": pk})


def cursor_at(moment, pk):
    return f"{moment.isoformat()}_{pk}"


def place_of(cursor):
    """(moment, key) of a cursor, or None for one that is not ours."""
    moment, _underscore, key = cursor.partition("_")
    try:
        found = parse_datetime(moment)
        if found is None or found.tzinfo is None or not key.isdecimal() or len(key) > 18:
            return None
        return found.astimezone(UTC), int(key)
    except (ValueError, OverflowError):  # of the year 0, for instance
        return None


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
