"""The picture that waits for its letter: turned without JavaScript, kept no longer for that."""

import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image

from letters.intake import picture
from letters.models import PendingPicture
from portal.picture import PictureError, clean_picture
from tests.portal.pictures import red_left_blue_right, saved


@pytest.fixture
def token():
    """Of a letter whose picture is red on the left and blue on the right, 300 × 200."""
    token_hash = secrets.token_hex(32)
    picture.hold(token_hash, clean_picture(saved(red_left_blue_right(), "PNG")).webp)
    return token_hash


def files():
    return storages["private"].listdir("letters")[1]


def held(token):
    webp = picture.load(PendingPicture.objects.get(token_hash=token).name).webp
    return Image.open(io.BytesIO(webp)).convert("RGB")


def is_red(colour):
    return colour[0] > 200 > 60 > colour[2]


def test_four_turns_to_the_right_go_round_once(db, token):
    shape, red = [], []
    for _ in range(4):
        turned = picture.turn(token)
        image = held(token)
        assert image.size == (turned.width, turned.height)
        shape.append(image.size)
        edges = {"left": (5, image.height // 2), "top": (image.width // 2, 5)}
        edges |= {
            "right": (image.width - 5, image.height // 2),
            "bottom": (image.width // 2, image.height - 5),
        }
        red.append([name for name, place in edges.items() if is_red(image.getpixel(place))])
    assert shape == [(200, 300), (300, 200)] * 2
    assert [sides[0] if len(sides) == 1 else sides for sides in red][0::2] == ["top", "bottom"]
    assert "right" in red[1] and "left" not in red[1]
    assert "left" in red[3] and "right" not in red[3]


def test_a_turned_picture_takes_the_place_of_the_one_before(db, token):
    (before,) = files()
    picture.turn(token)
    (after,) = files()
    assert after != before
    assert PendingPicture.objects.get().name == f"letters/{after}"


def test_turning_does_not_lengthen_its_three_hours(db, token):
    made = timezone.now() - timedelta(hours=2)
    PendingPicture.objects.update(made=made, alt="My hand")
    picture.turn(token)
    pending = PendingPicture.objects.get()
    assert (pending.made, pending.alt) == (made, "My hand")


def test_without_a_picture_there_is_nothing_to_turn(db, token):
    assert picture.turn(secrets.token_hex(32)) is None
    PendingPicture.objects.update(made=timezone.now() - timedelta(hours=4))
    assert picture.turn(token) is None


def test_when_it_cannot_be_turned_the_picture_stays_as_it_was(db, token, monkeypatch):
    def busy(*_arguments):
        raise PictureError("busy")

    before = files()
    monkeypatch.setattr(picture, "turned", busy)
    with pytest.raises(PictureError):
        picture.turn(token)
    assert files() == before and held(token).size == (300, 200)


def test_a_double_click_leaves_one_file_and_it_can_be_opened(transactional_db, token):
    def turn(_number):
        try:
            return picture.turn(token)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert all(both.map(turn, range(2)))
    assert len(files()) == 1
    assert held(token).size in ((200, 300), (300, 200))


def test_choosing_another_while_the_letter_is_sent_leaves_the_sent_one_its_file(
    db, token, monkeypatch
):
    sent = PendingPicture.objects.get()
    first = QuerySet.first

    def sends_meanwhile(rows):
        found = first(rows)
        PendingPicture.objects.filter(pk=sent.pk).delete()  # its name is the letter's now
        return found

    another = clean_picture(saved(red_left_blue_right(), "JPEG")).webp
    monkeypatch.setattr(QuerySet, "first", sends_meanwhile)
    picture.hold(token, another)
    monkeypatch.undo()
    assert picture.load(sent.name).width == 300
    assert held(token).size == (300, 200)
