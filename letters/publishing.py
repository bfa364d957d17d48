"""From the private picture of a submission to one in the image library."""

import io
import math
import secrets
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.images import get_image_model
from wagtail.models import Collection

from portal.picture import plain_webp_size
from portal.private import decrypt_bytes

# Around a box: what the camera and the first encoding have smeared over its edge goes, too.
MARGIN = 1 / 250  # of the longer side
LEAST_MARGIN = 3  # pixels


@contextmanager
def public_picture(submission):
    """The submission's picture, made anew under a random name, not yet in the library; None
    without one that its writer lets us show. Made before the decision's transaction, because it
    takes a second; if that fails, for instance because the letter was withdrawn meanwhile, the
    file goes again."""
    if not (submission.picture_name and submission.may_publish_picture):
        yield None
        return
    with storages["private"].open(submission.picture_name) as stored:
        data = with_boxes(decrypt_bytes(stored.read()), submission.boxes)
    picture = get_image_model()(
        title=f"letter-{secrets.token_hex(4)}", collection=Collection.get_first_root_node()
    )
    picture.file.save("letter.webp", ContentFile(data), save=False)
    try:
        picture._set_image_file_metadata()
        picture.file.close()
        yield picture
    except BaseException:
        picture.file.storage.delete(picture.file.name)
        raise


def with_boxes(webp: bytes, boxes) -> bytes:
    """One of our own clean pictures with black boxes burnt into its pixels and encoded anew;
    without boxes, as it is.

    boxes: [left, top, width, height], each 0 to 1 of the side. Raises portal.picture.PictureError.
    """
    if not boxes:
        return webp
    from PIL import Image, ImageDraw

    plain_webp_size(webp)
    with Image.open(io.BytesIO(webp), formats=["WEBP"]) as opened:
        picture = opened.convert("RGB")
    draw = ImageDraw.Draw(picture)
    across, down = picture.size
    margin = max(LEAST_MARGIN, math.ceil(max(picture.size) * MARGIN))
    for left, top, width, height in boxes:
        corner = (math.floor(left * across) - margin, math.floor(top * down) - margin)
        opposite = (
            math.ceil((left + width) * across) + margin,
            math.ceil((top + height) * down) + margin,
        )
        draw.rectangle([corner, opposite], fill="black")
    output = io.BytesIO()
    picture.save(output, "WEBP", quality=80, method=2)  # as portal/clean.py does
    return output.getvalue()
