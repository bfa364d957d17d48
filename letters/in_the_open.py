"""What anybody may know of the desk's work: how many letters came and what became of them, per
month and language, from the submissions and the log of decisions and nothing else.

Numbers under FEW may point to a person. They are not told, and nothing is from which they could
be worked out, even by somebody who knows these rules.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from django.db import transaction
from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone

from letters import reasons
from letters.models import Decision, MonthInNumbers, Submission
from portal import clock

FEW = 5
MONTHS = 12
ALL = ""  # stands for all languages together in a row's language
COUNTS = ["received", "published", "declined", "withdrawn", "taken_down"]

# ---------------------------------------------------------------------- counting


def month_of(moment):
    """The first day of its month. In UTC: what is erased keeps the day that it came, in UTC."""
    return moment.astimezone(UTC).date().replace(day=1)


def following(month):
    return (month + timedelta(days=31)).replace(day=1)


def before(month):
    return (month - timedelta(days=1)).replace(day=1)


@clock.every(hours=1)
def count_lately():
    """What decisions and writers still change: this month, and the last one."""
    month = month_of(timezone.now())
    for late in (before(month), month):
        count(late)


def count_everything():
    """Every month since the first letter came. Returns how many."""
    moments = [
        Submission.objects.aggregate(first=Min("received"))["first"],
        Decision.objects.aggregate(first=Min("made"))["first"],
    ]
    now = timezone.now()
    month, months = month_of(min([moment for moment in moments if moment] or [now])), 0
    while month <= month_of(now):
        count(month)
        month, months = following(month), months + 1
    return months


def count(month):
    """Fill the rows of MonthInNumbers of a month. month: its first day. What has not changed is
    not written."""
    start, end = (datetime(m.year, m.month, 1, tzinfo=UTC) for m in (month, following(month)))
    found = defaultdict(lambda: defaultdict(int, declined={}))
    for language, received, withdrawn in _came(start, end):
        found[language].update(received=received, withdrawn=withdrawn)
    names = {Decision.Act.PUBLISH: "published", Decision.Act.TAKE_DOWN: "taken_down"}
    for language, act, reason, letters in _decided(start, end):
        if act == Decision.Act.DECLINE:
            found[language]["declined"][reason] = letters
        else:
            found[language][names[act]] += letters
    for language, waits in _waits(start, end).items():
        if len(waits) >= FEW:
            found[language]["median_wait"] = int(median(waits))
    _write(month, found)


def _came(start, end):
    rows = Submission.objects.filter(received__gte=start, received__lt=end).order_by()
    withdrawn = Count("pk", filter=Q(state=Submission.State.WITHDRAWN))
    grouped = rows.values("language").annotate(received=Count("pk"), withdrawn=withdrawn)
    return grouped.values_list("language", "received", "withdrawn")


def _decisions(start, end, acts):
    # The first ones were made when decisions did not keep the language.
    language = Case(When(language="", then=F("submission__language")), default=F("language"))
    rows = Decision.objects.standing().filter(made__gte=start, made__lt=end, act__in=acts)
    return rows.annotate(of_language=language)


def _decided(start, end):
    act = Decision.Act
    rows = _decisions(start, end, [act.PUBLISH, act.DECLINE, act.TAKE_DOWN]).order_by()
    grouped = rows.values("of_language", "act", "reason")
    letters = grouped.annotate(letters=Count("submission", distinct=True))
    return letters.values_list("of_language", "act", "reason", "letters")


def _waits(start, end):
    """{language: [seconds that a letter had waited when it was last decided in that month]}"""
    act, last = Decision.Act, {}
    rows = _decisions(start, end, [act.PUBLISH, act.DECLINE]).order_by("made", "pk")
    for submission, language, waited in rows.values_list("submission", "of_language", "waited"):
        last[submission] = (language, waited)
    waits = defaultdict(list)
    for language, waited in last.values():
        if waited is not None:
            waits[language].append(waited)
            waits[ALL].append(waited)
    return waits


def _write(month, found):
    names = ["received", "published", "withdrawn", "taken_down"]
    rows = {
        language: {
            **{name: values[name] for name in names},
            "declined": values["declined"],
            "median_wait": values.get("median_wait"),
        }
        for language, values in found.items()
    }
    with transaction.atomic():
        stored = {row.language: row for row in MonthInNumbers.objects.filter(month=month)}
        for language, row in stored.items():
            if language not in rows:
                row.delete()
        for language, values in rows.items():
            row = stored.get(language)
            if row is None or any(getattr(row, name) != value for name, value in values.items()):
                MonthInNumbers.objects.update_or_create(
                    month=month, language=language, defaults=values
                )


# ---------------------------------------------------------------------- what is told of it


@dataclass(frozen=True)
class Number:
    """value: None where it is not told. is_few: because it is under FEW. is_least: it may be
    more. That is a sum in which something may be missing, or of the running month: told in steps
    of FEW, so that nobody can watch a single letter arrive."""

    value: int | None = None
    is_few: bool = False
    is_least: bool = False


FEWER, NOT_TOLD = Number(is_few=True), Number()


class Month:
    """What is told of a month: of languages that have enough letters of some kind for a row of
    their own, of the other languages together, and of all of these."""

    def __init__(self, month, rows, codes, is_running=False):
        """rows: those of MonthInNumbers, of this month. codes: of all reasons there may be."""
        self.month, self.is_running = month, is_running
        self._rows = {row.language: row for row in rows}
        self._reasons = {row.language: Reasons(row.declined, codes) for row in rows}
        self._counts = {
            row.language: {name: getattr(row, name) for name in COUNTS if name != "declined"}
            | {"declined": self._reasons[row.language].total}
            for row in rows
            if row.language != ALL
        }
        self.languages = [
            language
            for language, counts in self._counts.items()
            if any(number >= FEW for number in counts.values())
        ]
        self._others = Counter()
        for language, counts in self._counts.items():
            if language not in self.languages:
                self._others.update(counts)

    def _told(self, number):
        if number < FEW:
            return FEWER
        return Number(number - number % FEW, is_least=True) if self.is_running else Number(number)

    def of(self, language, name):
        """Of one language, or of ALL. name: one of COUNTS."""
        if language == ALL:
            return self._of_all(name)
        if language not in self.languages:
            return FEWER
        return self._told(self._counts[language][name])

    def of_others(self, name):
        """Of all languages without a row of their own."""
        return self._told(self._others[name])

    @property
    def has_others(self):
        return any(number >= FEW for number in self._others.values())

    def _of_all(self, name):
        """The sum of what the column holds, the other languages where they are told of. What is
        under FEW is left out, and "at least" said, unless it is as unknown beside its sum as
        without it."""
        numbers = [self._counts[language][name] for language in self.languages]
        few = [number for number in numbers if number < FEW]
        total = sum(number for number in [*numbers, self._others[name]] if number >= FEW)
        is_least = self.is_running
        if few and _hides(sum(few), len(few)):
            total += sum(few)
        elif few:
            is_least = True
        if total < FEW:
            return NOT_TOLD
        return Number(total - total % FEW if self.is_running else total, is_least=is_least)

    def median_wait(self, language):
        """Seconds, or None where it is not told: that there are enough letters for one must be
        known already."""
        decided = (self.of(language, name) for name in ("published", "declined"))
        row = self._rows.get(language)
        return row.median_wait if row and any(number.value for number in decided) else None

    def reasons(self, language):
        """[(code, Number)] of why letters in a language were declined, most frequent first; and
        last (None, Number) of the other reasons together. [] where nothing is told.
        """
        if language not in self.languages or not self._reasons[language].listed:
            return []
        found = self._reasons[language]
        told = [(code, self._told(number)) for code, number in found.listed.items()]
        return [*told, (None, self._told(found.others))]


class Reasons:
    """Why letters were declined, in a month and language. listed: {code: number} of those that
    were given often enough, most frequent first. others: the number of all others together.
    total: of what is told, so that what is left of it is nothing that is not.
    """

    def __init__(self, declined, codes):
        numbers = {code: declined.get(code, 0) for code in {*codes, *declined}}
        often = [(-number, code) for code, number in numbers.items() if number >= FEW]
        self.listed = {code: -number for number, code in sorted(often)}
        others = [number for number in numbers.values() if number < FEW]
        self.others = min(sum(others), _most_that_hides(len(others)))
        self.total = sum(self.listed.values())
        if self.others >= FEW or not self.listed:
            self.total += self.others


def _hides(total, count):
    """Whether each of so many numbers under FEW may still be any of them, to whom their sum is
    known."""
    return FEW - 1 <= total <= _most_that_hides(count)


def _most_that_hides(count):
    return (FEW - 1) * max(0, count - 1)


def latest(now=None):
    """The last MONTHS months, newest first, this one included: [Month]; only since the first of
    which anything is known. One query."""
    running = month_of(now or timezone.now())
    first = running
    for _step in range(MONTHS - 1):
        first = before(first)
    codes, rows = reasons.known(), defaultdict(list)
    for row in MonthInNumbers.objects.filter(month__gte=first, month__lte=running):
        rows[row.month].append(row)
    months, month = [], running
    while rows and month >= min(rows):
        months.append(Month(month, rows[month], codes, is_running=month == running))
        month = before(month)
    return months
