"""The picture at the desk: boxes burnt into it, and what it says written down."""

import io
import json
import re

import pytest
from PIL import Image

from letters.models import Letter, Submission
from letters.publishing import with_boxes
from portal.picture import PictureError, clean_picture
from tests.letters.submissions import waiting
from tests.letters.surfaces import exported
from tests.markup import faults
from tests.portal.pictures import red_left_blue_right, saved

pytestmark = pytest.mark.one_database

DESK = "/admin/desk/"


def publish(desk, letter, **fields):
    return desk.post(f"{DESK}{letter.pk}/publish/", {"seen": letter.seen, **fields})


def pixels(webp):
    return Image.open(io.BytesIO(webp)).convert("RGB")


def test_nothing_below_a_box_is_left_in_the_picture():
    webp = clean_picture(saved(red_left_blue_right(600, 400), "PNG")).webp
    left, top, width, height = 0.25, 0.25, 0.5, 0.5
    burnt = pixels(with_boxes(webp, [[left, top, width, height]]))
    assert burnt.size == (600, 400)
    below = burnt.crop((150, 100, 450, 300))
    # Lossy: but the same for red and blue, and black enough.
    assert max(channel[1] for channel in below.getextrema()) <= 12
    halves = [
        below.crop(half).resize((1, 1)).getpixel((0, 0))
        for half in [(0, 0, 149, 200), (151, 0, 300, 200)]
    ]
    assert halves[0] == halves[1]
    red, blue = burnt.getpixel((20, 200)), burnt.getpixel((580, 200))
    assert red[0] > 200 > red[2]
    assert blue[2] > 200 > blue[0]


def test_a_hair_around_a_box_goes_with_it():
    webp = clean_picture(saved(red_left_blue_right(600, 400), "PNG")).webp
    burnt = pixels(with_boxes(webp, [[0.5, 0.5, 0.1, 0.1]]))
    assert max(burnt.getpixel((298, 220))) < 60
    assert max(burnt.getpixel((285, 220))) > 200


def test_the_same_picture_with_other_words_below_the_box_looks_the_same():
    one, other = (Image.new("RGB", (600, 400), "white") for _ in range(2))
    one.paste("red", (160, 110, 440, 290))
    boxes = [[0.25, 0.25, 0.5, 0.5]]
    clean = [clean_picture(saved(picture, "PNG")).webp for picture in (one, other)]
    assert clean[0] != clean[1]
    assert with_boxes(clean[0], boxes) == with_boxes(clean[1], boxes)


def test_without_a_box_the_picture_stays_as_it_is():
    webp = clean_picture(saved(red_left_blue_right(), "PNG")).webp
    assert with_boxes(webp, []) == webp


def test_a_file_that_is_not_ours_is_not_drawn_on():
    with pytest.raises(PictureError):
        with_boxes(b"RIFF", [[0, 0, 1, 1]])


def test_the_box_is_burnt_into_what_enters_the_library(desk):
    letter = waiting(with_picture=True, picture_alt="A page")
    publish(desk, letter, shows_people="no", picture_alt="A page", box="0,0,1,1")
    picture = Letter.objects.get().picture
    with picture.file.open() as stored:
        assert max(high for _low, high in pixels(stored.read()).getextrema()) <= 12
    assert Submission.objects.get().boxes == [[0, 0, 1, 1]]


def test_not_a_pixel_is_asked_for_before_she_asks(desk):
    letter = waiting(with_picture=True)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert not re.search(r"<img[^>]*/picture/", page)
    veiled = desk.get(f"{DESK}{letter.pk}/?picture=veiled").content.decode()
    assert re.findall(r'<img[^>]*src="([^"]*/picture/[^"]*)"', veiled) == [
        f"{DESK}{letter.pk}/picture/veiled/"
    ]


# ------------------------------------------------------------------------ transcript


@pytest.fixture
def transcribed(site, desk):
    letter = waiting(with_picture=True, picture_alt="A page", words="", language="ar")
    publish(
        *(desk, letter),
        shows_people="no",
        picture_alt="A page",
        transcript="السطر الأول\r\n\r\n## <Canary>\r\nline",
    )
    return Letter.objects.get()


def test_readers_get_what_the_picture_says_in_its_language(transcribed, client):
    page = client.get(transcribed.address).content.decode()
    part = page.partition('<div class="transcript">')[2].partition("</div>")[0]
    assert "<p>السطر الأول</p>" in part
    assert "<h3>&lt;Canary&gt;</h3>" in part
    assert "<p>line</p>" in part
    assert faults(page) == []


def test_the_feed_and_the_export_hold_it_too(transcribed, client):
    assert "السطر الأول" in client.get("/ar/letters.atom").content.decode()
    Letter.objects.update(may_quote=True)
    (row,) = json.loads(exported("quoting", "json"))
    assert row["transcript"].startswith("السطر الأول")


def test_a_letter_without_a_picture_has_no_transcript(site, desk, client):
    letter = waiting(with_picture=True, may_publish_picture=False)
    publish(desk, letter, transcript="Canary")
    public = Letter.objects.get()
    assert public.transcript == ""
    assert "Canary" not in client.get(public.address).content.decode()
