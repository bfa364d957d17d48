"""Nothing private is kept longer than it is needed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.images import get_image_model

from letters.models import AlreadyDecided, Letter, Submission
from letters.retention import (
    DAYS_AFTER_DECISION,
    delete_what_was_taken_down,
    erase_what_is_past,
)
from tests.letters.submissions import waiting

PRIVATE = ["title", "words", "signature", "addressee", "picture_name", "picture_alt", "contact"]
PRIVATE += ["note", "question", "transcript", "redactions", "boxes", "letter_code", "same_words"]
LETTER = {
    "title": "To you",
    "words": "Canary words",
    "signature": "Ana",
    "addressee": "The mayor",
    "picture_alt": "A page of handwriting",
    "contact": "ana@example.org",
    "content_notes": ["threats"],
    "held": ["rate"],
    "question": "Is this her street?",
    "transcript": "What the page says",
    "redactions": [["words", 0, 6, "name"]],
    "boxes": [[0.1, 0.1, 0.5, 0.5]],
    "same_words": "a" * 64,
}


def after(**time):
    with time_machine.travel(timezone.now() + timedelta(**time), tick=False):
        erase_what_is_past()


def left_of(submission):
    submission.refresh_from_db()
    return {name: getattr(submission, name) for name in PRIVATE if getattr(submission, name)}


@pytest.fixture
def files(django_capture_on_commit_callbacks):
    def names():
        return storages["private"].listdir("letters")[1]

    return names


def test_a_waiting_letter_is_kept_however_long_it_waits(db):
    letter = waiting(**LETTER)
    after(days=400)
    assert left_of(letter)["words"] == "Canary words"


@pytest.mark.parametrize("decide", ["publish", "decline"])
def test_what_was_private_is_erased_thirty_days_after_the_decision(
    db, decide, files, django_capture_on_commit_callbacks
):
    letter = waiting(with_picture=True, **LETTER)
    letter.publish(None) if decide == "publish" else letter.decline(None, "spam")
    after(days=DAYS_AFTER_DECISION - 1)
    assert left_of(letter)["contact"] == "ana@example.org"
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        after(days=DAYS_AFTER_DECISION, minutes=1)
    assert left_of(letter) == {}
    assert (letter.content_notes, letter.held, letter.erased) == ([], [], True)
    assert files() == []


def test_what_its_writer_kept_back_is_erased_thirty_days_after_the_last_decision(db):
    letter = waiting(**LETTER)
    letter.publish(None)
    letter.allow(set())
    assert letter.state == "kept"
    after(days=DAYS_AFTER_DECISION - 1)
    assert left_of(letter)["words"] == "Canary words"
    after(days=DAYS_AFTER_DECISION, minutes=1)
    assert left_of(letter) == {}


def test_what_was_kept_back_before_any_decision_is_erased_as_long_after_it_came(db):
    letter = waiting(**LETTER)
    letter.allow(set())
    assert letter.state == "kept"
    after(days=DAYS_AFTER_DECISION - 1)
    assert left_of(letter)["words"] == "Canary words"
    after(days=DAYS_AFTER_DECISION, minutes=1)
    assert left_of(letter) == {}


def test_a_published_letter_stays_as_readers_know_it(db):
    letter = waiting(**LETTER | {"redactions": []})
    public = letter.publish(None)
    after(days=31)
    public.refresh_from_db()
    assert public.words == "Canary words"
    letter.refresh_from_db()
    assert letter.letter == public  # it can still be taken back


def test_a_contact_that_no_key_opens_is_erased_all_the_same(db, settings):
    letter = waiting(**LETTER)
    letter.decline(None, "spam")
    settings.FIELD_KEYS = ["ZGlmZmVyZW50LWtleS1mb3ItdGVzdHMtb25seS4xMjM="]
    after(days=31)
    assert left_of(letter) == {}


def test_the_day_of_arrival_stays_and_the_hour_goes(db):
    letter = waiting(**LETTER)
    day = letter.received.date()
    letter.decline(None, "spam")
    after(days=31)
    letter.refresh_from_db()
    assert letter.received.date() == day
    assert (letter.received.hour, letter.received.minute, letter.received.second) == (0, 0, 0)


def test_erasing_does_not_undo_what_happened_meanwhile(db):
    letter = waiting(**LETTER)
    letter.publish(None)
    stale = Submission.objects.get(pk=letter.pk)
    letter.withdraw()
    stale.erase()
    letter.refresh_from_db()
    assert (letter.state, letter.letter) == ("withdrawn", None)


def test_an_erased_letter_is_not_decided_again(db):
    letter = waiting(**LETTER)
    letter.decline(None, "spam")
    after(days=31)
    with pytest.raises(AlreadyDecided):
        letter.publish(None)


# -------------------------------------------------------------- what was taken down


def minutes_later(minutes):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        delete_what_was_taken_down()


def test_what_is_taken_down_is_found_nowhere_at_once_and_deleted_after_ten_minutes(site, client):
    submission = waiting(with_picture=True, picture_alt="A page", words="Canary words")
    letter = submission.publish(None)
    assert client.get(letter.address).status_code == 200
    submission.take_down(None, "spam")
    assert client.get(letter.address).status_code == 404
    assert not Letter.objects.public().exists()
    minutes_later(9)
    assert Letter.objects.exists()
    minutes_later(11)
    assert not Letter.objects.exists() and not get_image_model().objects.exists()
    assert client.get(letter.address).status_code == 404


def test_what_was_undone_in_time_is_not_deleted(db, admin_user):
    submission = waiting()
    submission.publish(admin_user)
    submission.take_down(admin_user, "spam")
    submission.undo(submission.decisions.latest("pk"), admin_user)
    minutes_later(60)
    assert Letter.objects.public().exists()


def test_what_was_taken_down_twice_has_ten_minutes_from_the_second_time(db, admin_user):
    submission = waiting()
    submission.publish(admin_user)
    with time_machine.travel(timezone.now() - timedelta(minutes=8), tick=False):
        submission.take_down(admin_user, "spam")
        submission.restore(admin_user)
    submission.take_down(admin_user, "spam")
    minutes_later(5)
    assert Letter.objects.exists()
    minutes_later(11)
    assert not Letter.objects.exists()
