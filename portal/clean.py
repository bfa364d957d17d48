"""Turns a stranger's picture into a plain one. Runs as a program of its own, never imported by
the site.

Reads the picture on standard input and writes a WebP file on standard output, turned clockwise
by as many quarters as its argument says. When it can't, it writes nothing and leaves with one of
the CODES below. Decoders are the part of the house that strangers can reach most directly, so
this process has little memory and time, no key in its environment and, once its input is read, no
way to open another file or socket.
"""

import io
import os
import sys

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40 * 1000 * 1000
MAX_SIDE = 12_000
OUTPUT_SIDE = 2_000

MEMORY = 1_500 * 1000 * 1000
PROCESSOR_SECONDS = 10

CODES = {"not-a-picture": 11, "too-many-pixels": 12, "broken": 13}
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")

# EXIF orientation to the turn or mirror that undoes it (Image.Transpose).
ORIENTATION = 0x0112
TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
# Quarters to the right to the turn that makes them; Image.Transpose counts to the left.
QUARTERS = {1: 4, 2: 3, 3: 2}


def limit_resources():
    import resource

    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for limit, value in limits.items():
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):
            # macOS knows no limit on address space. A development machine goes without; Linux
            # must not.
            if sys.platform == "linux":
                raise


def close_the_door():
    import resource

    # Standard input, output and error stay open; nothing else can be opened from here on.
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def leave(code):
    sys.stdout.flush()
    raise SystemExit(CODES[code])


def open_picture(data):
    from PIL import AvifImagePlugin, Image, UnidentifiedImageError

    if data[4:8] == b"ftyp":
        import pillow_heif

        AvifImagePlugin.DEFAULT_MAX_THREADS = 1
        pillow_heif.register_heif_opener(
            decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
        )
    close_the_door()
    # Our own limits below are the ones that count, and they are read from the header as well.
    Image.MAX_IMAGE_PIXELS = None
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        leave("not-a-picture")


def check_size(image):
    width, height = image.size
    if width < 1 or height < 1:
        leave("broken")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        leave("too-many-pixels")


def output_size(width, height):
    scale = min(1, OUTPUT_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def shrink(image):
    size = output_size(*image.size)
    if image.format == "JPEG":
        # The decoder can drop detail that the smaller picture has no room for: a quarter of the
        # work.
        image.draft(None, size)
    image.load()
    check_size(image)
    turn = TURNS.get(image.getexif().get(ORIENTATION))
    profile = image.info.get("icc_profile")
    image = eight_bits(image)
    if image.size != size:
        from PIL import Image

        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image, turn, profile


def eight_bits(image):
    """Return the picture in a mode that can be scaled smoothly: L, LA, RGB, RGBA or CMYK."""
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return image.convert("I").point([value >> 8 for value in range(65536)], "L")
    if image.mode in ("L", "RGB") and "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def flatten(image):
    if image.mode not in ("LA", "RGBA"):
        return image
    from PIL import Image

    base = "L" if image.mode == "LA" else "RGB"
    paper = Image.new(base, image.size, "white")
    paper.paste(image.convert(base), mask=image.getchannel("A"))
    return paper


def to_srgb(image, profile):
    if profile:
        from PIL import ImageCms

        try:
            return ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A profile that doesn't fit its picture: the plain conversion is the best guess.
    return image.convert("RGB")


def clean(data, quarters):
    image = open_picture(data)
    check_size(image)
    image, turn, profile = shrink(image)
    image = to_srgb(flatten(image), profile)
    for change in (turn, QUARTERS.get(quarters)):
        if change is not None:
            image = image.transpose(change)

    from PIL import Image

    # A new picture holds pixels and nothing else: no EXIF, XMP, ICC, comment or thumbnail can
    # follow it.
    plain = Image.new("RGB", image.size)
    plain.paste(image)
    output = io.BytesIO()
    # A slower method costs twice the time of all the rest together, for 4 % fewer bytes.
    plain.save(output, "WEBP", quality=80, method=2)
    return output.getvalue()


def main():
    limit_resources()
    os.nice(10)  # Readers' pages come first.
    # Everything that the decoders import on their way is imported before the door is closed.
    import copy  # noqa: F401

    from PIL import (  # noqa: F401
        Image,
        ImageCms,
        ImageColor,
        ImagePalette,
        MpoImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

    Image.preinit()

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        webp = clean(data, int(sys.argv[1]))
    except (Exception, MemoryError):
        leave("broken")
    sys.stdout.buffer.write(webp)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
