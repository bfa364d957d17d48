"""The one way in for pictures: from letters, from mail and from editors.

`clean_picture` gives back a new WebP file that holds pixels and nothing else, or says in the
reader's language what is wrong. The decoding happens in `portal/clean.py`, in a process of its
own with little memory and time.
"""

import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from portal import clean

CLEAN = Path(__file__).with_name("clean.py")
WALL_SECONDS = 30
WAIT_SECONDS = 30

# Each child may take 1.5 GB at worst, so a server process runs at most two at a time.
_places = threading.BoundedSemaphore(2)


class CleanPicture(NamedTuple):
    webp: bytes
    width: int
    height: int


def _message(code):
    return {
        "empty": lambda: _("This file is empty. Please choose the picture again."),
        "too-big": lambda: (
            _(
                "This file is larger than %(megabytes)s MB, which is the most we can take. "
                "Please choose a smaller one, or take the photo again at a lower quality."
            )
            % {"megabytes": clean.MAX_BYTES // 1024**2}
        ),
        "too-many-pixels": lambda: (
            _(
                "This picture has too many pixels. It may have %(megapixels)s megapixels at most, "
                "and %(side)s pixels along its longer side."
            )
            % {"megapixels": clean.MAX_PIXELS // 1_000_000, "side": clean.MAX_SIDE}
        ),
        "not-a-picture": lambda: _(
            "This file is not a picture that we can read. Please choose a JPEG, PNG, WebP, GIF, "
            "AVIF or HEIC file."
        ),
        "broken": lambda: _(
            "This picture can’t be opened; part of it may be missing. Please take it or save it "
            "again."
        ),
        "busy": lambda: _(
            "Many pictures are arriving just now. Please wait a minute and send yours again."
        ),
    }[code]()


class PictureError(Exception):
    """Why a picture can't be taken: `code`, and `message` in the language active when it is
    shown.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code

    @property
    def message(self):
        return _message(self.code)

    def __str__(self):
        return self.message


def looks_like_picture(data):
    """Tell by the first bytes, so that nothing else reaches a decoder. Names and declared types
    say nothing.
    """
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or data[4:8] == b"ftyp"
    )


def clean_picture(data: bytes) -> CleanPicture:
    """Return the picture upright, in sRGB on white, at most 2,000 pixels a side, as WebP without
    metadata.

    Takes JPEG, PNG, WebP, GIF (its first frame), AVIF and HEIC of at most 10 MB, 40 megapixels
    and 12,000 pixels a side. Raises PictureError.
    """
    return _made_anew(data, 0)


def turned(webp: bytes, quarter_turns: int) -> CleanPicture:
    """Return a clean picture turned clockwise by quarters of a circle. Raises PictureError."""
    return _made_anew(webp, quarter_turns % 4)


def _made_anew(data, quarter_turns):
    if not data:
        raise PictureError("empty")
    if len(data) > clean.MAX_BYTES:
        raise PictureError("too-big")
    if not looks_like_picture(data):
        raise PictureError("not-a-picture")
    if not _places.acquire(blocking=False):
        # Whoever waits for seconds must not keep one of the pool's few connections meanwhile.
        if not connection.in_atomic_block:
            connection.close()
        if not _places.acquire(timeout=WAIT_SECONDS):
            raise PictureError("busy")
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(CLEAN), str(quarter_turns)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            env={"MALLOC_ARENA_MAX": "2"},
            cwd="/",
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise PictureError("broken") from None
    finally:
        _places.release()
    codes = {number: code for code, number in clean.CODES.items()}
    if child.returncode != 0:
        raise PictureError(codes.get(child.returncode, "broken"))
    return CleanPicture(child.stdout, *plain_webp_size(child.stdout))


def plain_webp_size(webp):
    """Return width and height, if this is one lossy WebP frame and not a byte more.

    What comes back has passed through decoders that strangers feed, so it is looked at like
    anything else.
    """
    if (
        len(webp) < 30
        or webp[:4] != b"RIFF"
        or webp[8:16] != b"WEBPVP8 "
        or webp[23:26] != b"\x9d\x01\x2a"
    ):
        raise PictureError("broken")
    whole, frame = struct.unpack("<I", webp[4:8])[0], struct.unpack("<I", webp[16:20])[0]
    width, height = (side & 0x3FFF for side in struct.unpack("<HH", webp[26:30]))
    if (
        whole + 8 != len(webp)
        or 20 + frame + frame % 2 != len(webp)
        or not 0 < max(width, height) <= clean.OUTPUT_SIDE
    ):
        raise PictureError("broken")
    return width, height
