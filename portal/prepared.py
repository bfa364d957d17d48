"""Queries whose SQL is worked out once in a process. Django's ORM composes it anew every time, for
which a page's main query takes longer than a database does to answer it."""

from copy import copy

from django.db import connections
from django.db.models.expressions import RawSQL


class Prepared:
    """make: gives a queryset of models for some values, which may stand only where a column is
    compared with them. Called with values as the database takes them, it gives a list."""

    def __init__(self, make):
        self._make = make
        self._parts = None

    def __call__(self, *values):
        if self._parts is None:
            self._parts = self._composed(len(values))
        queryset, compiler, sql, parameters = self._parts
        given = [values[one.place] if isinstance(one, _Place) else one for one in parameters]
        queryset, compiler = queryset.all(), copy(compiler)
        compiler.connection = connections[queryset.db]
        compiler.as_sql = lambda *args, **kwargs: (sql, given)
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return list(queryset)

    def _composed(self, count):
        places = (RawSQL("%s", [_Place(number)]) for number in range(count))  # noqa: S611
        queryset = self._make(*places)
        compiler = queryset.query.get_compiler(queryset.db)
        return queryset, compiler, *compiler.as_sql()


class _Place:
    """Where a value comes in."""

    def __init__(self, place):
        self.place = place
