"""A picture that cannot hurt yet: small, grey and blurred, made here and not in the browser."""

import io

from PIL import Image, ImageFilter

SIDE = 480
BLUR = 1 / 24  # of the longer side


def veiled(webp):
    """WebP bytes of a cleaned picture to WebP bytes that show where things are, not what."""
    picture = Image.open(io.BytesIO(webp), formats=["WEBP"]).convert("L")
    picture.thumbnail((SIDE, SIDE))
    picture = picture.filter(ImageFilter.GaussianBlur(max(picture.size) * BLUR))
    output = io.BytesIO()
    picture.save(output, "WEBP", quality=60)
    return output.getvalue()


PICTURES = {"veiled": veiled, "clear": lambda webp: webp}  # as one asks for them: as they are shown
