"""What waits, and for whom: the one place that says which submissions a person may see."""

from django.db.models import BooleanField, Case, Count, Min, Q, Value, When
from django.db.models.functions import Length
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property

from letters.models import ModeratorProfile, Submission
from letters.vocabulary import HeldReason
from portal.languages import direction
from portal.names import language_name

PER_PAGE = 25


def may_decide(user):
    return user.has_perm("letters.decide_submission")


def leads(user):
    return user.has_perm("letters.see_original")


class Queue:
    """The waiting submissions that a moderator may decide, oldest first.

    Nothing that is asked for here decrypts a contact.
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
        found = Submission.objects.defer("contact")
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
        found = self.waiting().defer("contact", "title", "words", "signature", "addressee")
        found = found.annotate(length=Length("words"))
        place = self._place(after)
        if place:
            found = found.filter(_later_than(*place))
        rows = list(found[: PER_PAGE + 1])
        has_more = len(rows) > PER_PAGE
        rows = rows[:PER_PAGE]
        return rows, self._cursor(rows[-1]) if has_more else ""

    @staticmethod
    def _cursor(submission):
        return f"{submission.received.isoformat()}_{submission.pk}"

    @staticmethod
    def _place(cursor):
        moment, _underscore, key = cursor.partition("_")
        try:
            received = parse_datetime(moment)
        except ValueError:
            return None
        if received is None or received.tzinfo is None or not key.isdecimal() or len(key) > 18:
            return None
        return received, int(key)

    # ------------------------------------------------------------------ one letter

    def find(self, pk):
        """A submission that she may see, decided or not, or None."""
        has_contact = Case(
            When(contact="", then=Value(False)), default=Value(True), output_field=BooleanField()
        )
        found = self.submissions().annotate(has_contact=has_contact)
        return found.select_related("decision_maker", "campaign").filter(pk=pk).first()

    def next_after(self, received, pk):
        """The key of the letter to read next: the first later one, else the oldest, else None."""
        keys = self.waiting().exclude(pk=pk).values_list("pk", flat=True)
        later = keys.filter(_later_than(received, pk)).first()
        return later if later is not None else keys.first()


def _later_than(received, pk):
    return Q(received__gt=received) | Q(received=received, pk__gt=pk)


def shown(submission):
    """What the templates need besides the fields."""
    submission.language_label = language_name(submission.language)
    submission.dir = direction(submission.language)
    reasons = dict(HeldReason.choices)
    submission.held_labels = [reasons.get(code, code) for code in submission.held]
    return submission
