"""One token, one row, one receipt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from letters.intake import picture, receipt, token
from letters.intake.receive import PictureGone, receive
from letters.models import PendingPicture, Submission
from portal.picture import clean_picture
from tests.portal.pictures import red_left_blue_right, saved

DRAFT = {
    "kind": "survivor",
    "title": "To you",
    "words": "You are not alone, and we believe you.",
    "language": "en",
    "signature": "Ana",
    "content_notes": ["threats"],
    "picture_alt": "",
    "may_publish_words": True,
    "may_quote": False,
    "contact": "",
}


@pytest.fixture
def webp():
    return clean_picture(saved(red_left_blue_right(), "JPEG")).webp


def files():
    try:
        return storages["private"].listdir(picture.FOLDER)[1]
    except FileNotFoundError:
        return []


def test_what_was_written_is_what_is_stored(db):
    submission, digits = receive(DRAFT, "secret", ["rate"])
    submission.refresh_from_db()
    assert {name: getattr(submission, name) for name in DRAFT} == DRAFT
    assert submission.state == "waiting"
    assert submission.held == ["rate"]
    assert submission.receipt_hash == receipt.stored(digits)


def test_neither_token_nor_receipt_is_stored(db):
    submission, digits = receive(DRAFT, "secret-of-hers")
    row = repr(Submission.objects.values().get(pk=submission.pk))
    assert "secret-of-hers" not in row
    assert digits not in row


def test_a_letter_without_a_language_gets_the_one_that_its_words_show(db):
    submission, _digits = receive({**DRAFT, "language": ""}, "secret")
    assert submission.language == "en"


def test_sending_twice_makes_one_letter_with_one_receipt(db):
    first = receive(DRAFT, "secret")
    again = receive({**DRAFT, "words": "Something else altogether."}, "secret")
    assert again == first
    assert Submission.objects.get().words == DRAFT["words"]


def test_fifty_at_a_time_make_one_letter_with_one_receipt(transactional_db, webp):
    picture.hold(token.stored("secret"), webp)

    def send(_number):
        try:
            submission, digits = receive({**DRAFT, "has_picture": True}, "secret")
            return submission.pk, digits
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as many:
        answers = list(many.map(send, range(50)))
    assert len(set(answers)) == 1
    submission = Submission.objects.get()
    assert submission.picture_name
    assert len(files()) == 1


# ------------------------------------------------------------------------- pictures


def test_a_held_picture_goes_with_its_letter(db, webp):
    picture.hold(token.stored("secret"), webp)
    submission, _digits = receive({**DRAFT, "has_picture": True}, "secret")
    assert picture.load(submission.picture_name).webp == webp
    assert not PendingPicture.objects.exists()


def test_a_picture_in_the_private_storage_cannot_be_read_without_the_key(db, webp):
    name = picture.store(webp)
    with storages["private"].open(name) as file:
        kept = file.read()
    assert b"WEBP" not in kept and webp[30:60] not in kept


def test_pictures_have_random_names(webp):
    names = {picture.store(webp) for _ in range(5)}
    assert len(names) == 5
    assert all(len(name.rpartition("/")[2]) == 32 for name in names)


def test_another_picture_replaces_the_one_before(db, webp):
    picture.hold(token.stored("secret"), webp)
    other = clean_picture(saved(red_left_blue_right(90, 60), "PNG")).webp
    picture.hold(token.stored("secret"), other)
    assert picture.load(PendingPicture.objects.get().name).webp == other
    assert len(files()) == 1


def test_a_picture_that_is_taken_out_is_deleted(db, webp):
    picture.hold(token.stored("secret"), webp)
    picture.drop(token.stored("secret"))
    assert files() == []
    assert not PendingPicture.objects.exists()


def test_a_letter_whose_picture_was_deleted_is_not_sent_without_it(db):
    with pytest.raises(PictureGone):
        receive({**DRAFT, "has_picture": True}, "secret")
    assert not Submission.objects.exists()


def test_an_unsent_picture_is_deleted_after_three_hours(db, webp):
    picture.hold(token.stored("unsent"), webp)
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=59), tick=False):
        assert picture.purge_pending() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=1), tick=False):
        assert picture.purge_pending() == 1
    assert files() == []


def test_the_purge_leaves_sent_pictures_alone(db, webp):
    picture.hold(token.stored("secret"), webp)
    submission, _digits = receive({**DRAFT, "has_picture": True}, "secret")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        picture.purge_pending()
    assert picture.load(submission.picture_name).webp == webp


def test_a_file_that_lost_its_row_is_deleted_too(db, webp):
    picture.store(webp)
    assert picture.purge_pending() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=4), tick=False):
        assert picture.purge_pending() == 1
    assert files() == []


def test_a_letter_costs_at_most_eight_queries(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        receive(DRAFT, "secret")
