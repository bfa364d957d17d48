"""Reported letters at the desk: who sees them, by when they are decided, what is written down."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from letters.models import Decision, IntakeSwitch, Letter, Report
from letters.retention import delete_what_was_taken_down
from tests.letters.surfaces import Marked
from tests.markup import faults
from tests.people import person, signed_in

LIST = "/admin/desk/reports/"


def reported(hours_ago=1, has_picture=False, contact="canary@example.org", **fields):
    """A public letter, and what somebody says of it."""
    marked = Marked(["words", "picture"], has_picture=has_picture, **fields)
    letter = marked.submission.publish(None)
    report = Report.take(letter, reason="about-me", words="It is my street.", contact=contact)
    Report.objects.filter(pk=report.pk).update(made=timezone.now() - timedelta(hours=hours_ago))
    letter.refresh_from_db()
    return letter


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def lead(client, db):
    return signed_in(client, person("lina", "Lead moderators"))


# ---------------------------------------------------------------------------- list


def test_the_letter_that_was_reported_first_stands_first_with_its_clock(desk):
    new, late, old = reported(2), reported(50), reported(30)
    page = desk.get(LIST)
    assert [row.pk for row in page.context["rows"]] == [late.pk, old.pk, new.pk]
    assert (page.context["reported"], page.context["overdue"]) == (3, 1)
    assert "2 hours too late" in text(page)
    assert "within 17 hours" in text(page)


def test_a_letter_stands_there_once_however_many_report_it(desk):
    letter = reported(5)
    Report.take(letter, reason="other")
    (row,) = desk.get(LIST).context["rows"]
    assert row.times == 2
    assert desk.get(LIST).context["reported"] == 1


def test_the_list_shows_no_word_of_the_letter_or_of_the_report(desk):
    letter = reported()
    page = text(desk.get(LIST))
    assert letter.words not in page and letter.code not in page
    assert "my street" not in page and "canary" not in page


def test_the_list_is_read_in_pages_without_gaps(desk):
    keys = [reported(60 - n).pk for n in range(27)]
    first = desk.get(LIST)
    second = desk.get(LIST, {"after": first.context["next_cursor"]})
    assert [r.pk for page in (first, second) for r in page.context["rows"]] == keys
    assert second.context["next_cursor"] == ""


def test_only_the_languages_that_she_reads(desk):
    reported(language="ar")
    spanish = reported(language="es")
    page = desk.get(LIST)
    assert [row.language for row in page.context["rows"]] == ["ar"]
    assert page.context["reported"] == 1
    assert desk.get(f"{LIST}{spanish.pk}/picture/clear/").status_code == 404
    for path in ("keep/", "take-down/", f"contact/{spanish.reports.get().pk}/"):
        assert desk.post(f"{LIST}{spanish.pk}/{path}", {"reason": "hate"}).status_code == 404
    assert Letter.objects.filter(pk=spanish.pk, hidden=True).exists()


@pytest.mark.parametrize("group", ["Editors", "Translators: es"])
def test_it_is_not_there_for_others(client, site, group):
    letter = reported()
    signed_in(client, person("eva", group))
    for path in ("", f"{letter.pk}/", f"{letter.pk}/picture/clear/"):
        assert client.get(LIST + path).status_code == 404
    for path in ("keep/", "take-down/"):
        assert client.post(f"{LIST}{letter.pk}/{path}", {"reason": "hate"}).status_code == 404


def test_the_first_page_and_the_desk_say_how_many_and_how_late(desk):
    reported(50), reported(1)
    page = text(desk.get("/admin/"))
    assert "Somebody says of 2 letters: this is about me." in page
    assert "1 has waited for more than 48 hours." in page
    assert "Reported letters (2)" in text(desk.get("/admin/desk/"))


# ---------------------------------------------------------------------- one letter


def test_she_reads_the_letter_and_what_is_said_but_no_contact(desk):
    letter = reported()
    answer = desk.get(f"{LIST}{letter.pk}/")
    page = text(answer)
    assert letter.words in page and "It is my street." in page
    assert "about me or somebody close to me" in page
    assert "kept encrypted" in page and "canary" not in page
    assert "Show the contact" not in page


def test_without_the_right_the_contact_stays_closed(desk):
    letter = reported()
    address = f"{LIST}{letter.pk}/contact/{letter.reports.get().pk}/"
    assert desk.post(address).status_code == 404
    assert not ModelLogEntry.objects.filter(action="letters.reveal_contact").exists()


def test_a_lead_sees_one_contact_and_it_is_written_down_that_she_did(client, lead):
    letter = reported()
    Report.take(letter, reason="other", contact="other@example.org")
    first = letter.reports.first()
    assert "canary" not in text(client.get(f"{LIST}{letter.pk}/"))
    address = f"{LIST}{letter.pk}/contact/{first.pk}/"
    assert client.get(address).status_code == 405
    unsaid = client.post(address)
    assert "Choose why" in text(unsaid) and "canary@example.org" not in text(unsaid)
    assert not ModelLogEntry.objects.filter(action="letters.reveal_contact").exists()
    answer = client.post(address, {"reason": "answer"})
    assert "canary@example.org" in text(answer) and "other@example" not in text(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    entry = ModelLogEntry.objects.get(action="letters.reveal_contact")
    assert (entry.label, entry.user.username) == (f"Report {first.pk}", "lina")
    assert entry.data == {"reason": "answer"}
    assert "canary" not in repr(list(ModelLogEntry.objects.values()))


def test_what_no_key_opens_does_not_keep_her_from_deciding(desk, settings):
    letter = reported()
    settings.FIELD_KEYS = ["ZGlmZmVyZW50LWtleS1mb3ItdGVzdHMtb25seS4xMjM="]
    assert "This cannot be opened" in text(desk.get(f"{LIST}{letter.pk}/"))
    desk.post(f"{LIST}{letter.pk}/keep/")
    assert not Letter.objects.get().hidden


def test_its_picture_is_veiled_first_and_has_no_other_address(desk):
    letter = reported(has_picture=True)
    base = f"{LIST}{letter.pk}/"
    assert 'src="/admin/desk/' not in text(desk.get(base))
    assert f'src="{base}picture/veiled/"' in text(desk.get(base, {"picture": "veiled"}))
    for shows in ("veiled", "clear"):
        answer = desk.get(f"{base}picture/{shows}/")
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert desk.get(f"{LIST}{reported().pk}/picture/clear/").status_code == 404


# ----------------------------------------------------------------------- decisions


def test_keeping_it_shows_it_again_and_closes_its_reports(desk, client):
    letter = reported()
    answer = desk.post(f"{LIST}{letter.pk}/keep/", follow=True)
    assert "The letter stays" in text(answer)
    assert not Letter.objects.get().hidden
    report = Report.objects.get()
    assert report.state == "refused" and report.decided
    assert desk.get(LIST).context["rows"] == []
    entry = ModelLogEntry.objects.get(action="letters.keep")
    assert entry.label == f"Submission {letter.submission.pk}"


def minutes_later(minutes):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        delete_what_was_taken_down()


def test_taking_it_down_hides_it_at_once_and_removes_it_everywhere_after_ten_minutes(
    desk, client, amal
):
    letter = reported(has_picture=True)
    letter.show()
    submission = letter.submission
    assert client.get(letter.address).status_code == 200
    fields = {"reason": "names-a-private-person", "note": "Please leave the street out."}
    desk.post(f"{LIST}{letter.pk}/take-down/", fields)
    assert client.get(letter.address).status_code == 404
    assert not Letter.objects.public().exists()
    submission.refresh_from_db()
    assert (submission.state, submission.note) == ("declined", "Please leave the street out.")
    decision = Decision.objects.last()
    assert (decision.act, decision.moderator) == ("take-down", amal)
    assert decision.reason == "names-a-private-person"
    entry = ModelLogEntry.objects.get(action="letters.take_down")
    assert (entry.label, entry.user) == (f"Submission {submission.pk}", amal)
    minutes_later(11)
    assert not Letter.objects.exists()
    assert not get_image_model().objects.exists()
    report = Report.objects.get()
    assert (report.state, report.letter) == ("granted", None)


def test_taking_it_down_can_be_undone_from_the_list_and_then_it_is_to_be_decided_again(desk):
    letter = reported()
    page = desk.post(f"{LIST}{letter.pk}/take-down/", {"reason": "hate"}, follow=True)
    (decision,) = page.context["lately"]
    assert "You can undo this for ten minutes" in text(page)
    assert f'action="/admin/desk/undo/{decision.pk}/"' in text(page)
    desk.post(f"/admin/desk/undo/{decision.pk}/")
    minutes_later(11)
    page = desk.get(LIST)
    assert [row.pk for row in page.context["rows"]] == [letter.pk]
    assert page.context["lately"] == []
    assert letter.submission.decisions.get(undoes=decision).act == "undo"


def test_nobody_else_is_offered_to_undo_it(desk, client):
    letter = reported()
    desk.post(f"{LIST}{letter.pk}/take-down/", {"reason": "hate"})
    bea = signed_in(Client(), person("bea", "Moderators"))
    assert bea.get(LIST).context["lately"] == []


def test_taking_it_down_needs_a_reason(desk):
    letter = reported()
    assert "Choose a reason" in text(desk.post(f"{LIST}{letter.pk}/take-down/"))
    assert Letter.objects.exists()


def test_who_comes_second_changes_nothing(desk):
    letter = reported()
    Report.refuse(letter)
    for path in ("keep/", "take-down/"):
        assert desk.post(f"{LIST}{letter.pk}/{path}", {"reason": "hate"}).status_code == 404
    assert Letter.objects.exists()
    assert "Nothing is open" in text(desk.get(f"{LIST}{letter.pk}/", follow=True))


def test_a_letter_that_its_writer_took_back_is_reported_no_more(desk):
    letter = reported()
    letter.submission.withdraw()
    assert desk.get(LIST).context["rows"] == []
    assert desk.get(LIST).context["reported"] == 0


def test_a_get_decides_nothing_and_a_decision_needs_the_forms_own_token(desk, amal):
    letter = reported()
    browser = signed_in(Client(enforce_csrf_checks=True), amal)
    for path in ("keep/", "take-down/"):
        assert desk.get(f"{LIST}{letter.pk}/{path}").status_code == 405
        assert browser.post(f"{LIST}{letter.pk}/{path}").status_code == 403
    assert Report.objects.get().state == "open"


# ------------------------------------------------------------------------- the rest


def test_its_pages_are_valid_html(client, lead):
    letter = reported(has_picture=True)
    IntakeSwitch(attack_day=True).save()
    for path in (LIST, f"{LIST}{letter.pk}/", f"{LIST}{letter.pk}/?picture=clear"):
        page = client.get(path).content.decode()
        ours = page[page.index('<div class="desk') : page.rindex("</main>")]
        around = "<div>" * (ours.count("</div>") - ours.count("<div"))
        assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == []


def test_the_list_costs_the_same_however_many_are_reported(desk, django_assert_max_num_queries):
    reported()
    desk.get(LIST)
    with django_assert_max_num_queries(15) as few:
        desk.get(LIST)
    for _number in range(10):
        reported()
    with django_assert_max_num_queries(15) as many:
        desk.get(LIST)
    assert len(few) == len(many)
