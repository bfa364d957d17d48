"""The first of two moderators is told where the second saw a letter differently: at her desk,
without a word of the letter, until she has seen it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from letters.desk.digest import counts
from letters.models import Otherwise
from tests.letters.decided import DESK, declined, now, published, text
from tests.letters.submissions import waiting
from tests.markup import faults
from tests.people import person, signed_in

HEADING = "A colleague saw it differently"
WORDS = "Canary words of hers"


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def second_desk(bea):
    return signed_in(Client(), bea)


@pytest.fixture
def agreed(amal, bea):
    """A letter that she has agreed to publish."""
    letter = waiting(words=WORDS, title="Canary", held=["alike"])
    letter.approve(amal, redactions=[["words", 0, 6, "name"]])
    return now(letter)


def post(client, letter, act, **fields):
    return client.post(f"{DESK}{letter.pk}/{act}/", {"seen": now(letter).seen, **fields})


def told(client):
    """What her list says of it; "" if nothing."""
    page = client.get(DESK).content.decode()
    if 'id="desk-otherwise"' not in page:
        return ""
    start = page.index('<section class="desk-note desk-otherwise"')
    return " ".join(page[start : page.index("</section>", start)].split())


def test_she_is_told_of_a_letter_that_she_agreed_to_and_another_declined(desk, second_desk, agreed):
    assert told(desk) == ""
    post(second_desk, agreed, "decline", reason="hate", note="Canary note")
    page = told(desk)
    assert HEADING in page and f'href="{DESK}decided/{agreed.pk}/"' in page
    assert "You agreed to publish it; bea declined it: It is hateful" in page
    assert "Canary" not in page
    assert told(second_desk) == ""


def test_she_is_told_that_a_lead_was_asked(desk, second_desk, agreed):
    post(second_desk, agreed, "ask", question="Canary question")
    assert "bea asked a lead" in told(desk) and "Canary" not in told(desk)


def test_she_is_told_of_other_places_blanked_out_and_not_where_they_are_the_same(
    desk, second_desk, agreed, amal
):
    same = waiting(words=WORDS, held=["alike"])
    same.approve(amal, redactions=[["words", 0, 6, "name"]])
    post(second_desk, same, "publish", redaction="words:0-6:name")
    assert told(desk) == ""
    post(second_desk, agreed, "publish", redaction="words:7-12:name")
    assert "bea published it with other places blanked out" in told(desk)


def test_she_is_told_of_other_content_notes(desk, second_desk, agreed):
    fields = {"redaction": "words:0-6:name", "content_notes": ["threats"]}
    post(second_desk, agreed, "publish", **fields)
    assert "bea published it with another description or other content notes" in told(desk)


def test_her_own_later_decision_is_no_news(desk, agreed):
    post(desk, agreed, "decline", reason="spam")
    assert now(agreed).state == "declined"
    assert told(desk) == "" and not Otherwise.objects.exists()


def test_what_was_undone_is_not_told(desk, second_desk, agreed):
    post(second_desk, agreed, "decline", reason="hate")
    assert told(desk)
    second_desk.post(f"{DESK}undo/{agreed.decisions.latest('pk').pk}/")
    assert told(desk) == ""


def test_it_is_told_until_she_has_seen_it_and_by_post_only(desk, second_desk, agreed):
    post(second_desk, agreed, "decline", reason="hate")
    key = Otherwise.objects.get().pk
    assert f'name="seen" value="{key}"' in told(desk)
    assert told(desk) and desk.get(f"{DESK}seen/", {"seen": key}).status_code == 405
    second_desk.post(f"{DESK}seen/", {"seen": key})  # not hers
    desk.get(f"{DESK}decided/{agreed.pk}/")
    desk.post(f"{DESK}seen/", {"seen": ["x", "9" * 40, "-1", "²"]})
    assert told(desk)
    assert desk.post(f"{DESK}seen/", {"seen": key}).headers["Location"] == DESK
    assert told(desk) == "" and not Otherwise.objects.exists()


def test_what_came_since_her_page_was_made_is_not_seen_with_the_rest(desk, second_desk, amal):
    first, other = waiting(held=["alike"]), waiting(held=["alike"])
    for letter in (first, other):
        letter.approve(amal)
    post(second_desk, first, "decline", reason="hate")
    key = Otherwise.objects.get().pk
    post(second_desk, other, "decline", reason="hate")
    desk.post(f"{DESK}seen/", {"seen": key})
    assert Otherwise.objects.get().submission == other


@pytest.mark.parametrize(
    ("decided", "act", "fields", "said"),
    [
        (published, "decline", {"reason": "hate"}, "bea came second and wanted to decline"),
        (published, "ask", {}, "bea came second and wanted to ask a lead"),
        (declined, "publish", {}, "bea came second and wanted to publish"),
    ],
)
def test_who_decided_first_learns_that_somebody_came_second_and_wanted_otherwise(
    desk, second_desk, amal, decided, act, fields, said
):
    letter = decided(amal, words=WORDS)
    page = text(post(second_desk, letter, act, **fields))
    assert "Your decision came second" in page
    assert said in told(desk) and "Canary" not in told(desk)
    assert letter.decisions.count() == 1  # nothing else has changed


@pytest.mark.parametrize(("decided", "act"), [(published, "publish"), (declined, "decline")])
def test_who_came_second_and_wanted_the_same_is_no_news(desk, second_desk, amal, decided, act):
    letter = decided(amal)
    assert "You both wanted the same" in text(post(second_desk, letter, act, reason="spam"))
    assert told(desk) == ""


def test_she_is_told_of_words_that_the_second_had_left_out_and_then_leaves_out(
    desk, second_desk, amal
):
    letter = published(amal, words=WORDS)
    marked = {"redaction": "words:0-6:name", "texts": letter.texts_seen}
    post(second_desk, letter, "publish", **marked)
    assert "bea came second and had left out more words" in told(desk)
    post(second_desk, letter, "leave-out", **marked)
    assert "bea came second and left out more words" in told(desk)
    assert Otherwise.objects.count() == 1


def test_she_is_told_that_her_decision_was_brought_to_a_lead(desk, second_desk, amal):
    letter = published(amal)
    fields = {"act": "decline", "question": "Canary question"}
    second_desk.post(f"{DESK}{letter.pk}/object/", fields)
    assert now(letter).for_lead
    assert "saw it differently and asked a lead" in told(desk) and "Canary" not in told(desk)


def test_a_letter_that_she_may_not_read_is_named_without_a_link(desk, agreed, bea):
    now(agreed).correct_language(bea, "es")
    now(agreed).decline(person("lina", "Lead moderators"), "hate")
    assert f"<strong>Letter {agreed.pk}</strong>" in told(desk)
    assert f"decided/{agreed.pk}/" not in told(desk)


def test_mail_and_the_first_page_say_how_many_and_no_more(desk, second_desk, agreed, amal, site):
    assert counts(amal)["otherwise"] == 0
    post(second_desk, agreed, "decline", reason="hate")
    assert counts(amal)["otherwise"] == 1
    page = text(desk.get("/admin/"))
    assert "A colleague saw 1 letter differently than you." in page
    assert not ModelLogEntry.objects.filter(user=amal).exists()


def test_it_costs_the_list_one_query_however_many_there_are(desk, second_desk, amal):
    for number in range(1, 4):
        letter = waiting(held=["alike"])
        letter.approve(amal)
        post(second_desk, letter, "decline", reason="hate")
        desk.get(DESK)
        if number == 1:
            with CaptureQueriesContext(connection) as few:
                desk.get(DESK)
    with CaptureQueriesContext(connection) as many:
        desk.get(DESK)
    assert len(few) == len(many) <= 15


def test_both_pages_that_tell_it_are_valid_html(desk, second_desk, agreed):
    post(second_desk, agreed, "decline", reason="hate")
    for path in (DESK, f"{DESK}decided/"):
        page = desk.get(path).content.decode()
        start = page.index('<section class="desk-note desk-otherwise"')
        ours = page[start : page.index("</section>", start) + len("</section>")]
        assert faults(f"<!DOCTYPE html><title>x</title><main>{ours}</main>") == []
