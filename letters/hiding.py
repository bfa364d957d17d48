"""While a letter is hidden, its picture has no files that readers could reach: those who know
their addresses find nothing there either."""

from django.apps import apps
from wagtail.images import get_image_model

from portal import clock
from portal.cache.news import announce


def remove_files(picture_id):
    """Delete what readers get of a picture of the library, file first. May run twice."""
    renditions = get_image_model().get_rendition_model().objects.filter(image_id=picture_id)
    for rendition in renditions:
        rendition.file.storage.delete(rendition.file.name)
        rendition.delete()
    announce(f"picture:{picture_id}")


@clock.every(minutes=1)
def remove_files_of_hidden_letters():
    """What could not be deleted at once, and what was just being made."""
    hidden = apps.get_model("letters", "Letter").objects.filter(
        hidden=True, picture__renditions__isnull=False
    )
    for picture_id in hidden.values_list("picture_id", flat=True).distinct():
        remove_files(picture_id)
