"""The sizes and formats in which readers get pictures.

Made by the outbox when a picture is stored, never by a page: a page uses what is there.
"""

from wagtail.images import get_image_model

from portal import outbox

WIDTHS = (400, 800, 1600)
FORMATS = ("avif", "webp")  # best first; both come out without metadata
JOB = "portal.renditions"


def specs():
    return [
        f"width-{width}|format-{form}" + ("|avifquality-60" if form == "avif" else "")
        for width in WIDTHS
        for form in FORMATS
    ]


@outbox.handler(JOB)
def make(picture_id):
    """Make what is missing. May run twice."""
    picture = get_image_model().objects.filter(pk=picture_id).first()
    if picture is not None:
        picture.get_renditions(*specs())


class ReadyPicture:
    """What a `<picture>` element needs: sources (best format first), a fallback, its size."""

    def __init__(self, alt, width, height, src, sources):
        self.alt, self.width, self.height = alt, width, height
        self.src, self.sources = src, sources

    @classmethod
    def of(cls, picture, alt):
        """None while renditions are being made. Uses prefetched renditions if there are."""
        by_spec = {r.filter_spec: r for r in picture.renditions.all()}
        sources, fallback = [], None
        for form in FORMATS:
            found = sorted(
                (r for spec, r in by_spec.items() if spec in specs() and f"format-{form}" in spec),
                key=lambda rendition: rendition.width,
            )
            unique = {rendition.width: rendition for rendition in found}
            if unique:
                srcset = ", ".join(f"{r.url} {width}w" for width, r in unique.items())
                sources.append({"type": f"image/{form}", "srcset": srcset})
                if form == "webp":
                    fallback = unique[min(unique, key=lambda width: abs(width - 800))]
        if fallback is None:
            return None
        return cls(alt, fallback.width, fallback.height, fallback.url, sources)
