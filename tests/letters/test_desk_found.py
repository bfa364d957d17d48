"""Decided letters at the desk: listed, narrowed, found again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from letters.desk.found import MOST_FOUND
from letters.models import Letter
from tests.letters.decided import DESK, LIST, declined, now, published, text
from tests.letters.submissions import waiting
from tests.people import person, signed_in


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


def keys(page):
    return [row.submission_id for row in page.context["rows"]]


def test_the_newest_decision_stands_first_and_each_letter_once(desk, amal):
    first, second, third = published(amal), declined(amal), waiting()
    first.take_down(amal, "hate")
    page = desk.get(LIST)
    assert keys(page) == [first.pk, second.pk]
    assert "Taken down: It is hateful" in text(page)
    assert f"Letter {third.pk}<" not in text(page)


def test_the_list_is_read_in_pages_without_gaps(desk):
    made = [published().pk for _number in range(27)]
    first = desk.get(LIST)
    second = desk.get(f"{LIST}?{first.context['next_page']}")
    assert keys(first) + keys(second) == made[::-1]
    assert second.context["next_page"] == ""


def test_only_the_languages_that_she_reads(desk):
    spanish, arabic = published(language="es"), published(language="ar")
    assert keys(desk.get(LIST)) == [arabic.pk]
    assert desk.get(f"{LIST}{spanish.pk}/").status_code == 404
    assert keys(desk.get(LIST, {"q": "alone"})) == [arabic.pk]
    for asked in (str(spanish.pk), spanish.letter.address):
        assert desk.get(LIST, {"q": asked}).status_code == 200
    for act in ("take-down", "put-back", "restore", "correct"):
        assert desk.post(f"{LIST}{spanish.pk}/{act}/", {"reason": "hate"}).status_code == 404
    assert Letter.objects.public().filter(language="es").exists()


def test_the_list_is_narrowed_by_outcome_and_language(desk, amal):
    english, arabic = published(), published(language="ar")
    refused, gone, down = declined(), published(), published()
    gone.withdraw()
    down.take_down(amal, "hate")
    for outcome, expected in {
        "published": [arabic.pk, english.pk],
        "declined": [refused.pk],
        "taken-down": [down.pk],
        "gone": [gone.pk],
    }.items():
        assert keys(desk.get(LIST, {"outcome": outcome})) == expected, outcome
    page = desk.get(LIST, {"outcome": "published", "language": "ar"})
    assert keys(page) == [arabic.pk]


def test_her_own_decisions_are_hers_alone(desk, amal, bea):
    hers, another = published(amal), published(bea)
    passed = waiting()
    passed.pass_on(amal)
    page = desk.get(LIST, {"mine": "1"})
    assert keys(page) == [passed.pk, hers.pk]
    assert f'href="{DESK}{passed.pk}/"' in text(page)
    assert keys(desk.get(LIST)) == [another.pk, hers.pk]


def test_nothing_in_the_list_says_who_decided(desk, bea):
    published(bea)
    assert "bea" not in text(desk.get(LIST))


def test_words_are_searched_in_public_letters_only(desk):
    found = published(words="A red umbrella")
    declined(words="A red umbrella")
    assert keys(desk.get(LIST, {"q": "RED umbr"})) == [found.pk]
    assert keys(desk.get(LIST, {"q": "green"})) == []
    assert "No decided letter is like that" in text(desk.get(LIST, {"q": "green"}))


def test_a_search_is_bounded(desk, monkeypatch):
    monkeypatch.setattr("letters.desk.found.MOST_FOUND", 2)
    made = [published().pk for _number in range(3)]
    assert MOST_FOUND > 25
    assert keys(desk.get(LIST, {"q": "alone"})) == made[:0:-1]


def test_a_number_or_an_address_leads_to_the_letter(desk):
    submission = published()
    page = f"{LIST}{submission.pk}/"
    for asked in (str(submission.pk), submission.letter.address, submission.letter.code):
        assert desk.get(LIST, {"q": asked}).headers["Location"] == page, asked
    assert desk.get(LIST, {"q": "999999"}).status_code == 200
    assert desk.get(LIST, {"q": "9" * 40}).status_code == 200
    waits = waiting()
    to_the_desk = desk.get(LIST, {"q": str(waits.pk)}, follow=True)
    assert to_the_desk.redirect_chain[-1][0] == f"{DESK}{waits.pk}/"


def test_a_cursor_that_is_not_ours_is_the_first_page(desk):
    submission = published()
    assert keys(desk.get(LIST, {"after": "x' or 1=1"})) == [submission.pk]


def test_she_undoes_what_she_decided_a_moment_ago_and_nothing_else(desk, amal, bea):
    old, another, hers = published(amal), published(bea), published(amal)
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        older = published(amal)
    down = published(amal)
    down.take_down(bea, "hate")
    rows = desk.get(LIST, {"mine": "1"}).context["rows"]
    may = {row.submission_id for row in rows if row.may_be_undone}
    assert may == {old.pk, hers.pk}
    page = text(desk.get(LIST))
    assert f"/undo/{hers.decisions.get().pk}/" in page
    for one in (another, older, down):
        assert f"/undo/{one.decisions.first().pk}/" not in page
    desk.post(f"{DESK}undo/{hers.decisions.get().pk}/")
    assert now(hers).state == "waiting"
    assert hers.pk not in keys(desk.get(LIST))


def test_what_was_decided_together_is_undone_together(desk, amal):
    pair = [waiting(), waiting()]
    for submission in pair:
        submission.decline(amal, "spam", batch="b" * 32)
    page = text(desk.get(LIST))
    assert page.count("/undo/batch/") == 1
    desk.post(f"{DESK}undo/batch/{'b' * 32}/")
    assert {now(one).state for one in pair} == {"waiting"}


def test_the_list_costs_the_same_however_much_was_decided(
    desk, amal, django_assert_max_num_queries
):
    published(amal)
    desk.get(LIST)
    for parameters in ({}, {"mine": "1"}, {"q": "alone"}):
        cache.clear()
        with django_assert_max_num_queries(15) as few:
            desk.get(LIST, parameters)
        for _number in range(8):
            published(amal).take_down(amal, "hate")
            published(amal)
        cache.clear()
        with django_assert_max_num_queries(15) as many:
            desk.get(LIST, parameters)
        assert len(few) == len(many), parameters


def test_the_listing_of_letters_leads_to_the_desk(client, amal, admin_user):
    english, spanish = published(), published(language="es")
    signed_in(client, amal)
    page = text(client.get("/admin/snippets/letters/letter/"))
    assert f'href="{LIST}{english.pk}/"' in page
    assert f'href="{LIST}{spanish.pk}/"' not in page
    signed_in(client, person("eva", "Editors"))
    assert "/admin/desk/" not in text(client.get("/admin/snippets/letters/letter/"))
