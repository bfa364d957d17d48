"""From the private picture of a submission to one in the image library."""

import secrets

from django.apps import apps
from django.core.files.storage import storages

from portal import outbox, renditions
from portal.private import decrypt_bytes


def store_public_picture(submission):
    """Decrypt, make anew and put into the library under a random name; readers' sizes are
    made by the outbox."""
    from wagtail.images import get_image_model

    with storages["private"].open(submission.picture_name) as stored:
        data = decrypt_bytes(stored.read())
    picture = get_image_model()(title=f"letter-{secrets.token_hex(4)}")
    picture.collection = apps.get_model("wagtailcore", "Collection").get_first_root_node()
    from django.core.files.base import ContentFile

    picture.file.save("letter.webp", ContentFile(data), save=False)
    picture._set_image_file_metadata()
    picture.save()
    outbox.enqueue(renditions.JOB, picture_id=picture.pk)
    return picture
