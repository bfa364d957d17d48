"""One decided letter at the desk: looked at, taken down, put back, published again."""

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from letters.models import Letter, Report
from tests.letters.decided import (
    DESK,
    LIST,
    correct,
    declined,
    messages,
    minutes_later,
    now,
    published,
    text,
)
from tests.markup import faults
from tests.people import person, signed_in


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def lead(db):
    return person("lina", "Lead moderators")


def test_it_says_what_readers_see_and_who_decided_what(desk, amal, bea):
    submission = published(bea, words="Readers see this.", content_notes=["threats"])
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "Readers see this." in page and submission.letter.address in page
    assert "Threats" in page and "bea" in page and "Published" in page
    submission.take_down(amal, "hate", note="It calls somebody names.")
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "Readers don’t see it" in page and "It is hateful" in page
    assert "It calls somebody names." in page


def test_a_letter_that_its_writer_took_back_offers_nothing(desk, amal):
    submission = published(amal, words="Canary words", title="Canary")
    submission.withdraw()
    answer_ = desk.get(f"{LIST}{submission.pk}/")
    page = text(answer_)
    assert "Taken back by its writer" in page and "Canary" not in page
    ours = page[page.index('class="desk desk-settled"') :]
    assert "<form" not in ours
    for act in ("take-down", "put-back", "restore", "correct"):
        fields = {"reason": "hate", "language": "en", "gap_reason": "name"}
        after = desk.post(f"{LIST}{submission.pk}/{act}/", fields, follow=True)
        assert "its writer has taken this letter back" in messages(after), act


def test_an_erased_letter_offers_nothing_impossible(desk, amal):
    submission = declined(amal, words="Canary words")
    submission.erase()
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "thirty days after the decision" in page and "Put it back" not in page
    after = desk.post(f"{LIST}{submission.pk}/put-back/", follow=True)
    assert "This changed nothing" in messages(after)
    assert now(submission).state == "declined"


def test_a_published_letter_stays_correctable_when_its_private_part_is_gone(desk, amal):
    submission = published(amal)
    submission.erase()
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "Correct it" in page and "Take it down" in page and "Put it back" not in page
    correct(desk, submission, phrases="alone")
    assert "alone" not in Letter.objects.get().words


def test_it_is_taken_down_undone_and_published_again(desk, client, amal):
    submission = published(amal)
    address, page = submission.letter.address, f"{LIST}{submission.pk}/"
    assert "Choose a reason" in text(desk.post(f"{page}take-down/"))
    assert Letter.objects.public().exists()
    desk.post(f"{page}take-down/", {"reason": "hate", "note": "Names."})
    assert client.get(address).status_code == 404
    decision = submission.decisions.latest("pk")
    assert f"/undo/{decision.pk}/" in text(desk.get(page))
    desk.post(f"{DESK}undo/{decision.pk}/")
    assert client.get(address).status_code == 200
    desk.post(f"{page}take-down/", {"reason": "hate"})
    minutes_later(11)
    assert not Letter.objects.exists()
    assert "Publish it again" in text(desk.get(page))
    desk.post(f"{page}restore/")
    assert client.get(address).status_code == 200
    assert [x.act for x in submission.decisions.order_by("pk")] == [
        *("publish", "take-down", "undo", "take-down", "restore")
    ]
    log = ModelLogEntry.objects.order_by("pk").values_list("action", "label", "user__username")
    acts = ["take_down", "undo", "take_down", "restore"]
    number = f"Submission {submission.pk}"
    assert list(log) == [(f"letters.{act}", number, "amal") for act in acts]


def test_taking_a_reported_letter_down_decides_its_reports_too(desk, amal):
    submission = published(amal)
    Report.take(submission.letter, reason="about-me")
    assert "/admin/desk/reports/" in text(desk.get(f"{LIST}{submission.pk}/"))
    desk.post(f"{LIST}{submission.pk}/take-down/", {"reason": "hate"})
    assert Report.objects.get().state == "granted"
    assert now(submission).state == "declined"


def test_it_goes_back_into_the_queue_and_readers_lose_it(desk, client, amal):
    submission = published(amal, with_picture=True, picture_alt="A page")
    address = submission.letter.address
    desk.post(f"{LIST}{submission.pk}/put-back/")
    assert client.get(address).status_code == 404
    minutes_later(11)
    assert not get_image_model().objects.exists()
    assert now(submission).state == "waiting"
    assert ModelLogEntry.objects.get().action == "letters.return"
    again = desk.post(f"{LIST}{submission.pk}/put-back/", follow=True)
    assert "This changed nothing" in messages(again)
    now(submission).publish(amal)
    assert client.get(address).status_code == 200


def test_a_get_changes_nothing_and_an_act_needs_the_forms_own_token(desk, amal):
    submission = published(amal)
    browser = signed_in(Client(enforce_csrf_checks=True), amal)
    acts = [f"decided/{submission.pk}/{x}" for x in ("take-down", "put-back", "restore", "correct")]
    for act in [*acts, f"{submission.pk}/object", f"{submission.pk}/leave-out"]:
        assert desk.get(f"{DESK}{act}/").status_code == 405, act
        assert browser.post(f"{DESK}{act}/").status_code == 403, act
    assert Letter.objects.public().exists()


@pytest.mark.parametrize("group", ["Editors", "Translators: es"])
def test_it_is_not_there_for_others(client, site, group):
    submission = published()
    signed_in(client, person("eva", group))
    for path in ("", f"{submission.pk}/", f"{submission.pk}/picture/clear/"):
        assert client.get(LIST + path).status_code == 404, path
    for act in ("take-down", "put-back", "restore", "correct"):
        assert client.post(f"{LIST}{submission.pk}/{act}/").status_code == 404, act
    assert Letter.objects.public().exists()


def test_its_picture_is_veiled_first_and_shown_while_it_is_hidden(desk, amal):
    submission = published(amal, with_picture=True, picture_alt="A page")
    base = f"{LIST}{submission.pk}/"
    assert 'src="/admin/desk/' not in text(desk.get(base))
    assert f'src="{base}picture/veiled/"' in text(desk.get(base, {"picture": "veiled"}))
    submission.take_down(amal, "hate")
    for shows in ("veiled", "clear"):
        got = desk.get(f"{base}picture/{shows}/")
        assert got.headers["Content-Type"] == "image/webp"
        assert got.headers["Cache-Control"] == "private, no-store"
    assert desk.get(f"{LIST}{published().pk}/picture/clear/").status_code == 404


def test_its_page_costs_the_same_however_long_its_history(
    desk, amal, django_assert_max_num_queries
):
    submission = published(amal)
    desk.get(f"{LIST}{submission.pk}/")
    with django_assert_max_num_queries(15) as few:
        desk.get(f"{LIST}{submission.pk}/")
    for _number in range(5):
        submission.take_down(amal, "hate")
        submission.restore(person(f"p{_number}", "Moderators"))
    with django_assert_max_num_queries(15) as many:
        desk.get(f"{LIST}{submission.pk}/")
    assert len(few) == len(many)


def test_its_pages_are_valid_html(client, rf, lead, amal):
    signed_in(client, lead)
    shown = published(lead, with_picture=True, picture_alt="A page", language="ar")
    refused = declined(lead, words="## One\n\nTwo", contact="her@example.org")
    gone = published(lead)
    gone.withdraw()
    paths = [LIST, f"{LIST}?mine=1&q=alone", *(f"{LIST}{x.pk}/" for x in (shown, refused, gone))]
    pages = [client.get(path).content for path in [*paths, f"{LIST}{shown.pk}/?picture=clear"]]
    pages.append(client.post(f"{LIST}{shown.pk}/take-down/").content)
    pages.append(correct(client, shown, phrases="Nowhere").content)
    pages.append(client.post(f"{DESK}{refused.pk}/object/", {"question": "x" * 2000}).content)
    for number, page in enumerate(pages):
        page = page.decode()
        ours = page[page.index('<div class="desk') : page.rindex("</main>")]
        around = "<div>" * (ours.count("</div>") - ours.count("<div"))
        assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == [], number
