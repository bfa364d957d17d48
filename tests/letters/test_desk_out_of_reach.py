"""What the desk no longer shows or offers: a letter that its writer keeps to herself, a report that
is settled, a list that nobody can ask for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from letters.desk.sealed_views import original_address
from letters.models import Letter, Report
from tests.letters.submissions import waiting
from tests.people import person, signed_in

DESK = "/admin/desk/"
LIST = f"{DESK}decided/"
SEALED = ("contact", "appeal", "note", "question")


@pytest.fixture
def lead(client, db):
    return signed_in(client, person("lina", "Lead moderators"))


def published(moderator=None, **fields):
    submission = waiting(**fields)
    submission.publish(moderator)
    return submission


def text(response):
    return " ".join(response.content.decode().split())


# ------------------------------------------------------------------- kept to herself


def kept(**fields):
    submission = waiting(
        with_picture=True,
        title="Canary title",
        words="Canary words",
        signature="Canary",
        content_notes=["threats", "canary note"],
        note="Canary answer",
        question="Canary question",
        **fields,
    )
    submission.allow(set())
    assert submission.state == "kept"
    return submission


def test_what_its_writer_keeps_to_herself_is_not_read_at_the_desk(lead):
    submission = kept()
    page = text(lead.get(f"{LIST}{submission.pk}/"))
    assert "She allows nobody to read it" in page
    assert "canary" not in page.casefold() and "Threats" not in page


def test_nor_is_its_original_opened(lead):
    submission = kept()
    assert "original" not in text(lead.get(f"{LIST}{submission.pk}/"))
    address = f"{DESK}{submission.pk}/original/"
    assert lead.get(address).status_code == 404
    assert lead.post(address, {"reason": "court"}).status_code == 404
    assert not ModelLogEntry.objects.exists()


def test_nor_at_an_address_that_was_opened_a_moment_before(client, db):
    user = person("lea", "Lead moderators")
    lead = signed_in(client, user)
    submission = waiting(with_picture=True)
    address = original_address(submission, user)
    assert lead.get(address).status_code == 200
    submission.allow(set())
    assert lead.get(address).status_code == 404


# --------------------------------------------------------------------------- reports


def test_what_was_taken_down_is_no_reported_letter(desk, amal):
    """However its report stayed open: it may come in at the same moment."""
    submission = published(amal)
    submission.take_down(amal, "hate")
    Report.take(submission.letter, reason="about-me")
    page = desk.get(f"{DESK}reports/")
    assert list(page.context["rows"]) == []
    assert (page.context["reported"], page.context["overdue"]) == (0, 0)
    assert desk.get(f"{DESK}reports/{submission.letter_id}/").status_code == 302
    assert f"{DESK}reports/{submission.letter_id}/" not in text(desk.get(f"{LIST}{submission.pk}/"))


def test_a_reported_letter_is_decided_among_the_reports(desk, amal):
    submission = published(amal)
    put_back = f'action="{LIST}{submission.pk}/put-back/"'
    assert put_back in text(desk.get(f"{LIST}{submission.pk}/"))
    Report.take(submission.letter, reason="about-me")
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert put_back not in page
    assert f'href="{DESK}reports/{submission.letter_id}/"' in page
    assert "Whether it stays is decided there" in page
    desk.post(f"{LIST}{submission.pk}/put-back/")
    assert Report.objects.open().get().letter_id == submission.letter_id


def test_a_reported_letter_is_kept_without_touching_what_is_sealed(desk, amal):
    submission = published(amal, contact="canary@example.org")
    Report.take(submission.letter, reason="about-me")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        desk.post(f"{DESK}reports/{submission.letter_id}/keep/")
    of_submissions = [x["sql"] for x in asked if 'FROM "letters_submission"' in x["sql"]]
    assert of_submissions and ModelLogEntry.objects.get().action == "letters.keep"
    for column in SEALED:
        assert not any(f'"{column}"' in sql for sql in of_submissions), column


def test_a_letter_that_came_in_no_other_way_can_be_kept_too(desk):
    letter = Letter.objects.create(kind="survivor", language="en", words="You are not alone.")
    Report.take(letter, reason="about-me")
    after = desk.post(reverse("desk:keep", args=[letter.pk]), follow=True)
    assert "The letter stays" in text(after)
    assert Report.objects.get().state == "refused"
    assert not ModelLogEntry.objects.exists()


# -------------------------------------------------------------- what no browser asks


@pytest.mark.parametrize("name", ["q", "language", "outcome", "after"])
def test_what_no_database_knows_is_not_asked_of_it(desk, amal, name):
    submission = published(amal)
    page = desk.get(LIST, {name: "\x00"})
    assert [row.submission_id for row in page.context["rows"]] == [submission.pk]
    assert "\x00" not in repr(page.context["asked"]) + page.content.decode()
    assert not page.context["is_filtered"] and "%00" not in page.context["first_page"]


def test_a_search_is_what_is_left_of_it(desk, amal):
    submission = published(amal, words="می\u200cخواهم")
    for asked in ("می\u200cخواهم", "\x00می\u200c\x07خواهم"):
        page = desk.get(LIST, {"q": asked})
        assert [row.submission_id for row in page.context["rows"]] == [submission.pk]


def test_only_languages_that_there_are_narrow_the_list(desk, amal):
    submission = published(amal)
    page = desk.get(LIST, {"language": "x' or 1=1"})
    assert page.context["asked"]["language"] == ""
    assert [row.submission_id for row in page.context["rows"]] == [submission.pk]


@pytest.mark.parametrize("batch", ["%00", "b%00", "B" * 32, "b" * 33, "x"])
def test_a_batch_is_named_as_we_name_them(desk, amal, batch):
    for letter in (waiting(), waiting()):
        letter.decline(amal, "spam", batch="b" * 32)
    assert "2 letters declined" in text(desk.get(f"{DESK}together/{'b' * 32}/"))
    with CaptureQueriesContext(connection) as asked:
        answer = desk.get(f"{DESK}together/{batch}/")
    assert answer.headers["Location"] == DESK
    assert not any("letters_decision" in x["sql"] for x in asked)
