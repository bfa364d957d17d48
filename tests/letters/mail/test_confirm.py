"""The page that the answer leads to: one button, one receipt, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from letters.intake import receipt, token
from letters.mail import keep, link
from letters.models import IncomingMail, Submission
from tests.letters.mail.post import TEXT, base64_part, multipart, plain
from tests.markup import faults
from tests.people import person
from tests.portal.pictures import red_left_blue_right, saved

LETTER = "You are not alone, canary. We believe you."
OURS = {"Sec-Fetch-Site": "same-origin"}


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


@pytest.fixture
def brought(site, work):
    """Stores a mail, and gives the address that its answer names."""

    def bring(mail):
        keep.store(mail if isinstance(mail, bytes) else mail.as_bytes())
        work()
        secret = keep.secret_of(IncomingMail.objects.latest("pk"))
        return f"/en/mail/{link.to(secret)}/"

    return bring


@pytest.fixture
def address(brought):
    return brought(plain(LETTER))


def nonce(page):
    return re.search(r'name="nonce" value="([^"]+)"', page.content.decode())[1]


def press(client, address, given=None):
    given = given or nonce(client.get(address))
    return client.post(address, {"nonce": given}, headers=OURS)


def receipts(page):
    groups = re.findall(r'<p class="receipt"[^>]*>(.*?)</p>', page.content.decode(), re.DOTALL)
    return ["".join(re.findall(r"\d", group)) for group in groups]


def is_over(page):
    return (
        page.status_code == 410
        and b"<form"
        not in re.sub(
            rb"<header.*?</header>|<footer.*?</footer>", b"", page.content, flags=re.DOTALL
        )
        .partition(b"<main")[2]
        .partition(b"</main>")[0]
    )


def test_opening_the_link_changes_nothing_however_often(client, address):
    before = Submission.objects.values().get()
    for _ in range(3):
        page = client.get(address)
        client.head(address)
        assert page.status_code == 200
        assert not receipts(page)
    assert Submission.objects.values().get() == before


def test_the_page_shows_a_button_and_nothing_of_the_letter(client, address):
    page = client.get(address)
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert main.count("<button") == 1
    assert "canary" not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies
    assert re.search(r"<title>\s*Your message\s*</title>", page.content.decode())


def test_the_button_confirms_and_shows_the_receipt(client, address):
    page = press(client, address)
    letter = Submission.objects.get()
    (digits,) = receipts(page)
    assert receipt.find(digits) == letter
    assert letter.may_publish_words and letter.may_publish_picture
    assert not letter.may_quote and not letter.may_translate
    assert "unconfirmed" not in letter.held
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies


def test_a_confirmed_letter_can_be_published(client, address):
    press(client, address)
    assert Submission.objects.get().publish(person("moderator", "Moderators")).words == LETTER


def test_pressing_twice_shows_the_same_receipt(client, address):
    once = nonce(client.get(address))
    first, second = (receipts(press(client, address, once)) for _ in range(2))
    assert first == second and len(first) == 1


def test_many_presses_at_a_time_show_the_same_receipt(transactional_db, brought, client):
    address = brought(plain(LETTER))
    once = nonce(client.get(address))

    def one(_number):
        try:
            return receipts(press(Client(), address, once))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(one, range(8)))
    assert len({tuple(answer) for answer in answers}) == 1 and answers[0]


def test_the_link_works_once(client, address):
    other_tab = nonce(client.get(address))
    press(client, address)
    assert is_over(client.get(address))
    assert is_over(press(client, address, other_tab))


def test_it_works_for_seven_days(client, address):
    with later(days=6, hours=23):
        once = nonce(client.get(address))
    with later(days=7, hours=1):
        assert is_over(client.get(address))
        assert is_over(press(client, address, once))
    assert not Submission.objects.get().confirmed_with


def test_an_address_that_is_made_up_or_changed_is_none_of_ours(client, address):
    token_part = address.split("/")[3]
    for wrong in ("x", token_part[:-1] + "_", token_part[1:], link.nonce("secret")):
        assert client.get(f"/en/mail/{wrong}/").status_code == 404
    secret = token.mint("survivor").secret
    assert is_over(client.get(f"/en/mail/{link.to(secret)}/"))


def test_a_press_without_the_pages_own_mark_confirms_nothing(client, address):
    for given in ("x", link.nonce("another letter’s")):
        page = press(client, address, given)
        assert page.status_code == 422 and nonce(page)
    assert not Submission.objects.get().confirmed_with


def test_a_press_from_elsewhere_confirms_nothing(client, address):
    once = nonce(client.get(address))
    page = client.post(address, {"nonce": once}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert not Submission.objects.get().confirmed_with


def test_its_pages_are_valid(client, address, brought):
    pages = [client.get(address), press(client, address), client.get(address)]
    several = [base64_part("image/jpeg", "a", saved(red_left_blue_right(), "JPEG"))] * 2
    pages.append(press(client, brought(multipart("mixed", *several))))
    for page in pages:
        assert faults(page.content) == []


def test_a_letter_taken_back_shows_no_receipt(client, address):
    once = nonce(client.get(address))
    Submission.objects.get().withdraw()
    assert is_over(client.get(address))
    assert is_over(press(client, address, once))


def test_what_was_confirmed_can_be_taken_back_with_the_receipt(client, address):
    (digits,) = receipts(press(client, address))
    receipt.find(digits).withdraw()
    letter = Submission.objects.get()
    assert (letter.state, letter.words) == ("withdrawn", "")


def test_the_link_is_no_receipt_and_cannot_be_made_into_one(client, address):
    secret = link.read(address.split("/")[3])
    assert receipt.receipt_for(secret) not in address
    assert receipt.find(secret) is None


def test_of_several_pictures_each_has_a_receipt(client, brought):
    def photo(width):
        return base64_part("image/jpeg", "a", saved(red_left_blue_right(width), "JPEG"))

    address = brought(multipart("mixed", (TEXT, LETTER.encode()), photo(300), photo(310)))
    once = nonce(client.get(address))
    page = press(client, address, once)
    found = [receipt.find(digits) for digits in receipts(page)]
    assert found == list(Submission.objects.order_by("pk")) and len(found) == 2
    assert all(letter.confirmed_with and letter.may_publish_picture for letter in found)
    assert receipts(press(client, address, once)) == receipts(page)
    assert is_over(client.get(address))


def test_the_page_is_there_in_every_language_of_the_site(client, address):
    page = client.get(address.replace("/en/", "/ar/"))
    assert page.status_code == 200
    assert 'dir="rtl"' in page.content.decode()
    press(client, address.replace("/en/", "/ar/"))
    assert Submission.objects.get().confirmed_with
