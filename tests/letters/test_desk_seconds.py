"""A decision that came second: what it is answered, what can be brought to a lead or left out; also
in a text that its writer has changed meanwhile, or about a letter that somebody reported."""

import re

import pytest
from django.http import QueryDict
from django.test import Client
from wagtail.models import ModelLogEntry

from letters.desk.decided_views import SettledView
from letters.desk.queue import Queue
from letters.desk.second import Wish, answer
from letters.models import Letter, Report
from tests.letters.decided import DESK, declined, messages, now, published, text
from tests.letters.submissions import waiting
from tests.people import person, signed_in

LOST = "What you had marked is lost"


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def lead(db):
    return person("lina", "Lead moderators")


def came_second(rf, user, submission, act, **posted):
    """The answer to somebody who decides a letter that was decided already."""
    data = QueryDict(mutable=True)
    for name, value in posted.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    view = SettledView()
    view.setup(rf.get("/"), pk=submission.pk)
    view.request.user, view.queue = user, Queue(user)
    return answer(view, Wish.of(act, data, now(submission)))


@pytest.mark.parametrize("headers", [{}, {"X-Desk": "letter"}])
def test_a_decision_that_comes_second_is_answered_with_both(desk, bea, headers):
    submission = published(bea)
    fields = {"reason": "hate", "note": "It calls somebody names."}
    second = desk.post(f"{DESK}{submission.pk}/decline/", fields, headers=headers)
    page = text(second)
    assert "bea has published this letter" in page
    assert "You wanted to decline it: It is hateful" in page
    assert "It calls somebody names." in page
    assert f'action="{DESK}{submission.pk}/object/"' in page
    assert ("<html" in page) == (not headers)
    assert Letter.objects.public().exists() and submission.decisions.count() == 1


def test_who_wanted_the_same_has_nothing_left_to_do(rf, amal, bea):
    for submission, act in ((published(bea), "publish"), (declined(bea), "decline")):
        second = came_second(rf, amal, submission, act, reason="hate")
        assert second.context_data["agrees"] and not second.context_data["may_object"]
        assert "bea has" in second.context_data["outcome"]


def test_who_wanted_something_else_may_bring_it_to_a_lead(rf, amal, bea):
    second = came_second(rf, amal, published(bea), "decline", reason="hate", note="Says names.")
    assert second.context_data["may_object"]
    assert second.context_data["ask_form"]["question"].value() == "Says names."
    assert "It is hateful" in second.context_data["wish"].sentence
    assert came_second(rf, amal, declined(bea), "publish").context_data["may_object"]


def test_nothing_is_offered_about_a_letter_that_its_writer_took_back(rf, amal, bea):
    submission = published(bea)
    submission.withdraw()
    second = came_second(rf, amal, submission, "decline", reason="hate")
    assert not second.context_data["may_object"]


def test_a_decline_against_a_publication_hides_it_until_a_lead_has_looked(
    desk, client, amal, bea, lead
):
    submission = published(bea)
    address = submission.letter.address
    fields = {"act": "decline", "reason": "hate", "question": "It names my neighbour."}
    said = desk.post(f"{DESK}{submission.pk}/object/", fields, follow=True)
    assert "A lead will look" in messages(said)
    assert client.get(address).status_code == 404
    submission = now(submission)
    assert (submission.state, submission.for_lead) == ("waiting", True)
    assert "It is hateful" in submission.question
    assert "It names my neighbour." in submission.question
    assert [x.act for x in submission.decisions.order_by("pk")] == ["publish", "return", "ask"]
    assert submission.decisions.latest("pk").moderator == amal
    assert {x.action for x in ModelLogEntry.objects.all()} == {"letters.return", "letters.ask"}
    assert "neighbour" not in repr(list(ModelLogEntry.objects.values()))
    asks = signed_in(Client(), lead).get(f"{DESK}{submission.pk}/")
    assert "It names my neighbour." in text(asks)


def test_a_publication_against_a_decline_asks_a_lead_and_shows_nothing(desk, amal, bea):
    submission = declined(bea)
    desk.post(f"{DESK}{submission.pk}/object/", {"act": "publish", "question": ""})
    submission = now(submission)
    assert (submission.state, submission.for_lead) == ("waiting", True)
    assert not Letter.objects.exists()


def test_an_objection_that_is_none_changes_nothing(desk, amal, bea):
    submission = published(bea)
    said = desk.post(f"{DESK}{submission.pk}/object/", {"act": "publish"}, follow=True)
    assert "This changed nothing" in messages(said)
    assert Letter.objects.public().exists()


def test_a_letter_whose_addition_was_declined_stays_with_its_readers(desk, rf, amal, bea):
    submission = waiting(
        with_picture=True, picture_alt="A page", may_publish_picture=False, may_publish_words=True
    )
    submission.publish(bea)
    submission.allow({"words", "picture"})
    submission.decline(bea, "hate")
    second = came_second(rf, amal, submission, "publish")
    assert not second.context_data["agrees"] and not second.context_data["may_object"]
    desk.post(f"{DESK}{submission.pk}/object/", {"act": "publish"})
    assert Letter.objects.public().exists()


def test_words_that_the_second_had_left_out_are_left_out_by_one_button(desk, rf, amal, bea):
    submission = published(bea, words="Joan wrote. Call Quito.")
    marked = ["words:0-4:name", "words:17-22:place"]
    posted = {"redaction": marked, "texts": submission.texts_seen}
    second = came_second(rf, amal, submission, "publish", **posted)
    context = second.context_data
    assert context["agrees"] and context["may_leave_out"]
    assert [one["text"] for one in context["left_out"]] == ["Joan", "Quito"]
    desk.post(f"{DESK}{submission.pk}/leave-out/", posted)
    assert Letter.objects.get().words == "⟦name⟧ wrote. Call ⟦place⟧."
    second = came_second(rf, amal, submission, "publish", **posted)
    assert not second.context_data["may_leave_out"]


# ------------------------------------------------------- in a letter that was changed


def read(submission):
    return {"seen": submission.seen, "texts": submission.texts_seen}


def publish(desk, submission, **fields):
    return desk.post(f"{DESK}{submission.pk}/publish/", fields)


def test_places_in_a_text_that_was_changed_since_mark_nothing(desk, bea):
    submission = waiting(words="Maria and Joan wrote to Quito.")
    fields = read(submission) | {"redaction": "words:10-14:name"}
    now(submission).blank_out(["Maria"])
    now(submission).publish(bea)
    page = text(publish(desk, submission, **fields))
    assert LOST in page and "nothing is left to do" not in page
    assert f'action="{DESK}{submission.pk}/leave-out/"' not in page


def test_words_are_found_wherever_they_stand_now(desk, bea):
    submission = waiting(words="Maria and Joan wrote to Quito.")
    fields = read(submission) | {"blank_words": "Joan", "blank_reason": "name"}
    now(submission).blank_out(["Maria"])
    now(submission).publish(bea)
    page = text(publish(desk, submission, **fields))
    assert LOST not in page and '<li lang="en" dir="auto">Joan</li>' in page
    found = dict(re.findall(r'name="(texts|redaction)" value="([^"]+)"', page))
    desk.post(f"{DESK}{submission.pk}/leave-out/", found)
    assert Letter.objects.get().words == "⟦writer⟧ and ⟦name⟧ wrote to Quito."


def test_the_page_that_came_second_may_be_old_too(desk, bea):
    submission = waiting(words="Maria and Joan wrote to Quito.")
    fields = read(submission) | {"redaction": "words:10-14:name"}
    now(submission).publish(bea)
    page = text(publish(desk, submission, **fields))
    assert LOST not in page
    found = dict(re.findall(r'name="(texts|redaction)" value="([^"]+)"', page))
    now(submission).blank_out(["Maria"])
    words = Letter.objects.get().words
    after = desk.post(f"{DESK}{submission.pk}/leave-out/", found, follow=True)
    assert LOST in text(after)
    assert Letter.objects.get().words == words
    assert LOST not in text(desk.get(f"{DESK}decided/{submission.pk}/"))


def test_a_letter_that_its_writer_took_back_says_so_and_no_more(desk, bea):
    submission = waiting(words="Joan wrote.")
    submission.publish(bea)
    fields = {"texts": submission.texts_seen, "redaction": "words:0-4:name"}
    now(submission).withdraw()
    after = text(desk.post(f"{DESK}{submission.pk}/leave-out/", fields, follow=True))
    assert "its writer has taken this letter back" in after and LOST not in after


def test_a_reported_letter_is_brought_to_nobody_but_those_who_decide_reports(desk, bea):
    submission = waiting()
    submission.publish(bea)
    Report.take(submission.letter, reason="about-me")
    page = text(desk.post(f"{DESK}{submission.pk}/decline/", {"reason": "hate"}))
    assert f'href="{DESK}reports/{submission.letter_id}/"' in page
    assert "/object/" not in page
    said = desk.post(f"{DESK}{submission.pk}/object/", {"act": "decline"}, follow=True)
    assert "This changed nothing" in text(said)
    assert Report.objects.open().get().letter_id == submission.letter_id
