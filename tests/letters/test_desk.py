"""The desk, as moderators use it."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image, ImageStat

from tests.letters.submissions import waiting
from tests.markup import faults
from tests.people import person, signed_in

DESK = "/admin/desk/"


# --------------------------------------------------------------------------- list


def test_the_oldest_letter_stands_first(desk):
    new, old, middle = waiting(1), waiting(500), waiting(50)
    rows = desk.get(DESK).context["rows"]
    assert [row.pk for row in rows] == [old.pk, middle.pk, new.pk]


def test_the_list_holds_only_the_languages_that_she_reads(desk):
    arabic, spanish = waiting(language="ar"), waiting(language="es")
    page = desk.get(DESK).content.decode()
    assert f"{DESK}{arabic.pk}/" in page
    assert f"{DESK}{spanish.pk}/" not in page


def test_a_moderator_without_a_profile_sees_all_languages(client, db):
    signed_in(client, person("bea", "Moderators"))
    waiting(language="ar"), waiting(language="es")
    assert len(client.get(DESK).context["rows"]) == 2


def test_a_lead_sees_all_languages_whatever_her_profile_says(client, db):
    signed_in(client, person("lina", "Lead moderators", reads=["ar"]))
    waiting(language="es")
    assert len(client.get(DESK).context["rows"]) == 1


def test_the_list_says_what_to_expect_but_no_word_of_the_letter(desk):
    waiting(words="canary " * 10, title="canary", signature="canary", held=["rate"])
    page = desk.get(DESK).content.decode()
    assert "70 characters" in page
    assert "To a survivor" in page
    assert "Many letters came from the same network" in page
    assert "canary" not in page


def test_the_list_is_read_in_pages_of_50_without_gaps(desk):
    keys = [waiting(1000 - n).pk for n in range(60)]
    first = desk.get(DESK)
    second = desk.get(f"{DESK}?{first.context['later']}")
    seen = [row.pk for page in (first, second) for row in page.context["rows"]]
    assert seen == keys
    assert len(first.context["rows"]) == 50
    assert second.context["later"] == ""


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "_", "2026-13-45T00:00_1", "2026-01-01T00:00_2", "1_1", "0001-01-01T00:00+14:00_1"],
)
def test_a_mangled_address_shows_the_beginning(desk, cursor):
    waiting()
    assert len(desk.get(DESK, {"after": cursor}).context["rows"]) == 1


def test_an_empty_desk_says_so(desk):
    assert "Nothing waits for you now" in desk.get(DESK).content.decode()


# ------------------------------------------------------------------------- letter


def test_the_words_carry_their_language_and_direction(desk):
    letter = waiting(language="ar", words="أنتِ لستِ وحدك.", title="إليكِ")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert re.search('<div[^>]* lang="ar" dir="rtl">', page)
    assert "أنتِ لستِ وحدك." in page


def test_what_the_writer_typed_stays_text(desk):
    letter = waiting(words="<script>alert(1)</script>", title="<b>", signature="<i>")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_content_notes_consents_and_reasons_to_look_closer_are_shown(desk):
    letter = waiting(content_notes=["threats"], held=["too-fast", "new-code"], may_quote=True)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    words_allowed = "<strong>Yes</strong> <q>The campaign may quote from my letter.</q>"
    assert "<strong>No</strong> <q>Volunteers may translate my letter.</q>" in page
    for words in ("Threats", "faster than people write", "new-code", words_allowed):
        assert words in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "By the form"),
        ({"way": "mail"}, "By e-mail, not confirmed yet"),
        ({"way": "mail", "confirmed_with": "x" * 64}, "By e-mail, confirmed by its writer"),
    ],
)
def test_it_says_which_way_the_letter_came(desk, fields, words):
    page = desk.get(f"{DESK}{waiting(**fields).pk}/").content.decode()
    assert f"<dd>{words}</dd>" in page


def test_what_she_says_against_a_decline_is_read_at_the_desk_only(desk):
    letter = waiting(appealed=True, appeal="It is my own street.", held=["appeal"])
    assert "It is my own street." in desk.get(f"{DESK}{letter.pk}/").content.decode()
    page = desk.get(DESK).content.decode()
    assert "my own street" not in page and "asks for a second look" in page


def test_an_appeal_that_no_key_opens_does_not_close_the_desk(desk, settings):
    letter = waiting(appealed=True, appeal="It is my own street.")
    settings.FIELD_KEYS = ["ZGlmZmVyZW50LWtleS1mb3ItdGVzdHMtb25seS4xMjM="]
    assert desk.get(DESK).status_code == 200
    assert "cannot be opened" in desk.get(f"{DESK}{letter.pk}/").content.decode()


def test_what_looks_made_by_a_machine_stands_where_it_is_due(desk):
    now = timezone.now()
    suspect = waiting(500, due=now + timedelta(hours=15))
    plain = waiting(10)
    page = desk.get(DESK)
    assert [row.pk for row in page.context["rows"]] == [plain.pk, suspect.pk]
    answer = desk.post(f"{DESK}{plain.pk}/decline/", {"reason": "spam"})
    assert answer.headers["Location"] == f"{DESK}{suspect.pk}/"


def test_the_contact_is_not_shown_but_that_there_is_one_is(desk):
    letter = waiting(contact="ana@example.org")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "kept encrypted" in page
    assert "ana@example.org" not in page


def test_a_letter_in_another_language_is_not_there(desk):
    letter = waiting(language="es", with_picture=True)
    for path in ("", "picture/veiled/", "picture/clear/"):
        assert desk.get(f"{DESK}{letter.pk}/{path}").status_code == 404
    for path in ("publish/", "decline/"):
        assert desk.post(f"{DESK}{letter.pk}/{path}", {"reason": "spam"}).status_code == 404
    letter.refresh_from_db()
    assert letter.state == "waiting"


@pytest.mark.parametrize("group", ["Editors", "Translators: es"])
def test_the_desk_is_not_there_for_others(client, site, group):
    signed_in(client, person("eva", group))
    letter = waiting()
    assert client.get(DESK).status_code == 404
    assert client.get(f"{DESK}{letter.pk}/").status_code == 404
    assert "/admin/desk/" not in client.get("/admin/").content.decode()


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(DESK).headers["Location"].startswith("/admin/login/")


def test_the_pages_of_the_desk_are_valid_html(desk):
    letter = waiting(with_picture=True, held=["rate"], content_notes=["hate"])
    for path in (DESK, f"{DESK}{letter.pk}/", f"{DESK}{letter.pk}/?picture=clear"):
        page = desk.get(path).content.decode()
        ours = page[page.index('<div class="desk"') : page.rindex("</main>")]
        around = "<div>" * (ours.count("</div>") - ours.count("<div"))
        assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == []


# ------------------------------------------------------------------------ picture


def test_no_pixel_of_a_picture_is_asked_for_before_she_asks(desk):
    letter = waiting(with_picture=True)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "<img" not in page[page.index("data-desk ") :]
    assert "?picture=veiled" in page


def test_the_first_look_is_grey_and_blurred_on_the_server(desk):
    letter = waiting(with_picture=True)
    page = desk.get(f"{DESK}{letter.pk}/?picture=veiled").content.decode()
    assert re.findall('<img src=.([^"]+)', page) == [f"{DESK}{letter.pk}/picture/veiled/"]
    answer = desk.get(f"{DESK}{letter.pk}/picture/veiled/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    veiled = Image.open(io.BytesIO(answer.content)).convert("RGB")
    red, green, blue = ImageStat.Stat(veiled).mean
    assert max(red, green, blue) - min(red, green, blue) < 2
    # The hard edge between red and blue has become a slope.
    row = [veiled.getpixel((x, veiled.height // 2))[0] for x in range(veiled.width)]
    assert max(abs(a - b) for a, b in zip(row, row[1:], strict=False)) < 8


def test_the_second_look_shows_the_cleaned_copy(desk):
    letter = waiting(with_picture=True)
    answer = desk.get(f"{DESK}{letter.pk}/picture/clear/")
    clear = Image.open(io.BytesIO(answer.content)).convert("RGB")
    red, _green, blue = clear.getpixel((5, 5))
    assert red > 200 > 60 > blue
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_there_is_no_picture_of_a_letter_without_one_or_of_a_decided_one(desk, amal):
    assert desk.get(f"{DESK}{waiting().pk}/picture/clear/").status_code == 404
    letter = waiting(with_picture=True)
    letter.decline(amal, "spam")
    assert desk.get(f"{DESK}{letter.pk}/picture/clear/").status_code == 404
