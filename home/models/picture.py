"""The image library: every picture is made anew on its way in, whoever uploads it.

Wagtail keeps the uploaded file under its own name in a public folder, with everything the
camera wrote into it. Here the file that is stored has been decoded and encoded anew, has a
random name, and lies in the private storage; readers get renditions only.
"""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from portal import outbox, renditions
from portal.cache.news import announce
from portal.picture import clean_picture


class CleanedFile(ContentFile):
    """A picture that has been made anew already."""


def cleaned(content):
    """A `CleanedFile` of any upload. Raises PictureError."""
    if isinstance(content, CleanedFile):
        return content
    content.seek(0)
    return CleanedFile(clean_picture(content.read()).webp, name=f"{secrets.token_hex(16)}.webp")


class CleanPictureFile(WagtailImageFieldFile):
    """All ways of storing a file end in this `save`."""

    def save(self, name, content, save=True):
        content = cleaned(content)
        super().save(content.name, content, save)
        self.instance.file_is_new = True

    @property
    def url(self):
        return ""  # the original has no address


class CleanPictureField(WagtailImageField):
    attr_class = CleanPictureFile


def private_storage():
    return storages["private"]


class Picture(AbstractImage):
    file_is_new = False  # until it is saved
    file = CleanPictureField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )

    admin_form_fields = ["title", "file", "description", "collection", "tags"]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose picture")]

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = Picture.objects.filter(pk=self.pk).values_list("file", flat=True).first()
            super().save(*args, **kwargs)
            if self.file_is_new:
                self.file_is_new = False
                self.file.close()  # Wagtail has read its size and hash
                self.renditions.all().delete()
                announce(f"picture:{self.pk}")
                if before:  # Wagtail's form deletes it; other ways of replacing it would not
                    transaction.on_commit(lambda: self.file.storage.delete(before))
                outbox.enqueue(renditions.JOB, picture_id=self.pk)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
