"""Pictures: what comes out is pixels, whatever went in."""

import io
import os
import struct

import pytest
from django.utils import translation
from PIL import Image, ImageCms, ImageDraw

from portal.picture import PictureError, clean_picture
from tests.portal.pictures import (
    PICTURES,
    SECRET,
    exif,
    one_bit_png,
    red_left_blue_right,
    saved,
)


def assert_only_pixels(webp):
    """One lossy frame from the first byte to the last: no other chunk, nothing after it."""
    assert webp[:4] == b"RIFF" and webp[8:16] == b"WEBPVP8 "
    assert struct.unpack("<I", webp[4:8])[0] + 8 == len(webp)
    frame = struct.unpack("<I", webp[16:20])[0]
    assert 20 + frame + frame % 2 == len(webp)
    assert SECRET not in webp
    image = Image.open(io.BytesIO(webp))
    image.load()
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def pixel(clean, x, y):
    return Image.open(io.BytesIO(clean.webp)).getpixel((x, y))


def close_to(colour, expected, by=30):
    return all(abs(a - b) <= by for a, b in zip(colour, expected, strict=True))


@pytest.mark.parametrize("name", PICTURES)
def test_every_format_comes_out_as_pixels_and_nothing_else(name):
    clean = clean_picture(PICTURES[name]())
    assert_only_pixels(clean.webp)
    assert (clean.width, clean.height) == (300, 200)


@pytest.mark.parametrize("name", ["JPEG", "PNG with texts", "WebP", "animated GIF", "AVIF", "HEIC"])
def test_the_picture_itself_is_kept(name):
    clean = clean_picture(PICTURES[name]())
    assert close_to(pixel(clean, 20, 100), (255, 0, 0))
    assert close_to(pixel(clean, 280, 100), (0, 0, 255))


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
def test_a_photo_taken_sideways_stands_upright(picture_format):
    # 6: the camera was turned; what was left in the file belongs at the top.
    clean = clean_picture(saved(red_left_blue_right(), picture_format, exif=exif(6)))
    assert (clean.width, clean.height) == (200, 300)
    assert close_to(pixel(clean, 100, 20), (255, 0, 0))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_undone(orientation):
    upright = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(upright).rectangle((0, 0, 39, 29), fill="red")
    turned = upright
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the turn that the camera made
    if orientation in undo:
        turned = upright.transpose(undo[orientation])
    clean = clean_picture(saved(turned, "PNG", exif=exif(orientation)))
    assert (clean.width, clean.height) == (120, 80)
    assert close_to(pixel(clean, 10, 10), (255, 0, 0))
    assert close_to(pixel(clean, 100, 70), (255, 255, 255))


def test_a_transparent_drawing_lies_on_white():
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 49, 99), fill=(0, 0, 0, 255))
    clean = clean_picture(saved(image, "PNG"))
    assert close_to(pixel(clean, 80, 50), (255, 255, 255))
    assert close_to(pixel(clean, 20, 50), (0, 0, 0))


def test_colours_are_brought_to_srgb():
    # A profile whose red and blue have changed places: what it calls red is blue to the eye.
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 1], profile[blue : blue + 1] = b"b", b"r"
    image = Image.new("RGB", (64, 64), "red")
    for picture_format in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF"):
        clean = clean_picture(saved(image, picture_format, icc_profile=bytes(profile)))
        assert close_to(pixel(clean, 30, 30), (0, 0, 255)), picture_format


def test_a_profile_that_does_not_fit_is_passed_over():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for wrong in (profile, b"nonsense"):
        clean = clean_picture(saved(red_left_blue_right(), "PNG", icc_profile=wrong))
        assert close_to(pixel(clean, 20, 100), (255, 0, 0))


def test_a_large_photo_is_scaled_to_two_thousand_pixels():
    clean = clean_picture(saved(red_left_blue_right(3000, 1000), "JPEG"))
    assert (clean.width, clean.height) == (2000, 667)
    assert close_to(pixel(clean, 100, 300), (255, 0, 0))


def test_a_zip_behind_a_jpeg_is_gone():
    data = PICTURES["JPEG"]() + b"PK\x03\x04" + SECRET * 20
    assert_only_pixels(clean_picture(data).webp)


def test_a_page_hidden_in_a_picture_is_gone():
    data = saved(red_left_blue_right(), "JPEG", comment=b"<script>alert(1)</script><?php ?>")
    clean = clean_picture(data)
    assert b"<script" not in clean.webp and b"<?php" not in clean.webp


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("nothing", b"", "empty"),
        ("SVG", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not-a-picture"),
        ("HTML", b"<!doctype html><title>x</title>", "not-a-picture"),
        ("PDF", b"%PDF-1.7\n", "not-a-picture"),
        ("TIFF", saved(red_left_blue_right(), "TIFF"), "not-a-picture"),
        ("BMP", saved(red_left_blue_right(), "BMP"), "not-a-picture"),
        ("film", b"\0\0\0\x18ftypmp42" + b"\0" * 40, "not-a-picture"),
        ("only a JPEG's first bytes", b"\xff\xd8\xff\xe0", "broken"),
        ("121 megapixels in 15 kB", one_bit_png(11_000, 11_000), "too-many-pixels"),
        ("a very long strip", one_bit_png(12_001, 8), "too-many-pixels"),
        ("10 MB and one byte", b"\xff\xd8\xff" + bytes(10 * 1024**2 - 2), "too-big"),
    ],
)
def test_what_is_refused(name, data, code):
    with pytest.raises(PictureError) as refused:
        clean_picture(data)
    assert refused.value.code == code
    assert len(refused.value.message) > 20


def test_forty_megapixels_are_just_allowed():
    assert clean_picture(one_bit_png(8_000, 5_000)).width == 2_000


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_half_a_file_is_refused_calmly(picture_format, part):
    noise = Image.frombytes("RGB", (200, 200), os.urandom(120_000))
    data = saved(noise, picture_format)
    with pytest.raises(PictureError) as refused:
        clean_picture(data[: int(len(data) * part)])
    assert refused.value.code in ("broken", "not-a-picture")


def test_messages_name_the_limit_in_the_reader_s_language():
    with translation.override("en"):
        assert "10 MB" in PictureError("too-big").message
        assert "40 megapixels" in PictureError("too-many-pixels").message


def test_a_decoder_gets_none_of_our_keys(tmp_path, monkeypatch):
    from portal import picture

    spy = tmp_path / "spy.py"
    spy.write_text("import os, sys\nsys.exit(11 if 'SECRET_KEY' not in os.environ else 12)\n")
    monkeypatch.setenv("SECRET_KEY", "x" * 50)
    monkeypatch.setattr(picture, "CLEAN", spy)
    with pytest.raises(PictureError) as refused:
        clean_picture(PICTURES["JPEG"]())
    assert refused.value.code == "not-a-picture"


def test_what_a_hijacked_decoder_returns_is_not_believed(tmp_path, monkeypatch):
    from portal import picture

    good = clean_picture(PICTURES["JPEG"]()).webp
    for returned in (b"<script>", good + b"tail", good[:-4], good[:12] + b"VP8X" + good[16:]):
        impostor = tmp_path / "impostor.py"
        impostor.write_text(f"import sys\nsys.stdout.buffer.write({returned!r})\n")
        monkeypatch.setattr(picture, "CLEAN", impostor)
        with pytest.raises(PictureError):
            clean_picture(PICTURES["JPEG"]())
