"""When something fails, the answer holds her words; what is logged does not."""

import logging

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import UnreadablePostError
from django.test import RequestFactory
from django.utils import translation

from letters.intake import token as tokens
from letters.intake import views
from letters.models import Submission

WORDS = "Dear friend,\n\nI believe you & I am with you. canary-3c1"
CONTACT = "canary-9d2@example.org"
POSTED = {
    "words": WORDS,
    "title": "To you",
    "contact": CONTACT,
    "content_notes": ["hate", "threats"],
}
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


def kept(response):
    page = BeautifulSoup(response.content, "html.parser")
    found = {"words": page.select_one("textarea[name=words]").text}
    for field in page.select("main input[type=hidden]"):
        found.setdefault(field["name"], []).append(field["value"])
    return found


def test_with_the_database_away_her_words_come_back(caplog):
    # Without pytest-django's database fixture every query fails: what answers here needs none.
    request = RequestFactory().post("/en/write/decision-maker/", POSTED, headers=SAME_ORIGIN)
    response = views.write(request, "decision-maker")
    assert response.status_code in (500, 503)
    assert response.headers["Cache-Control"] == "no-store"
    assert kept(response) == {
        "words": WORDS,
        "title": ["To you"],
        "contact": [CONTACT],
        "content_notes": ["hate", "threats"],
    }
    assert "canary" not in caplog.text


@pytest.mark.parametrize("code", ["es", "fr", "ar", "hi", "zh-hans", "qu"])
def test_the_page_that_keeps_them_is_in_her_language(code):
    with translation.override(code):
        address = f"/{code}/write/decision-maker/"
        request = RequestFactory().post(address, POSTED, headers=SAME_ORIGIN)
        page = BeautifulSoup(views.write(request, "decision-maker").content, "html.parser")
    assert page.html["lang"] == code
    assert page.html["dir"] == ("rtl" if code == "ar" else "ltr")


def test_with_a_table_gone_her_words_come_back_through_the_whole_house(site, client, caplog):
    cascade = "CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE letters_submission {cascade}")
    token = tokens.mint("survivor").signed
    response = client.post(
        "/en/write/survivor/send/", {**POSTED, "token": token}, headers=SAME_ORIGIN
    )
    assert response.status_code in (500, 503)
    assert kept(response)["words"] == WORDS
    assert kept(response)["token"] == [token]  # so that trying again makes one letter
    assert "canary" not in caplog.text


def test_with_the_private_storage_away_her_words_come_back(site, client, settings, tmp_path):
    blocked = tmp_path / "a file, where the folder should be"
    blocked.write_text("")
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": blocked},
        },
    }
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.portal.pictures import PICTURES

    photo = SimpleUploadedFile("me.jpg", PICTURES["JPEG"](), "image/jpeg")
    response = client.post("/en/write/survivor/", {**POSTED, "picture": photo}, headers=SAME_ORIGIN)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert kept(response)["words"] == WORDS
    words_only = client.post("/en/write/survivor/", POSTED, headers=SAME_ORIGIN)
    assert words_only.status_code == 200


def test_more_than_two_megabytes_of_words_are_sent_back_calmly(site, client):
    response = client.post("/en/write/survivor/", {"words": "ش" * 1_500_000}, headers=SAME_ORIGIN)
    assert response.status_code == 413
    assert not response.cookies


def test_nothing_that_was_written_is_logged(site, client, caplog):
    caplog.set_level(logging.DEBUG)
    for headers in (SAME_ORIGIN, {"sec-fetch-site": "cross-site"}, {}):
        client.post("/en/write/survivor/", POSTED, headers=headers)
        client.post("/en/write/survivor/", {**POSTED, "words": ""}, headers=headers)
    lines = [
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    ]
    assert not any("canary" in line for line in lines)
    assert not Submission.objects.exists()


def test_a_connection_that_breaks_off_is_no_letter(site):
    class Broken:
        def read(self, *_sizes):
            raise UnreadablePostError("gone")

    request = RequestFactory().post("/en/write/survivor/", POSTED, headers=SAME_ORIGIN)
    request._stream, request._read_started = Broken(), False
    assert views.write(request, "survivor").status_code in (413, 500, 503)
