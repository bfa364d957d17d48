"""Finding letters by what is in them."""

import pytest

from letters import search
from letters.models import Letter


def found(query):
    return [letter.title for letter in search.matching(Letter.objects.order_by("pk"), query)]


@pytest.fixture(autouse=True)
def letters(db):
    for title, words, language in [
        ("corazón", "Te escribo con el Corazón en la mano", "es"),
        ("hindi", "प्रिय बहन, तुम अकेली नहीं हो", "hi"),
        ("chinese", "亲爱的你，你并不孤单", "zh-hans"),
        ("arabic", "لستِ وحدك", "ar"),
        ("german", "Die Straße gehört uns", "de"),
        ("percent", "100% of us_all", "en"),
    ]:
        Letter.objects.create(kind="survivor", title=title, words=words, language=language)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("corazon", "corazón"),
        ("CORAZÓN", "corazón"),
        ("mano escribo", "corazón"),
        ("बहन", "hindi"),
        ("孤单", "chinese"),
        ("وحدك", "arabic"),
        ("STRASSE", "german"),
        ("100%", "percent"),
    ],
)
def test_it_is_found_as_people_type(query, title):
    assert found(query) == [title]


def test_every_word_must_be_there():
    assert found("corazon berlin") == []


def test_a_vowel_sign_is_not_an_accent():
    assert found("बहिन") == []


def test_signs_of_the_database_are_just_signs():
    assert found("%") == ["percent"]
    assert found("_") == ["percent"]
    assert found("'; DROP TABLE letters_letter; --") == []
    assert found("\\") == []


def test_a_hostile_query_is_bounded(django_assert_max_num_queries):
    with django_assert_max_num_queries(1) as queries:
        found("a " * 5000 + "\u0301" * 5000)
    assert queries.captured_queries[0]["sql"].count("LIKE") <= search.MAX_TERMS


def test_what_was_blanked_out_is_not_found_by_its_reason():
    Letter.objects.create(kind="survivor", title="gap", words="Dear ⟦name⟧, hello", language="en")
    assert found("hello") == ["gap"]
    assert found("name") == []
