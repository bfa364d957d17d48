"""How many public letters there are of what, without counting them.

Triggers note every change; here the changes are added up, and counted anew once a day, in case
somebody has changed letters behind the triggers' backs.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Max, Sum

from letters.models import LetterCount
from letters.search import index
from portal import clock, tree

KEY = ["language", "kind", "decision_maker_id", "campaign_key"]
# Changes with every row of counts, also with those of a transaction that began earlier.
STAMP = "(SELECT COALESCE(MAX(id), 0) || '.' || COUNT(*) FROM letters_lettercount)"


@dataclass(frozen=True)
class Counts:
    stamp: str
    rows: tuple  # ((language, kind, decision_maker_id, campaign_key), how many)

    def of(self, chosen):
        """How many letters there are of {name of KEY: value}."""
        places = [(KEY.index(name), value) for name, value in chosen.items()]
        return sum(
            number for key, number in self.rows if all(key[at] == value for at, value in places)
        )

    def values(self, name):
        """Of what there are letters."""
        return {key[KEY.index(name)] for key, _number in self.rows} - {None}


_COUNTS = "counts of letters"


def current(stamp=None):
    """Counts, from memory as long as they have this stamp; without one it is asked for."""
    memory = tree.current().remembered
    if stamp is None:
        stamp = ask_for_stamp()
    found = memory.get(_COUNTS)
    if found is None or found.stamp != stamp:
        sums = LetterCount.objects.order_by().values_list(*KEY).annotate(Sum("letters"))
        rows = tuple((tuple(key), number) for *key, number in sums if number > 0)
        found = memory[_COUNTS] = Counts(stamp, rows)
    return found


def remembered():
    """The counts as they last were, without a query if there are any."""
    return tree.current().remembered.get(_COUNTS) or current()


def ask_for_stamp():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STAMP}")
        return cursor.fetchone()[0]


@clock.every(minutes=1)
def add_up():
    """Make one row of those of the same. First, what was deleted goes out of SQLite's index."""
    past = LetterCount.objects.filter(
        pk__lte=LetterCount.objects.aggregate(last=Max("pk"))["last"] or 0
    )
    if past.filter(letters__lt=0).exists():
        index.wipe(connection)
    twice = past.order_by().values(*KEY).annotate(times=Count("pk")).filter(times__gt=1)
    if not twice.exists() and not past.filter(letters__lt=0).exists():
        return
    with transaction.atomic():
        # Another process that adds up as well finds those gone that were counted here.
        rows = list(past.select_for_update())
        sums = Counter()
        for row in rows:
            sums[tuple(getattr(row, name) for name in KEY)] += row.letters
        LetterCount.objects.filter(pk__in=[row.pk for row in rows]).delete()
        LetterCount.objects.bulk_create(
            LetterCount(**dict(zip(KEY, key, strict=True)), letters=number)
            for key, number in sums.items()
            if number
        )


@clock.every(hours=24)
def count_anew():
    with transaction.atomic():
        if connection.vendor == "postgresql":  # who publishes waits; SQLite lets one write anyway
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE letters_lettercount IN SHARE ROW EXCLUSIVE MODE")
        index.count_anew(connection)
