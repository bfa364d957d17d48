"""Original pictures and contacts: a lead's, one at a time, with a reason that is written down."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.log_actions import LogActionRegistry
from wagtail.models import ModelLogEntry

from letters.desk import sealed, veil
from letters.models import Report
from tests.letters.submissions import waiting
from tests.markup import faults
from tests.people import person, signed_in
from tests.portal.pictures import saved

DESK = "/admin/desk/"


def text(response):
    return " ".join(response.content.decode().split())


def large_picture():
    return saved(Image.effect_noise((2000, 900), 90).convert("RGB"), "JPEG")


def size(response):
    return Image.open(io.BytesIO(response.content)).size


@pytest.fixture
def lina(db):
    return person("lina", "Lead moderators")


@pytest.fixture
def lead(client, lina):
    return signed_in(client, lina)


def entries(action):
    return list(ModelLogEntry.objects.filter(action=action))


# ------------------------------------------------------------------------ pictures


def test_a_moderator_sees_a_copy_and_a_lead_the_whole_picture(lead, amal):
    letter = waiting(with_picture=large_picture())
    desk = Client()
    desk.force_login(amal)
    assert size(desk.get(f"{DESK}{letter.pk}/picture/clear/")) == (veil.CLEAR_SIDE, 720)
    page = lead.post(f"{DESK}{letter.pk}/original/", {"reason": "small-writing"})
    assert page.headers["Cache-Control"] == "private, no-store"
    answer = lead.get(page.context["picture_url"])
    assert size(answer) == (2000, 900)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "image/webp"


def test_that_she_saw_it_and_why_is_written_down(lead):
    letter = waiting(with_picture=True, title="canary", words="canary")
    lead.post(f"{DESK}{letter.pk}/original/", {"reason": "court"})
    (entry,) = entries("letters.see_original")
    assert (entry.user.username, entry.data) == ("lina", {"reason": "court"})
    assert entry.label == f"Submission {letter.pk}"
    assert "canary" not in repr(list(ModelLogEntry.objects.values()))


@pytest.mark.parametrize("reason", ["", "curious"])
def test_without_a_reason_of_the_list_nothing_is_opened(lead, reason):
    letter = waiting(with_picture=True, contact="canary@mail.example")
    for path in ("original/", "contact/"):
        page = lead.post(f"{DESK}{letter.pk}/{path}", {"reason": reason})
        assert page.context["form"].errors["reason"]
        assert str(page.context["form"].errors["reason"][0]) in text(page)
        assert "canary" not in text(page) and "picture_url" not in page.context
    assert not ModelLogEntry.objects.exists()


def test_asking_by_an_address_opens_nothing(lead):
    letter = waiting(with_picture=True, contact="canary@mail.example")
    for path in ("original/", "contact/"):
        page = lead.get(f"{DESK}{letter.pk}/{path}", {"reason": "court"})
        assert "canary" not in text(page) and "<img" not in text(page)
    assert not ModelLogEntry.objects.exists()


def test_the_address_of_an_original_works_for_a_minute_and_one_person(lead, lina):
    letter, other = waiting(with_picture=True), waiting(with_picture=True)
    page = lead.post(f"{DESK}{letter.pk}/original/", {"reason": "reported"})
    address = page.context["picture_url"]
    token = address.split("/")[-2]
    assert lead.get(address).status_code == 200
    assert lead.get(f"{DESK}{other.pk}/original/{token}/").status_code == 404
    assert lead.get(f"{DESK}{letter.pk}/original/{token}x/").status_code == 404
    second = Client()
    second.force_login(person("zoe", "Lead moderators"))
    assert second.get(address).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert lead.get(address).status_code == 404
    lina.groups.clear()
    lina.groups.set(person("amal", "Moderators").groups.all())
    assert lead.get(address).status_code == 404


def test_an_original_that_no_key_opens_is_not_there(lead, settings):
    letter = waiting(with_picture=True)
    address = lead.post(f"{DESK}{letter.pk}/original/", {"reason": "court"}).context["picture_url"]
    settings.FIELD_KEYS = ["ZGlmZmVyZW50LWtleS1mb3ItdGVzdHMtb25seS4xMjM="]
    assert lead.get(address).status_code == 404


def test_a_decided_letter_keeps_its_original_for_leads_until_it_is_erased(lead, lina):
    letter = waiting(with_picture=True, contact="canary@mail.example")
    letter.decline(lina, "spam")
    for path in ("original/", "contact/"):
        page = lead.post(f"{DESK}{letter.pk}/{path}", {"reason": "court"})
        assert page.context["back_url"] == f"{DESK}decided/{letter.pk}/"
    letter.refresh_from_db()
    letter.erase()
    for path in ("original/", "contact/"):
        assert lead.post(f"{DESK}{letter.pk}/{path}", {"reason": "court"}).status_code == 404


def test_what_is_gone_cannot_be_opened(lead, lina):
    letter = waiting(with_picture=True, contact="canary@mail.example")
    letter.withdraw()
    for path in ("original/", "contact/"):
        assert lead.post(f"{DESK}{letter.pk}/{path}", {"reason": "court"}).status_code == 404
    plain = waiting()
    for path in ("original/", "contact/"):
        assert lead.post(f"{DESK}{plain.pk}/{path}", {"reason": "court"}).status_code == 404
    assert not entries("letters.see_original") + entries("letters.reveal_contact")


# ------------------------------------------------------------------------- contacts


def test_a_contact_is_shown_once_and_written_down(lead):
    letter, other = waiting(contact="canary@mail.example"), waiting(contact="other@mail.example")
    page = lead.post(f"{DESK}{letter.pk}/contact/", {"reason": "danger"})
    assert "<bdi>canary@mail.example</bdi>" in text(page) and "other@" not in text(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "canary" not in text(lead.get(f"{DESK}{letter.pk}/contact/"))
    (entry,) = entries("letters.reveal_contact")
    assert (entry.label, entry.data) == (f"Submission {letter.pk}", {"reason": "danger"})
    assert "canary" not in repr(list(ModelLogEntry.objects.values()))
    assert other.decisions.count() == 0


def test_a_contact_that_no_key_opens_says_so(lead, settings):
    letter = waiting(contact="canary@mail.example")
    settings.FIELD_KEYS = ["ZGlmZmVyZW50LWtleS1mb3ItdGVzdHMtb25seS4xMjM="]
    page = lead.post(f"{DESK}{letter.pk}/contact/", {"reason": "answer"})
    assert page.status_code == 200 and "This cannot be opened" in text(page)


# --------------------------------------------------------------------------- rights


def test_without_the_right_it_is_not_there_and_no_button_is(desk):
    letter = waiting(with_picture=True, contact="canary@mail.example")
    page = text(desk.get(f"{DESK}{letter.pk}/"))
    for path in ("original/", "contact/"):
        assert f"{DESK}{letter.pk}/{path}" not in page
        for ask in (desk.get, desk.post):
            assert ask(f"{DESK}{letter.pk}/{path}", {"reason": "court"}).status_code == 404
    assert not ModelLogEntry.objects.exists()


def test_a_lead_has_both_buttons_where_there_is_something_to_open(lead):
    letter = waiting(with_picture=True, contact="canary@mail.example")
    page = text(lead.get(f"{DESK}{letter.pk}/"))
    for path in ("original/", "contact/"):
        assert f'action="{DESK}{letter.pk}/{path}"' in page
    plain = waiting()
    page = text(lead.get(f"{DESK}{plain.pk}/"))
    assert "/original/" not in page and "/contact/" not in page


# ------------------------------------------------------------------------------ log


def test_the_log_says_in_words_what_was_seen_and_why(lead, lina):
    registry = LogActionRegistry()
    registry.has_scanned_for_actions = True
    sealed.register(registry)
    letter = waiting(with_picture=True, contact="canary@mail.example")
    for path, reason in (("original/", "small-writing"), ("contact/", "danger")):
        lead.post(f"{DESK}{letter.pk}/{path}", {"reason": reason})
    report = Report.take(waiting().publish(None), reason="about-me", contact="c@mail.example")
    ModelLogEntry.objects.log_action(
        report, "letters.reveal_contact", user=lina, data={"reason": "court"}
    )
    said = [
        registry.get_formatter(entry).format_message(entry)
        for entry in ModelLogEntry.objects.order_by("pk")
    ]
    assert said == [
        "Saw the original of a picture (To read small writing in it)",
        "Saw the contact of a writer (Somebody’s life is in danger)",
        "Saw the contact of who reported (The police or a court asks for it)",
    ]


def test_an_entry_without_a_reason_is_told_all_the_same(lina):
    entry = ModelLogEntry.objects.log_action(waiting(), "letters.reveal_contact", user=lina)
    assert sealed.SawContact().format_message(entry) == "Saw the contact of a writer"


# ----------------------------------------------------------------------------- html


def test_these_pages_are_valid_html(lead):
    letter = waiting(with_picture=True, contact="canary@mail.example")
    for path in ("original/", "contact/"):
        for page in (
            lead.get(f"{DESK}{letter.pk}/{path}"),
            lead.post(f"{DESK}{letter.pk}/{path}", {}),
            lead.post(f"{DESK}{letter.pk}/{path}", {"reason": "court"}),
        ):
            page = page.content.decode()
            ours = page[page.index('<div class="desk desk-sealed">') : page.rindex("</main>")]
            around = "<div>" * (ours.count("</div>") - ours.count("<div"))
            assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == []
