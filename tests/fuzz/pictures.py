"""Damaged and lying pictures through the one way in: each ends as pixels or as a refusal.

`python -m tests.fuzz` runs a thousand; the suite runs a hundred that never change.
"""

import random
import resource
import signal
import struct
import subprocess
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

from PIL import Image

from portal import clean, picture
from tests.exiftool import metadata
from tests.portal.pictures import PICTURES, SECRET, exif, saved

TAILS = (
    b"PK\x03\x04" + SECRET * 20,
    b"<script>alert(1)</script><?php system($_GET['c']); ?>" + SECRET,
    b"%PDF-1.7\n" + SECRET,
    bytes(70_000),
)
LIES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 12_001, 65_500, 0x7FFFFFFF, 0xFFFFFFFF)
SIDES = (300, 200)  # of the pictures that are damaged; their headers are told other sizes
REFUSALS = {"empty", "too-big", "too-many-pixels", "not-a-picture", "broken"}
RUN = subprocess.run
SECONDS = picture.WALL_SECONDS / 2


def originals():
    """Real files of all six formats, plain ones and ones with detail."""
    noise = Image.effect_noise(SIDES, 80).convert("RGB")
    detailed = {
        f"{form} with detail": saved(noise, form, exif=exif().tobytes())
        for form in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
    }
    detailed["GIF with detail"] = saved(noise.quantize(), "GIF")
    detailed["progressive JPEG"] = saved(noise, "JPEG", progressive=True)
    return [make() for make in PICTURES.values()] + list(detailed.values())


# ---------------------------------------------------------------------------- damage


def flip_bits(data, chance, _all):
    for _ in range(chance.choice((1, 4, 40))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def flip_bits_of_the_header(data, chance, _all):
    for _ in range(chance.choice((1, 3))):
        data[chance.randrange(min(len(data), 400))] = chance.randrange(256)
    return data


def cut_off(data, chance, _all):
    return data[: chance.randrange(12, len(data) + 1)]


def splice(data, chance, all_of_them):
    other = chance.choice(all_of_them)
    return data[: chance.randrange(12, len(data) + 1)] + other[chance.randrange(len(other)) :]


def lie_about_a_length(data, chance, _all):
    place = chance.randrange(len(data))
    form = chance.choice((">H", "<H", ">I", "<I"))
    size = struct.calcsize(form)
    data[place : place + size] = struct.pack(form, chance.choice(LIES) & (256**size - 1))
    return data


def lie_about_the_size(data, chance, _all):
    """Where the header says 300 or 200 pixels, say something else."""
    for side in SIDES:
        for form in (">H", "<H", ">I", "<I"):
            place = data.find(struct.pack(form, side))
            if place >= 0 and chance.random() < 0.7:
                size = struct.calcsize(form)
                lie = chance.choice(LIES) & (256**size - 1)
                data[place : place + size] = struct.pack(form, lie)
    return data


def swap_parts(data, chance, _all):
    a, b, c = sorted(chance.randrange(8, len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def repeat_a_part(data, chance, _all):
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:b] + data[a:b] * chance.choice((1, 2, 30)) + data[b:]


def append(data, chance, _all):
    return data + chance.choice(TAILS)


DAMAGES = (
    flip_bits,
    flip_bits_of_the_header,
    cut_off,
    splice,
    lie_about_a_length,
    lie_about_the_size,
    swap_parts,
    repeat_a_part,
    append,
)


def fuzzed(count, seed):
    """That many damaged pictures, the same ones for the same seed."""
    chance = random.Random(seed)
    whole = originals()
    for number in range(count):
        data = bytearray(whole[number % len(whole)])
        for _ in range(chance.choice((1, 1, 2, 3))):
            if len(data) > 16:
                data = chance.choice(DAMAGES)(data, chance, whole)
        yield bytes(data)


# ------------------------------------------------------------------------------- run


class Run:
    """What happened: `taken` and `refused` (by code), `slowest` in seconds, `memory` as the most
    that a child held, in bytes, `ended` (children by the signal that ended them), `wrong` (what
    must not happen, in words)."""

    def __init__(self, count, seed):
        self.taken, self.refused, self.ended = 0, Counter(), Counter()
        self.slowest, self.wrong = 0.0, []
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(subprocess, "run", self.watched),
            ThreadPoolExecutor(2) as pair,
        ):
            for number, clean_one in enumerate(pair.map(self.one, fuzzed(count, seed))):
                if clean_one:
                    self.taken += 1
                    Path(folder, f"{number}.webp").write_bytes(clean_one.webp)
            outcomes = sorted(Path(folder).iterdir())
            if outcomes:
                self.wrong += [f"{key} = {value}" for key, value in metadata(*outcomes).items()]
            if any(SECRET in path.read_bytes() for path in outcomes):
                self.wrong.append("a canary came through")
        self.memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        if self.memory > clean.MEMORY:
            self.wrong.append(f"a child held {self.memory / 1e6:.0f} MB")
        if self.ended[signal.SIGKILL] or self.ended[signal.SIGXCPU]:
            self.wrong.append("a child used up its processor time")

    def watched(self, *arguments, **options):
        child = RUN(*arguments, **options)
        if child.returncode < 0:
            self.ended[-child.returncode] += 1
        return child

    def one(self, data):
        began, result = time.monotonic(), None
        try:
            result = picture.clean_picture(data)
        except picture.PictureError as refused:
            self.refused[refused.code] += 1
            if refused.code not in REFUSALS:
                self.wrong.append(f"refused as {refused.code}")
        except Exception as error:
            self.wrong.append(f"{type(error).__name__}: {error}")
        took = time.monotonic() - began
        self.slowest = max(self.slowest, took)
        if took > SECONDS:
            self.wrong.append(f"one took {took:.0f} s")
        return result

    def __str__(self):
        refused = ", ".join(f"{count} {code}" for code, count in self.refused.most_common())
        signals = ", ".join(f"{n} × {signal.Signals(s).name}" for s, n in self.ended.items())
        return (
            f"{self.taken} taken; refused: {refused or 'none'}; children ended by signals: "
            f"{signals or 'none'}; slowest {self.slowest:.1f} s; most memory "
            f"{self.memory / 1e6:.0f} MB"
        )


def main(count, seed):
    """Run and tell; returns what went wrong, as a list of sentences."""
    outcome = Run(count, seed)
    print(f"{count} pictures: {outcome}", flush=True)
    return outcome.wrong
