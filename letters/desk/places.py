"""Places in a list that is ordered by a moment and the key: where its next page begins."""

from datetime import UTC

from django.db.models import Q
from django.utils.dateparse import parse_datetime


def later_than(field, moment, pk):
    """What stands behind a place in a list that is ordered by a moment and the key."""
    behind = Q(**{f"{field}__gt": moment}) | Q(pk__gt=pk)
    return Q(**{f"{field}__gte": moment}) & behind  # so that an index finds the place


def earlier_than(field, moment, pk):
    before = Q(**{f"{field}__lt": moment}) | Q(pk__lt=pk)
    return Q(**{f"{field}__lte": moment}) & before


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
