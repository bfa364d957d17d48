"""Files of the image library that no row knows.

A process may die between writing a file and its row, or between forgetting a row and deleting
its file. The first would stay for ever; the second readers could still reach, if they know its
address.
"""

from datetime import timedelta

from django.utils import timezone
from wagtail.images import get_image_model

from portal import clock

BEING_WRITTEN = timedelta(hours=1)  # what is younger may get its row in a moment
BATCH = 500
FOLDERS = ("original_images", "images")  # of Wagtail's pictures, and of their sizes


@clock.every(hours=1)
def delete_strays() -> int:
    """Returns how many there were."""
    picture = get_image_model()
    models = (picture, picture.get_rendition_model())
    return sum(_delete(*place) for place in zip(models, FOLDERS, strict=True))


def _delete(model, folder):
    storage = model._meta.get_field("file").storage
    try:
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:
        return 0
    deleted, old = 0, timezone.now() - BEING_WRITTEN
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        known = set(model.objects.filter(file__in=batch).values_list("file", flat=True))
        for name in batch:
            if name not in known and storage.get_modified_time(name) < old:
                storage.delete(name)
                deleted += 1
    return deleted
