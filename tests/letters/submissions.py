"""Letters that wait, as intake stores them."""

import secrets
from datetime import timedelta

from django.utils import timezone

from letters.intake import picture
from letters.models import Submission
from portal.picture import clean_picture
from tests.portal.pictures import red_left_blue_right, saved


def waiting(minutes_ago=10, with_picture=False, **fields):
    """A waiting submission, received some minutes ago. with_picture: True, or a file's bytes."""
    values = {
        "kind": "survivor",
        "words": "You are not alone.",
        "language": "en",
        "may_publish_words": True,
        "may_publish_picture": True,
        "token_hash": secrets.token_hex(32),
        "receipt_hash": secrets.token_hex(32),
        "received": timezone.now() - timedelta(minutes=minutes_ago),
    }
    if with_picture:
        data = (
            with_picture
            if isinstance(with_picture, bytes)
            else saved(red_left_blue_right(), "JPEG")
        )
        webp = clean_picture(data).webp
        values["picture_name"] = picture.store(webp)
    return Submission.objects.create(**values | fields)
