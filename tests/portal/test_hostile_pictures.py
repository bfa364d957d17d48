"""Pictures made to hide something, to be something else, or to be too much."""

import io
import resource
import struct
import time
import zlib

import pytest
from PIL import Image, ImageCms

from portal.picture import PictureError, clean_picture, turned
from tests.exiftool import metadata, told
from tests.portal.pictures import (
    PICTURES,
    SECRET,
    exif,
    one_bit_png,
    png_chunk,
    red_left_blue_right,
    saved,
)

PNG = b"\x89PNG\r\n\x1a\n"
XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
    b"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
    b"xmlns:dc='http://purl.org/dc/elements/1.1/' dc:source='%s'/></rdf:RDF></x:xmpmeta>"
)
SIX = ["JPEG with everything", "PNG with texts", "WebP", "animated GIF", "AVIF", "HEIC"]
TAILS = {
    "a ZIP": b"PK\x03\x04" + SECRET,
    "a page": b"<!doctype html><script>alert(1)</script>" + SECRET,
    "PHP": b"<?php system($_GET['c']); ?>" + SECRET,
    "a second picture": PICTURES["JPEG"](),
}


def jpeg_with_everything():
    """EXIF with a position and a thumbnail, XMP, IPTC, a colour profile and a comment."""
    data = exif()
    thumbnail = saved(Image.new("RGB", (16, 12), "green"), "JPEG", comment=SECRET)
    data.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + SECRET  # the user's comment
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = saved(
        red_left_blue_right(),
        "JPEG",
        exif=data,
        comment=SECRET,
        icc_profile=profile,
        xmp=XMP % SECRET,
    )
    iptc = b"\x1c\x02\x50" + struct.pack(">H", len(SECRET)) + SECRET  # by-line
    iptc += b"\0" * (len(iptc) % 2)
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
    hidden = b"".join(
        marker + struct.pack(">H", len(content) + 2) + content
        for marker, content in ((b"\xff\xed", block), (b"\xff\xef", thumbnail))
    )
    return picture[:2] + hidden + picture[2:]


def made(name):
    return jpeg_with_everything() if name == "JPEG with everything" else PICTURES[name]()


def frame_chunks(data):
    """The chunks of a small PNG's picture, without header and end."""
    place, chunks = 8, []
    while place < len(data):
        length = struct.unpack(">I", data[place : place + 4])[0]
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += 12 + length
    return chunks


def animated_png():
    first = saved(red_left_blue_right(), "PNG")
    second = saved(Image.new("RGB", (300, 200), "green"), "PNG")
    control = struct.pack(">IIIIIHHBB", 0, 300, 200, 0, 0, 1, 10, 0, 0)
    moved = struct.pack(">IIIIIHHBB", 1, 300, 200, 0, 0, 1, 10, 0, 0)
    pixels = b"".join(content for name, content in frame_chunks(second) if name == b"IDAT")
    parts = []
    for name, content in frame_chunks(first):
        if name == b"IEND":
            parts += [png_chunk(b"fcTL", moved), png_chunk(b"fdAT", b"\0\0\0\2" + pixels)]
        parts.append(png_chunk(name, content))
        if name == b"IHDR":
            parts += [png_chunk(b"acTL", struct.pack(">II", 2, 0)), png_chunk(b"fcTL", control)]
    return PNG + b"".join(parts)


# --------------------------------------------------------------------------- metadata


def test_exiftool_would_find_what_we_hide_in_our_pictures(tmp_path):
    (tmp_path / "a.jpg").write_bytes(jpeg_with_everything())
    (answer,) = told(tmp_path / "a.jpg")
    groups = {key.split(":")[0] for key in answer}
    assert {"EXIF", "IPTC", "XMP", "ICC_Profile"} <= groups
    assert "Composite:GPSPosition" in answer and answer["File:Comment"] == SECRET.decode()
    assert metadata(tmp_path / "a.jpg")


def test_exiftool_finds_nothing_in_what_comes_out_turned_or_not(tmp_path):
    paths = []
    for number, name in enumerate(["JPEG with everything", *PICTURES]):
        clean = clean_picture(made(name))
        for quarters, picture in ((0, clean), (1, turned(clean.webp, 1))):
            paths.append(tmp_path / f"{number}-{quarters}.webp")
            paths[-1].write_bytes(picture.webp)
    assert metadata(*paths) == {}


@pytest.mark.parametrize("tail", TAILS)
def test_what_hangs_behind_a_picture_does_not_come_along(tail):
    for name in SIX:
        data = made(name)
        for hiding in (data + TAILS[tail], data + bytes(4096) + TAILS[tail]):
            clean = clean_picture(hiding)
            assert (clean.width, clean.height) == (300, 200), name
            for trace in (SECRET, b"PK\x03\x04", b"<script", b"<?php", b"\xff\xd8\xff"):
                assert trace not in clean.webp, name


# ------------------------------------------------------------------- one frame, upright


@pytest.mark.parametrize("name", ["APNG", "GIF", "WebP", "MPO"])
def test_of_many_pictures_in_one_file_only_the_first_is_taken(name):
    green = [Image.new("RGB", (300, 200), "green")] * 3
    many = {"save_all": True, "append_images": green}
    data = {
        "APNG": animated_png,
        "GIF": lambda: saved(red_left_blue_right(), "GIF", **many),
        "WebP": lambda: saved(red_left_blue_right(), "WEBP", duration=100, **many),
        "MPO": lambda: saved(red_left_blue_right(), "MPO", **many),
    }[name]()
    assert getattr(Image.open(io.BytesIO(data)), "n_frames", 1) > 1
    image = Image.open(io.BytesIO(clean_picture(data).webp))
    assert getattr(image, "n_frames", 1) == 1
    red, blue = image.getpixel((20, 100)), image.getpixel((280, 100))
    assert red[0] > 200 > 60 > red[1] and blue[2] > 200 > 60 > blue[1]


@pytest.mark.parametrize(
    "start",
    [
        b"8BPS\0\1",  # Photoshop
        b"II*\0",  # TIFF, and most raw formats
        b"MM\0*",
        b"\0\0\1\0\1\0",  # icon
        b"GIF88a",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\0\0\0\x0cjP  \r\n\x87\n",  # JPEG 2000
        b"\xff\x0a",  # JPEG XL
        b"%!PS-Adobe-3.0 EPSF",
        b"\x1f\x8b\x08\0",
        b"P6\n300 200\n255\n",
        b"\0\0\0\x18ftypjp2 ",
        b"\0\0\0\x18ftypisom",
    ],
)
def test_nothing_but_six_formats_is_ever_decoded(start):
    for body in (bytes(400), jpeg_with_everything(), saved(red_left_blue_right(), "TIFF")):
        with pytest.raises(PictureError) as refused:
            clean_picture(start + body)
        assert refused.value.code in ("not-a-picture", "broken")


# ------------------------------------------------------------------------------ bombs


def png_with_bomb(chunk):
    """300 × 200 pixels, and a chunk that unpacks to 200 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(10**6)) for _ in range(200)) + packer.flush()
    content = {
        b"iCCP": b"profile\0\0" + packed,
        b"zTXt": b"Comment\0\0" + packed,
        b"iTXt": b"Comment\0\1\0\0\0" + packed,
    }[chunk]
    plain = saved(red_left_blue_right(), "PNG")
    return plain[:33] + png_chunk(chunk, content) + plain[33:]


def told_other_size(data, width, height, form):
    """The picture, with other sizes in its header than the 300 × 200 that it has."""
    for old, new in ((300, width), (200, height)):
        assert struct.pack(form, old) in data
        data = data.replace(struct.pack(form, old), struct.pack(form, new))
    return data


BOMBS = {
    "a PNG of 121 megapixels": lambda: one_bit_png(11_000, 11_000),
    "a PNG that claims 4 gigapixels": lambda: (
        PNG
        + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 65_000, 65_000, 8, 2, 0, 0, 0))
        + png_chunk(b"IDAT", zlib.compress(bytes(100)))
    ),
    "a JPEG that claims 4 gigapixels": lambda: told_other_size(
        saved(red_left_blue_right(), "JPEG"), 65_000, 65_000, ">H"
    ),
    "a GIF that claims 4 gigapixels": lambda: told_other_size(
        saved(red_left_blue_right(), "GIF"), 65_000, 65_000, "<H"
    ),
    "a WebP that claims 268 megapixels": lambda: (
        b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0" + bytes(12)
    ),
    "an AVIF that claims 4 gigapixels": lambda: told_other_size(
        PICTURES["AVIF"](), 65_000, 65_000, ">I"
    ),
    "a HEIC that claims 4 gigapixels": lambda: told_other_size(
        PICTURES["HEIC"](), 65_000, 65_000, ">I"
    ),
    "a profile that unpacks to 200 MB": lambda: png_with_bomb(b"iCCP"),
    "a text that unpacks to 200 MB": lambda: png_with_bomb(b"zTXt"),
    "a text in another language that unpacks to 200 MB": lambda: png_with_bomb(b"iTXt"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_nobody_more_than_a_moment(name):
    data = BOMBS[name]()
    assert len(data) < 400_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        clean = clean_picture(data)
    except PictureError as refused:
        assert refused.code in ("too-many-pixels", "broken", "not-a-picture")
    else:
        assert (clean.width, clean.height) == (300, 200)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 2.5, "seconds of the child"
    assert time.process_time() - began < 0.5, "seconds of the server"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 40_000, "kilobytes"


def test_the_header_alone_refuses_a_picture_with_too_many_pixels():
    for name in ("a PNG that claims 4 gigapixels", "a JPEG that claims 4 gigapixels"):
        with pytest.raises(PictureError) as refused:
            clean_picture(BOMBS[name]())
        assert refused.value.code == "too-many-pixels", name
