"""Queries whose SQL is kept give what they would give anyway."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from letters.models import Letter
from portal.prepared import Prepared


def newest(kind, before):
    letters = Letter.objects.select_related("decision_maker").filter(kind=kind, pk__lt=before)
    return letters.order_by("-pk")[:3]


@pytest.fixture
def letters(db):
    kinds = ["survivor", "decision-maker", "survivor", "survivor", "survivor"]
    return [
        Letter.objects.create(kind=kind, words=f"Letter {number}", language="en")
        for number, kind in enumerate(kinds)
    ]


def test_each_call_has_its_own_values(letters):
    prepared = Prepared(newest)
    last = letters[-1].pk
    for kind, before in [("survivor", last), ("decision-maker", last), ("survivor", last - 1)]:
        found = prepared(kind, before)
        assert found == list(newest(kind, before))
        assert [letter.words for letter in found] == [one.words for one in newest(kind, before)]
    assert prepared("nobody", last) == []
    with CaptureQueriesContext(connection) as asked:
        prepared("survivor", last)
    with CaptureQueriesContext(connection) as plain:
        list(newest("survivor", last))
    assert len(asked) == len(plain) == 1


def test_what_a_visitor_writes_is_a_value(letters):
    assert Prepared(newest)("' OR 1 = 1 --", letters[-1].pk + 1) == []


def test_what_is_found_is_as_it_is_now(letters):
    prepared = Prepared(newest)
    assert prepared("survivor", letters[-1].pk + 1)[0] == letters[-1]
    letters[-1].delete()
    assert prepared("survivor", letters[-1].pk or 10**9)[0] == letters[-2]


@pytest.mark.django_db(transaction=True)
def test_threads_ask_each_for_themselves():
    locale = Locale.get_default()
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", locale=locale)
    pages = [root.add_child(title=f"{n}", slug=f"page-{n}", locale=locale) for n in range(8)]
    prepared = Prepared(lambda path: Page.objects.select_related("locale").filter(url_path=path))

    def ask(page):
        try:
            return [(found.title, found.locale.pk) for found in prepared(page.url_path)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(ask, pages * 5))
    assert found == [[(page.title, locale.pk)] for page in pages * 5]
