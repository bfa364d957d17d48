"""Photos that arrive all at once are worked off, while readers get their pages as ever.

The suite sends a few; `python -m tests.letters.test_picture_burst` sends thirty of twelve
megapixels, and tells how long all of it took.
"""

import random
import re
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal import picture
from tests import databases
from tests.environment import WORKER
from tests.portal.pictures import exif, saved
from tests.server import serving

pytestmark = pytest.mark.one_database

WORDS = "You are not alone, and we believe you."
FORM = "/en/write/survivor/"


def photo(megapixels):
    """A JPEG with as much detail as a telephone's."""
    width, height = (round(side * (megapixels / 12) ** 0.5) for side in (4000, 3000))
    coarse = Image.effect_noise((width // 8, height // 8), 60).resize((width, height))
    fine = Image.effect_noise((width, height), 25)
    image = Image.merge("RGB", [Image.blend(coarse, fine, 0.2)] * 3)
    return saved(image, "JPEG", quality=88, exif=exif(6))


def post_with_photo(server, data, number):
    """Status and page of the form's answer, and how many seconds it took."""
    edge = f"edge{random.getrandbits(64):x}"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="words"\r\n\r\n{WORDS} {number}\r\n',
        f'--{edge}\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n',
        "Content-Type: image/jpeg\r\n\r\n",
    ]
    body = "".join(parts).encode() + data + f"\r\n--{edge}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Sec-Fetch-Site": "same-origin",
    }
    began = time.monotonic()
    request = urllib.request.Request(server + FORM, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            status, page = answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, page = error.code, error.read().decode()
    return status, page, time.monotonic() - began


class Reader(threading.Thread):
    """Opens a page again and again until it is stopped; `times` in seconds."""

    def __init__(self, address):
        super().__init__()
        self.address, self.times, self.stop = address, [], threading.Event()

    def run(self):
        while not self.stop.wait(0.05):
            began = time.monotonic()
            with urllib.request.urlopen(self.address, timeout=120) as answer:
                answer.read()
            self.times.append(time.monotonic() - began)


def burst(server, count, megapixels):
    """What all of them got, the seconds until the last had it, and how long readers waited for a
    page meanwhile."""
    data = photo(megapixels)
    readers = [Reader(server + FORM) for _ in range(3)]
    for reader in readers:
        reader.start()
    began = time.monotonic()
    with ThreadPoolExecutor(count) as crowd:
        answers = list(crowd.map(lambda n: post_with_photo(server, data, n), range(count)))
    took = time.monotonic() - began
    for reader in readers:
        reader.stop.set()
    for reader in readers:
        reader.join()
    return answers, took, sorted(seconds for reader in readers for seconds in reader.times)


def test_many_photos_at_once_are_all_taken_and_pages_stay_fast(serve):
    answers, took, waits = burst(serve(), 16, 12)
    assert [status for status, _page, _took in answers] == [200] * 16
    for number, (_status, page, _took) in enumerate(answers):
        assert f"{WORDS} {number}" in page
        assert re.search(r'name="with_picture" value="yes"', page)
    assert took < 32  # at this pace thirty are done within a minute
    assert waits[-1] < took / 2, waits  # nobody who reads stands in the photos' queue


def test_when_too_many_are_waiting_her_words_come_back_with_the_reason(client, site, monkeypatch):
    monkeypatch.setattr(picture, "WAIT_SECONDS", 0.1)
    file = SimpleUploadedFile("a.jpg", photo(1), content_type="image/jpeg")
    with picture._places, picture._places:
        answer = client.post(FORM, {"words": WORDS, "picture": file})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert picture.PictureError("busy").message in answer.content.decode()
    file.seek(0)
    again = client.post(FORM, {"words": WORDS, "picture": file})
    assert again.status_code == 200


def main():
    databases.files()
    databases.migrated()
    databases.copy("migrated", WORKER)
    with serving(WORKER) as server:
        answers, took, waits = burst(server, 30, 12)
    slowest = max(seconds for _status, _page, seconds in answers)
    print(
        f"{sum(status == 200 for status, _page, _took in answers)} of 30 photos taken in "
        f"{took:.1f} s, the slowest answer after {slowest:.1f} s; a page meanwhile: "
        f"{waits[len(waits) // 2]:.3f} s in the middle, {waits[-1]:.3f} s at worst, "
        f"{len(waits)} times"
    )


if __name__ == "__main__":
    main()
