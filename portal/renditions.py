"""The sizes and formats in which readers get pictures.

Made by the outbox when a picture is stored, never by a page: a page uses what is there.
"""

from functools import lru_cache
from typing import NamedTuple

from wagtail.images import get_image_model
from willow.image import AvifImageFile, Image
from willow.plugins.pillow import PillowImage

from portal import outbox
from portal.cache.news import announce
from portal.cache.recording import depends

WIDTHS = (400, 800, 1600)
FORMATS = ("avif", "webp")  # best first; both come out without metadata
# For browsers that know neither, and programs that take one address. Willow would copy metadata
# into a JPEG, but what it reads here has none.
FALLBACK = "width-800|format-jpeg|jpegquality-80"
FORMER_FALLBACK = "width-800|format-webp"  # of pictures from before there was a JPEG
JOB = "portal.renditions"


def specs():
    return [
        *(
            f"width-{width}|format-{form}" + ("|avifquality-60" if form == "avif" else "")
            for width in WIDTHS
            for form in FORMATS
        ),
        FALLBACK,
    ]


@Image.operation
def save_as_avif(self, file, quality=60, lossless=False, apply_optimizers=True):
    """Willow's own takes six times as long: for a width of 1,600 pixels a second instead of a
    sixth, for files a fifth smaller. It offers no setting for that."""
    options = {"quality": 100, "subsampling": "4:4:4"} if lossless else {"quality": quality}
    # One thread: the others answer readers.
    self.image.save(file, "AVIF", speed=10, max_threads=1, **options)
    return AvifImageFile(file)


PillowImage.save_as_avif = save_as_avif


@outbox.handler(JOB)
def make(picture_id):
    """Make what is missing. May run twice."""
    picture = get_image_model().objects.filter(pk=picture_id).first()
    if picture is not None:
        picture.get_renditions(*specs())
        announce(f"picture:{picture_id}")


class Source(NamedTuple):
    type: str
    srcset: str


class ReadyPicture(NamedTuple):
    """What a `<picture>` element needs: sources (best format first), a fallback, its size."""

    alt: str
    width: int
    height: int
    src: str
    sources: tuple

    @classmethod
    def of(cls, picture, alt):
        """None while renditions are being made. Uses prefetched renditions if there are."""
        rows = [(r.filter_spec, r.file.name, r.width, r.height) for r in picture.renditions.all()]
        return cls.of_rows(picture.pk, rows, alt)

    @classmethod
    def of_rows(cls, picture_id, rows, alt):
        """rows: as `rows_of` gives them."""
        depends(f"picture:{picture_id}")
        return _ready(tuple(rows), alt)


def rows_of(picture_ids):
    """{key of a picture: [(filter, name of the file, width, height)]}: its renditions, without
    making an object of each. One query."""
    found = {key: [] for key in picture_ids}
    model = get_image_model().get_rendition_model()
    columns = ("image_id", "filter_spec", "file", "width", "height")
    for key, *row in model.objects.filter(image_id__in=found).values_list(*columns):
        found[key].append(tuple(row))
    return found


@lru_cache(1000)
def _ready(rows, alt):
    by_spec = {spec: (width, height, _url(name)) for spec, name, width, height in rows}
    fallback = by_spec.get(FALLBACK) or by_spec.get(FORMER_FALLBACK)
    if fallback is None:
        return None
    sources, wanted = [], set(specs())
    for form in FORMATS:
        found = sorted(
            (width, url)
            for spec, (width, _height, url) in by_spec.items()
            if spec in wanted and f"format-{form}" in spec
        )
        if found:
            srcset = ", ".join(f"{url} {width}w" for width, url in dict(found).items())
            sources.append(Source(f"image/{form}", srcset))
    return ReadyPicture(alt, *fallback, tuple(sources))


def _url(name):
    return get_image_model().get_rendition_model()._meta.get_field("file").storage.url(name)
