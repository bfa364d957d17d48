"""Coming back with the receipt."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage, storages
from django.test import RequestFactory
from django.utils import timezone, translation

from letters.intake import comeback, limit, picture, receipt_words
from letters.intake import receipt as receipts
from letters.models import Letter, Report, Submission, Trace
from letters.vocabulary import DeclineReason
from portal import outbox
from portal.picture import clean_picture
from tests.letters.receipts import OURS, alices_letter, come_back, soup, stored_row
from tests.portal.pictures import red_left_blue_right, saved

# Wagtail leaves the temporary files of its renditions open.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def sent(site):
    return alices_letter()


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
    mistyped = receipt_words.as_words("0" * 20, "ar")
    for wrong in ("0" * 20, "12", "", "not a receipt", " ".join(mistyped)):
        response = come_back(client, wrong)
        assert response.status_code == 422
        assert "We know no letter with this receipt" in response.content.decode()


def test_she_reads_why_it_was_declined(client, sent, admin_user):
    submission, digits = sent
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    assert "It is about something else" in come_back(client, digits).content.decode()


def test_she_reads_why_it_was_taken_down(client, sent, admin_user):
    submission, digits = sent
    submission.publish(admin_user)
    submission.take_down(admin_user, DeclineReason.PRIVATE_PERSON)
    page = come_back(client, digits).content.decode()
    assert "has been taken down" in page and "It names a private person" in page


def test_while_it_is_looked_at_again_she_is_told_so(client, sent, admin_user):
    submission, digits = sent
    letter = submission.publish(admin_user)
    assert letter.address in come_back(client, digits).content.decode()
    Letter.objects.update(hidden=True)
    page = come_back(client, digits).content.decode()
    assert "being looked at again" in page
    assert f'href="{letter.address}"' not in page and "says Alice" not in page


def test_by_mail_and_not_confirmed_it_says_what_is_missing(client, sent):
    _submission, digits = sent
    Submission.objects.update(way="mail")
    assert "until you have opened the link" in come_back(client, digits).content.decode()


def test_it_is_said_in_her_language(client, sent, admin_user):
    submission, digits = sent
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    page = client.post("/es/receipt/", {"receipt": digits}, **OURS).content.decode()
    with translation.override("es"):
        assert str(DeclineReason.OFF_TOPIC.label) in page
    assert "It is about something else" not in page


def test_all_of_it_works_when_the_key_is_lost(client, sent, settings, admin_user):
    submission, digits = sent
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    come_back(client, digits, step="appeal", appeal="Please")
    settings.FIELD_KEYS = ["ZGlmZmVyZW50LWtleS1mb3ItdGVzdHMtb25seS4xMjM="]
    for step in ("", "consents", "blank", "contact", "withdraw"):
        assert come_back(client, digits, step=step, phrases="not alone").status_code == 200, step
    submission.refresh_from_db()
    assert (submission.contact, submission.appeal, submission.state) == ("", "", "withdrawn")


def test_everything_that_hangs_on_it_goes_with_it(transactional_db, client, sent, site, admin_user):
    submission, digits = sent
    webp = clean_picture(saved(red_left_blue_right(), "JPEG")).webp
    Submission.objects.update(
        picture_name=picture.store(webp), picture_alt="Alice", may_publish_picture=True
    )
    submission.refresh_from_db()
    letter = submission.publish(admin_user)
    outbox.drain()
    Report.objects.create(letter=letter, reason="other", words="Alice", made=timezone.now())
    Trace.objects.create(submission=submission, of="words", band=1)
    files = [rendition.file.name for rendition in letter.picture.renditions.all()]
    assert len(files) > 3
    addresses = [letter.address, *(f"/media/{name}" for name in files)]

    def answers():
        for address in addresses:
            answer = client.get(address)
            answer.close()
            yield answer.status_code

    assert dict(zip(addresses, answers(), strict=True)) == dict.fromkeys(addresses, 200)
    come_back(client, digits, step="withdraw")
    assert dict(zip(addresses, answers(), strict=True)) == dict.fromkeys(addresses, 404)
    assert not any(default_storage.exists(name) for name in files)
    assert not storages["private"].listdir("letters")[1]
    assert not Report.objects.exists() and not Trace.objects.exists()
    assert "alice" not in stored_row(submission).lower()
    page = soup(come_back(client, digits))
    assert "taken back" in page.text and not page.select("main button")


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


@pytest.mark.parametrize("language", ["ar", "zh-hans"])
def test_words_open_it_like_the_digits(client, sent, language):
    _submission, digits = sent
    words = " ".join(receipt_words.as_words(digits, language))
    assert "waiting to be read" in come_back(client, words).content.decode()


def test_after_many_wrong_ones_in_a_minute_everybody_waits(client, sent):
    _submission, digits = sent
    with time_machine.travel("2026-11-25 12:00:01+00:00", tick=False) as now:
        for guess in range(limit.WRONG_RECEIPTS + 1):
            assert come_back(client, f"{guess:020d}").status_code == 422
        for typed in (digits, "1" * 20, "mistyped"):
            response = come_back(client, typed, step="blank", phrases="Alice\nBob")
            assert response.status_code == 429
            assert response.headers["Retry-After"] == "60"
            page = soup(response)
            assert page.select_one("#receipt")["value"] == typed
            kept = {field["name"]: field["value"] for field in page.select("[type=hidden]")}
            assert kept == {"step": "blank", "phrases": "Alice\nBob"}
        now.shift(60)
        assert come_back(client, digits).status_code == 200


def test_right_ones_are_not_counted(client, sent, monkeypatch):
    monkeypatch.setattr(limit, "WRONG_RECEIPTS", 1)
    _submission, digits = sent
    with time_machine.travel("2026-11-25 12:00:01+00:00", tick=False):
        assert {come_back(client, digits).status_code for _time in range(4)} == {200}
        assert {come_back(client, "0" * 20).status_code for _time in range(2)} == {422}
        assert come_back(client, digits).status_code == 429


def test_without_a_cache_nobody_is_locked_out(client, sent, monkeypatch):
    class Gone:
        def __getattr__(self, name):
            raise ConnectionError

    monkeypatch.setattr(limit, "cache", Gone())
    _submission, digits = sent
    assert come_back(client, "0" * 20).status_code == 422
    assert come_back(client, digits).status_code == 200


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
