"""From the private picture of a submission to one in the image library."""

import secrets
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.images import get_image_model
from wagtail.models import Collection

from portal.private import decrypt_bytes


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
        data = decrypt_bytes(stored.read())
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
