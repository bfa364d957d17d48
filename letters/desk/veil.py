"""The pictures that moderators see: first one that cannot hurt yet, small, grey and blurred, made
here and not in the browser; then a copy. The original is a lead's (`sealed_views`)."""

import io

from PIL import Image, ImageFilter

SIDE = 480
BLUR = 1 / 24  # of the longer side
CLEAR_SIDE = 1600


def veiled(webp):
    """WebP bytes of a cleaned picture to WebP bytes that show where things are, not what."""
    picture = Image.open(io.BytesIO(webp), formats=["WEBP"]).convert("L")
    picture.thumbnail((SIDE, SIDE))
    picture = picture.filter(ImageFilter.GaussianBlur(max(picture.size) * BLUR))
    output = io.BytesIO()
    picture.save(output, "WEBP", quality=60)
    return output.getvalue()


def clear(webp):
    """WebP bytes of a cleaned picture to those of a copy, at most CLEAR_SIDE pixels a side."""
    picture = Image.open(io.BytesIO(webp), formats=["WEBP"])
    if max(picture.size) <= CLEAR_SIDE:
        return webp
    picture = picture.convert("RGB")
    picture.thumbnail((CLEAR_SIDE, CLEAR_SIDE))
    output = io.BytesIO()
    picture.save(output, "WEBP", quality=80)
    return output.getvalue()


PICTURES = {"veiled": veiled, "clear": clear}  # as one asks for them: as they are shown
