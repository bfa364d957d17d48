"""How like one letter is to another, by keyed hashes from which no word and no pixel can be read.

A text is the set of its short pieces, a picture the set of its light and dark fields. Both come
down to sixteen bands; two letters are the more alike the more bands they share.
"""

import hashlib
import hmac
import io
import re
import struct
import unicodedata
from functools import lru_cache
from random import Random

from django.conf import settings

from portal.picture import plain_webp_size

BANDS = 16
_VALUES = 4  # in a band: it is shared only if all of them are

# Of sixteen. Different letters share one at most, even long ones about the same things. With every
# tenth word replaced three quarters of the pieces stay, and a letter shares two or more in 95 to
# 100 of 100 cases (five on average); six or more, as the mean would ask, in only 40.
NEARLY_THE_SAME = 2
# A copy in another size, quality or light shares seven or more, different sheets three at most.
NEARLY_THE_SAME_PICTURE = 6


@lru_cache(maxsize=8)
def _key(pepper, purpose):
    return hmac.new(pepper.encode(), f"likeness:{purpose}".encode(), hashlib.sha256).digest()


def _band(key, index, content):
    digest = hashlib.blake2b(bytes([index]) + content, digest_size=8, key=key).digest()
    return int.from_bytes(digest, signed=True)


def likeness(matching_bands: int) -> float:
    """Return how much of two texts seems to be common, 0 to 1, when so many bands are."""
    return (max(0, min(matching_bands, BANDS)) / BANDS) ** (1 / _VALUES)


# ------------------------------------------------------------------------------- text

_SHORTEST = 40  # letters; a Chinese character says as much as two
_SPACED, _THAI, _HAN = 5, 3, 2  # characters in a piece

# Points and accents that a second writing leaves out. Vowel signs of Indian scripts stay.
_DROPPED = (
    *((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640)),
    *((0x064B, 0x065F), (0x0670, 0x0670), (0x200B, 0x200F), (0xFE00, 0xFE0F)),
)


class _Fold(dict):
    def __missing__(self, code):
        if any(first <= code <= last for first, last in _DROPPED):
            kept = ""
        else:
            kept = chr(code) if unicodedata.category(chr(code))[0] in "LMN" else " "
        self[code] = kept
        return kept


_fold = _Fold()


def _folded(text):
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    words = " ".join(decomposed.translate(_fold).split())
    return _NO_SPACE.sub("", unicodedata.normalize("NFC", words))


_THAI_RANGES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # and Lao, Myanmar, Khmer
_HAN_RANGES = (
    "\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # and Kana
)
_RUNS = [
    (_SPACED, re.compile(f"[^{_THAI_RANGES}{_HAN_RANGES}]+")),
    (_THAI, re.compile(f"[{_THAI_RANGES}]+")),
    (_HAN, re.compile(f"[{_HAN_RANGES}]+")),
]
_UNSPACED = f"[{_THAI_RANGES}{_HAN_RANGES}]"
_NO_SPACE = re.compile(f"(?<={_UNSPACED}) | (?={_UNSPACED})")


def _pieces(folded):
    pieces = set()
    for length, script in _RUNS:
        for run in script.findall(folded):
            pieces.update(run[start : start + length] for start in range(len(run) - length + 1))
    return pieces


def same_words(text: str, *beside: str) -> str:
    """Return 64 hexadecimal digits that stand for a text and what counts beside it; "" for a text
    without words. Case, accents, punctuation and spaces don't count.
    """
    folded = _folded(text)
    if not folded:
        return ""
    key = _key(settings.RECEIPT_PEPPER, "same words")
    content = "\0".join([*beside, folded]).encode()
    return hmac.new(key, content, hashlib.sha256).hexdigest()


_SLICES, _BINS = 8, 8  # of every digest, and where its values fall: 64 in all


def bands(text: str) -> list[int]:
    """Return sixteen signed 64-bit numbers; none for a text too short to judge.

    Case, accents, punctuation and spaces don't count.
    """
    folded = _folded(text)
    if len(folded) + sum(map(len, _RUNS[2][1].findall(folded[:_SHORTEST]))) < _SHORTEST:
        return []
    key, blake2b = _key(settings.RECEIPT_PEPPER, "text"), hashlib.blake2b
    digests = b"".join(
        [blake2b(piece.encode(), digest_size=32, key=key).digest() for piece in _pieces(folded)]
    )
    values = struct.unpack(f"<{len(digests) // 4}I", digests)
    least = [value for part in range(_SLICES) for value in _least(values[part::_SLICES])]
    return [
        _band(key, band, struct.pack(f"<{_VALUES}I", *least[band::BANDS])) for band in range(BANDS)
    ]


def _least(values):
    """The least value of each bin: the pieces that both texts have make them the same."""
    # Most values are far from the least of their bin; only the small ones need to be sorted.
    few = (1 << 32) * 128 // max(len(values), 128)
    least = {value % _BINS: value for value in sorted((v for v in values if v < few), reverse=True)}
    if len(least) < _BINS:
        least = {value % _BINS: value for value in sorted(values, reverse=True)}
    return [least.get(place, 0) for place in range(_BINS)]


# ---------------------------------------------------------------------------- picture

_SIDE = 20  # fields along each side
_FLAT = 3.0  # grey levels: a blank sheet's fields differ by less


def picture_bands(webp: bytes) -> list[int]:
    """Return sixteen signed 64-bit numbers for one of our own clean pictures; none for an empty
    sheet.

    Size, quality and a little more or less light don't count. Raises portal.picture.PictureError.
    """
    from PIL import Image

    plain_webp_size(webp)
    with Image.open(io.BytesIO(webp), formats=["WEBP"]) as picture:
        grey = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    fields = list(grey.tobytes())
    mean = sum(fields) / len(fields)
    if (sum((field - mean) ** 2 for field in fields) / len(fields)) ** 0.5 < _FLAT:
        return []
    key = _key(settings.RECEIPT_PEPPER, "picture")
    # Each band looks at fields from everywhere: the margins of all letters are alike.
    places = list(range(len(fields)))
    Random(key).shuffle(places)  # noqa: S311
    light = [int(fields[place] > mean) for place in places]
    return [_band(key, band, bytes(light[band::BANDS])) for band in range(BANDS)]
