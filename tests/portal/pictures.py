"""Pictures as phones, scanners and strangers send them, made when they are needed."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageDraw, PngImagePlugin

pillow_heif.register_heif_opener()

SECRET = b"canary-4a7d"
ORIENTATION = 0x0112


def exif(orientation=1):
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[0x010E] = SECRET.decode()  # description
    data.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    return data


def saved(image, picture_format, **options):
    file = io.BytesIO()
    image.save(file, picture_format, **options)
    return file.getvalue()


def red_left_blue_right(width=300, height=200, mode="RGB"):
    image = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill="red")
    return image.convert(mode)


def png_chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def one_bit_png(width, height):
    line = b"\0" * (1 + (width + 7) // 8)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", header),
            png_chunk(b"IDAT", zlib.compress(line * height, 9)),
            png_chunk(b"IEND", b""),
        ]
    )


def png_with_texts():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
    return saved(red_left_blue_right(), "PNG", pnginfo=texts, exif=exif())


def animated_gif():
    frames = [Image.new("P", (300, 200), number) for number in range(1, 400)]
    return saved(
        red_left_blue_right().quantize(),
        "GIF",
        save_all=True,
        append_images=frames,
        comment=SECRET,
    )


PICTURES = {
    "JPEG": lambda: saved(red_left_blue_right(), "JPEG", exif=exif(), comment=SECRET),
    "JPEG in CMYK": lambda: saved(red_left_blue_right(mode="CMYK"), "JPEG", exif=exif()),
    "JPEG in grey": lambda: saved(red_left_blue_right(mode="L"), "JPEG", exif=exif()),
    "JPEG with a second picture": lambda: saved(
        red_left_blue_right(), "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))]
    ),
    "PNG with texts": png_with_texts,
    "PNG with a palette": lambda: saved(red_left_blue_right().quantize(), "PNG"),
    "PNG in black and white": lambda: saved(Image.new("1", (300, 200), 1), "PNG"),
    "PNG in 16 bit": lambda: saved(Image.new("I;16", (300, 200), 40_000), "PNG"),
    "WebP": lambda: saved(red_left_blue_right(), "WEBP", exif=exif(), xmp=b"<x>" + SECRET),
    "animated GIF": animated_gif,
    "AVIF": lambda: saved(red_left_blue_right(), "AVIF", exif=exif(), speed=10),
    "HEIC": lambda: saved(red_left_blue_right(), "HEIF", exif=exif().tobytes()),
}
