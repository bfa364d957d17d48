"""What came second, in a text that its writer has changed meanwhile, or about a letter that
somebody reported."""

import re

import pytest

from letters.models import Letter, Report, Submission
from tests.letters.submissions import waiting
from tests.people import person

DESK = "/admin/desk/"
LOST = "What you had marked is lost"


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


def now(submission):
    return Submission.objects.get(pk=submission.pk)


def text(response):
    return " ".join(response.content.decode().split())


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
