"""Somebody says: this letter is about me. No account, no cookie; the letter may vanish at once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from letters import hiding
from letters.models import IntakeSwitch, Letter, Report
from letters.retention import DAYS_AFTER_DECISION, erase_reports
from portal import outbox
from tests.letters.surfaces import Marked, Surfaces
from tests.markup import faults

pytestmark = [  # Willow leaves files to the garbage collector
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
OURS = {"sec-fetch-site": "same-origin"}
REPORT = {"reason": "about-me", "words": "I am the neighbour.", "contact": "canary@example.org"}


@pytest.fixture
def letter(site):
    return Marked(["words", "picture"], has_picture=False).submission.publish(None)


def send(client, letter, data=REPORT, language="en", headers=OURS, **extra):
    address = f"/{language}/letter/{letter.code}/report/"
    return client.post(address, data, headers=headers, **extra)


# ---------------------------------------------------------------------------- form


def test_every_letter_leads_to_the_form_which_asks_for_no_account(letter, client):
    address = f"/en/letter/{letter.code}/report/"
    assert f'href="{address}"' in client.get(letter.address).content.decode()
    answer = client.get(address)
    assert answer.status_code == 200 and not answer.cookies
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert not faults(answer.content)
    assert not Report.objects.exists()


def test_it_is_in_every_language_because_she_may_not_read_the_letters(letter, client):
    html = client.get(f"/ar/letter/{letter.code}/report/").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert send(client, letter, language="es").status_code == 200


def test_a_report_is_kept_encrypted_and_the_answer_says_what_happens_and_by_when(letter, client):
    answer = send(client, letter)
    assert answer.status_code == 200 and not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert "48 hours" in answer.content.decode()
    assert "canary" not in answer.content.decode()
    report = Report.objects.get()
    assert (report.letter, report.reason, report.counts) == (letter, "about-me", True)
    assert (report.words, report.contact) == ("I am the neighbour.", "canary@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letters_report")
        row = repr(cursor.fetchall())
    assert "neighbour" not in row and "canary" not in row


def test_nothing_but_a_reason_is_needed(letter, client):
    assert send(client, letter, {"reason": "my-picture"}).status_code == 200
    assert Report.objects.get().words == ""


@pytest.mark.parametrize("change", [{"reason": ""}, {"reason": "x"}, {"words": "w" * 2001}])
def test_on_an_error_her_words_are_still_there(letter, client, change):
    answer = send(client, letter, REPORT | change)
    html = answer.content.decode()
    assert answer.status_code == 422 and answer.headers["Cache-Control"] == "no-store"
    assert "There is a problem" in html and "<title>Error:" in html
    assert REPORT["contact"] in html
    assert (change.get("words") or REPORT["words"]) in html
    assert not faults(answer.content)
    assert not Report.objects.exists()


def test_another_site_cannot_report_in_her_name(letter, client):
    answer = send(client, letter, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403 and "I am the neighbour." in answer.content.decode()
    assert not Report.objects.exists()


def test_a_flood_is_refused_with_her_words_and_a_time_to_come_back(letter, client, monkeypatch):
    monkeypatch.setattr("letters.intake.limit.FLOOD_TIMES", 0)
    answer = send(client, letter)
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "600"
    assert "I am the neighbour." in answer.content.decode()


def test_when_we_fail_the_page_holds_her_words_and_speaks_of_no_letter_of_hers(
    letter, client, monkeypatch
):
    monkeypatch.setattr(Report, "take", lambda *a, **k: 1 / 0)
    answer = send(client, letter)
    html = answer.content.decode()
    assert answer.status_code == 500 and "I am the neighbour." in html
    assert "Your message has not been sent" in html


def test_there_is_no_form_for_what_is_not_there(letter, client):
    assert client.get("/en/letter/abcdefgh/report/").status_code == 404
    assert client.post("/en/letter/abcdefgh/report/", REPORT, headers=OURS).status_code == 404


# -------------------------------------------------------------------------- hiding


def is_public(client, letter):
    return client.get(letter.address).status_code == 200


def test_one_report_hides_the_letter_at_once(letter, client):
    send(client, letter)
    assert not is_public(client, letter)
    assert client.get(f"/en/letter/{letter.code}/report/").status_code == 404


def test_an_owner_says_how_many_reports_hide_a_letter(letter, client):
    IntakeSwitch(reports_that_hide=3).save()
    for number in range(3):
        assert is_public(client, letter), number
        send(client, letter)
    assert not is_public(client, letter)


def test_who_comes_after_it_is_hidden_is_heard_all_the_same(letter, client):
    send(client, letter)
    assert send(client, letter).status_code == 200
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "headers"), [(REPORT | {"website": "x"}, OURS), (REPORT, {}), (REPORT, {"origin": ""})]
)
def test_what_looks_made_by_a_machine_is_read_but_hides_nothing(letter, client, data, headers):
    if headers == {"origin": ""}:
        headers = {"origin": "null"}
    assert send(client, letter, data, headers=headers).status_code == 200
    assert Report.objects.get().counts is False
    assert is_public(client, letter)


def test_one_network_hides_ten_letters_an_hour_and_no_more(letter, client):
    others = [Marked(["words"], has_picture=False).submission.publish(None) for _ in range(11)]
    for other in others:
        send(client, other)
    assert Letter.objects.filter(hidden=True).count() == 10
    assert Report.objects.filter(counts=False).count() == 1


def test_a_letter_that_was_looked_at_and_kept_is_hidden_by_new_reports_only(letter, client):
    IntakeSwitch(reports_that_hide=2).save()
    send(client, letter), send(client, letter)
    assert not is_public(client, letter)
    Report.refuse(letter)
    assert is_public(client, letter)
    send(client, letter)
    assert is_public(client, letter)
    send(client, letter)
    assert not is_public(client, letter)


def test_a_hidden_letter_is_nowhere_and_comes_back_whole(
    site, client, monkeypatch, django_capture_on_commit_callbacks
):
    surfaces = Surfaces(site, client, monkeypatch)
    everything = ["words", "picture", "quote", "translate"]
    marked = Marked(everything, campaign=surfaces.campaign)
    letter = marked.submission.publish(None)
    outbox.drain()
    surfaces.feature([letter])
    before = surfaces.of(marked, surfaces.look())
    assert before["files"] and all(before.values())
    addresses = set(re.findall(r"/media/[^\s\"]+", client.get(letter.address).content.decode()))

    with django_capture_on_commit_callbacks(execute=True):
        send(client, letter)
    hidden = surfaces.of(marked, surfaces.look())
    assert hidden.pop("preview")  # the team's
    assert not any(hidden.values()), hidden
    assert not any(map(surfaces.is_there, addresses))
    html = client.get(f"{surfaces.gallery.address}").content.decode()
    assert '<option value="en">' not in html

    Report.refuse(letter)
    outbox.drain()
    assert surfaces.of(marked, surfaces.look()) == before


def test_files_that_were_being_made_while_a_letter_was_hidden_go_too(site, client):
    letter = Marked(["picture"]).submission.publish(None)
    send(client, letter)
    outbox.drain()  # what was asked for when it was published
    assert letter.picture.renditions.exists()
    hiding.remove_files_of_hidden_letters()
    assert not letter.picture.renditions.exists()


def test_files_of_a_letter_that_readers_see_stay(site):
    letter = Marked(["picture"]).submission.publish(None)
    outbox.drain()
    hiding.remove_files_of_hidden_letters()
    assert letter.picture.renditions.exists()


# --------------------------------------------------------------------- afterwards


def later(**time):
    with time_machine.travel(timezone.now() + timedelta(**time), tick=False):
        erase_reports()


def test_what_was_said_is_erased_thirty_days_after_the_decision(letter, client):
    send(client, letter)
    later(days=100)
    assert Report.objects.get().words  # nobody has decided yet
    Report.refuse(letter)
    later(days=DAYS_AFTER_DECISION - 1)
    assert Report.objects.get().contact
    later(days=DAYS_AFTER_DECISION, minutes=1)
    report = Report.objects.get()
    assert (report.words, report.contact, report.reason) == ("", "", "about-me")


def test_a_report_of_a_letter_that_is_gone_is_open_no_more(letter, client):
    send(client, letter)
    letter.delete()
    erase_reports()
    report = Report.objects.get()
    assert report.state == "granted" and report.decided
