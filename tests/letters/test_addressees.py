"""Whom to write to: found by name or kind without JavaScript, without losing a word."""

import pytest

from letters.models import DecisionMaker, Submission
from tests.letters.writer import WORDS

FORM = "/en/write/decision-maker/"


@pytest.fixture
def offices(site):
    for number in range(30):
        DecisionMaker.objects.create(
            name=f"Ministry {number:02}",
            slug=f"ministry-{number:02}",
            kind="government",
            locale=site.en.locale,
        )
    return DecisionMaker.objects.create(
        name="Réseau Éclair", slug="reseau-eclair", kind="platform", locale=site.en.locale
    )


def offered(alice):
    return [choice["value"] for choice in alice.page.select("input[name=decision_maker]")]


def test_of_a_long_list_the_form_shows_the_first(alice, offices):
    alice.open(FORM)
    assert len(offered(alice)) == 12
    assert "There are more" in alice.text


def test_a_name_is_found_without_accents_and_capitals(alice, offices):
    alice.open(FORM).press(step="find", find="eclair")
    assert offered(alice) == ["reseau-eclair"]


def test_a_kind_is_found(alice, offices):
    alice.open(FORM).press(step="find", find_kind="platform")
    assert offered(alice) == ["reseau-eclair"]


def test_searching_keeps_what_she_wrote_and_finds_no_fault_with_it(alice, offices):
    alice.open(FORM).press(step="find", find="eclair", words=WORDS, title="x" * 201)
    assert alice.response.status_code == 200
    assert alice.fields["words"] == WORDS
    assert not alice.page.select(".error, .error-summary")


def test_the_enter_key_in_the_search_field_searches(alice, offices):
    alice.open(FORM).press(find="eclair", words=WORDS)
    assert offered(alice) == ["reseau-eclair"]
    assert not alice.page.select(".error-summary")


def test_whoever_is_chosen_stays_through_another_search(alice, offices):
    alice.open(FORM).press(step="find", find="eclair", words=WORDS)
    alice.press(step="find", find="Ministry 07", decision_maker="reseau-eclair")
    assert offered(alice) == ["reseau-eclair", "ministry-07"]
    assert alice.fields["decision_maker"] == ["reseau-eclair"]
    alice.press(step="check").press(step="send")
    assert Submission.objects.get().decision_maker == offices


def test_when_nobody_is_found_she_can_name_them(alice, offices):
    alice.open(FORM).press(step="find", find="xyzzy")
    assert offered(alice) == []
    assert "Name them below" in alice.text


def test_a_link_may_choose_for_her(alice, offices):
    alice.open(FORM + "?decision_maker=reseau-eclair")
    assert alice.fields["decision_maker"] == ["reseau-eclair"]


def test_thousands_cost_no_query_more(alice, offices, django_assert_max_num_queries, client):
    alice.open(FORM)
    with django_assert_max_num_queries(3):
        client.get(FORM)


def test_platforms_come_first_where_nobody_was_searched_for(alice, offices):
    assert offered(alice.open(FORM))[:2] == ["reseau-eclair", "ministry-00"]
