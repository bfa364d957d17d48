"""Coming back with the receipt."""

import secrets

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from letters.intake import comeback, limit
from letters.intake import receipt as receipts
from letters.intake.receive import receive
from letters.models import Letter, Submission
from letters.vocabulary import DeclineReason

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def sent(site):
    """A letter that Alice has sent, and her receipt."""
    draft = {
        "kind": "survivor",
        "words": "You are not alone, says Alice.",
        "language": "en",
        "signature": "Alice",
        "contact": "alice@letters.example",
        "may_publish_words": True,
    }
    return receive(draft, secrets.token_hex(16))


def come_back(client, digits, **fields):
    return client.post("/en/receipt/", {"receipt": digits, **fields}, **OURS)


def test_with_her_receipt_she_sees_that_it_waits(client, sent):
    _submission, digits = sent
    response = come_back(client, digits)
    assert response.status_code == 200
    assert "waiting to be read" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert digits not in response.request["PATH_INFO"]


def test_the_digits_may_be_typed_in_groups_and_in_arabic(client, sent):
    _submission, digits = sent
    arabic = " ".join(receipts.groups(digits)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert come_back(client, arabic).status_code == 200


def test_a_wrong_receipt_says_so_and_nothing_else(client, sent):
    for wrong in ("0" * 20, "12", "", "not a receipt"):
        response = come_back(client, wrong)
        assert response.status_code == 422
        assert "We know no letter with this receipt" in response.content.decode()


def test_she_reads_why_it_was_declined(client, sent, admin_user):
    submission, digits = sent
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    assert "It is about something else" in come_back(client, digits).content.decode()


def test_what_she_takes_back_is_gone_everywhere(client, sent, admin_user):
    submission, digits = sent
    letter = submission.publish(admin_user)
    assert client.get(letter.address).status_code == 200
    response = come_back(client, digits, step="withdraw")
    assert "taken back" in response.content.decode()
    assert client.get(letter.address).status_code == 404
    assert not Letter.objects.exists()
    row = Submission.objects.get(pk=submission.pk)
    assert (row.words, row.signature, row.contact, row.state) == ("", "", "", "withdrawn")


def test_she_can_take_it_back_when_the_key_of_her_contact_is_lost(client, sent, settings):
    submission, digits = sent
    settings.FIELD_KEYS = ["ZGlmZmVyZW50LWtleS1mb3ItdGVzdHMtb25seS4xMjM="]
    assert "taken back" in come_back(client, digits, step="withdraw").content.decode()
    submission.refresh_from_db()
    assert (submission.contact, submission.state) == ("", "withdrawn")


def test_a_link_takes_nothing_back(client, sent):
    submission, digits = sent
    client.get("/en/receipt/", {"receipt": digits, "step": "withdraw"})
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_another_site_cannot_take_it_back(client, sent):
    submission, digits = sent
    response = client.post(
        "/en/receipt/",
        {"receipt": digits, "step": "withdraw"},
        HTTP_SEC_FETCH_SITE="cross-site",
    )
    assert response.status_code == 403
    assert "If you typed the receipt yourself" in response.content.decode()
    assert "withdraw" not in response.content.decode()  # nor does the button of that page
    submission.refresh_from_db()
    assert submission.state == "waiting"


def test_guessing_is_stopped(client, sent, monkeypatch):
    monkeypatch.setitem(limit.LIMITS, "receipt", 1)
    guesses = [str(guess % 10) * 20 for guess in range(limit.FLOOD_TIMES)]
    assert {come_back(client, guess).status_code for guess in guesses} == {422}
    response = come_back(client, "7" * 20)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    assert "Very many tries" in response.content.decode()
    assert "your words" not in response.content.decode().lower()


def test_a_busy_network_keeps_nobody_from_her_letter(client, sent, monkeypatch):
    monkeypatch.setitem(limit.LIMITS, "receipt", 1)
    _submission, digits = sent
    assert {come_back(client, digits).status_code for _time in range(5)} == {200}


def test_with_the_database_away_the_page_speaks_of_her_receipt(caplog):
    # Without pytest-django's database fixture every query fails.
    request = RequestFactory().post("/en/receipt/", {"receipt": "1" * 20}, **OURS)
    response = comeback.comeback(request)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code in (500, 503)
    assert "has not been sent" not in page.text
    assert page.select_one("input[name=receipt]")["value"] == "1" * 20
    assert "1" * 20 not in caplog.text
