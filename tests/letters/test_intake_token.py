"""Tokens and receipts: who may come back, and who can't guess."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from letters.intake import receipt, token
from letters.intake.receive import receive


def later(**by):
    return time_machine.travel(timezone.now() + timedelta(**by), tick=False)


def test_a_token_is_read_back():
    minted = token.mint("survivor")
    assert token.read(minted.signed, "survivor") == minted


def test_no_two_tokens_are_alike():
    assert len({token.mint("survivor").secret for _ in range(1000)}) == 1000


def test_a_token_has_128_random_bits():
    assert len(token.mint("survivor").secret) == 22  # of six bits each, without the last ones


@pytest.mark.parametrize("forged", ["", "x", "x.1", "a.b.c", "x:y", "x.1:y", "\x00", "☃" * 50])
def test_a_forged_token_is_refused(forged):
    with pytest.raises(token.TokenError):
        token.read(forged, "survivor")


def test_a_changed_token_is_refused():
    signed = token.mint("survivor").signed
    with pytest.raises(token.TokenError):
        token.read(("B" if signed[0] == "A" else "A") + signed[1:], "survivor")


def test_a_token_belongs_to_one_kind_of_letter():
    with pytest.raises(token.TokenError):
        token.read(token.mint("survivor").signed, "decision-maker")


def test_a_token_lives_for_a_day():
    signed = token.mint("survivor").signed
    with later(hours=23):
        assert not token.read(signed, "survivor").expired
    with later(hours=25):
        assert token.read(signed, "survivor").expired


def test_a_clock_that_was_set_back_breaks_no_token():
    signed = token.mint("survivor").signed
    with later(hours=-1):
        assert not token.read(signed, "survivor").expired


def test_a_pass_opens_the_picture_of_its_token_and_no_other():
    one, other = token.mint("survivor"), token.mint("survivor")
    assert token.read_pass(token.picture_pass(one.hash)) == one.hash != other.hash


def test_a_pass_says_nothing_that_could_send_the_letter():
    minted = token.mint("survivor")
    passed = token.picture_pass(minted.hash)
    assert minted.secret not in passed
    with pytest.raises(token.TokenError):
        token.read(passed, "survivor")


def test_a_pass_lives_for_three_hours():
    passed = token.picture_pass("x")
    with later(hours=3, minutes=1), pytest.raises(token.TokenError):
        token.read_pass(passed)


# ------------------------------------------------------------------------- receipts


def test_a_receipt_is_twenty_digits_in_groups():
    digits = receipt.receipt_for("secret")
    assert len(digits) == 20 and digits.isascii() and digits.isdecimal()
    assert "".join(receipt.groups(digits)) == digits
    assert [len(group) for group in receipt.groups(digits)] == [4] * 5


def test_the_same_token_always_has_the_same_receipt():
    assert receipt.receipt_for("secret") == receipt.receipt_for("secret")
    assert receipt.receipt_for("secret") != receipt.receipt_for("secret2")


def test_without_the_pepper_no_token_leads_to_its_receipt(settings):
    digits, kept = receipt.receipt_for("secret"), receipt.stored("1" * 20)
    settings.RECEIPT_PEPPER = "another" * 10
    assert receipt.receipt_for("secret") != digits
    assert receipt.stored("1" * 20) != kept


def test_what_is_stored_is_not_the_receipt():
    digits = receipt.receipt_for("secret")
    assert digits not in receipt.stored(digits)


@pytest.mark.parametrize(
    "typed",
    [
        "01234567890123456789",
        " 0123 4567 8901 2345 6789\n",
        "0123-4567-8901-2345-6789",
        "٠١٢٣ ٤٥٦٧ ٨٩٠١ ٢٣٤٥ ٦٧٨٩",
        "०१२३ ४५६७ ८९०१ २३४५ ६७८९",
        "۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹",
        "０１２３４５６７８９０１２３４５６７８９",
    ],
)
def test_a_receipt_may_be_typed_in_any_digits_and_groups(typed):
    assert receipt.read(typed) == "01234567890123456789"


@pytest.mark.parametrize("typed", ["", "1", "1" * 19, "1" * 21, "1" * 20 + "x", "½" * 20, "²" * 20])
def test_what_cannot_be_a_receipt_is_none(typed):
    assert receipt.read(typed) == ""


def test_a_receipt_finds_its_letter(db):
    submission, digits = receive({"kind": "survivor", "words": "You are not alone."}, "secret")
    receive({"kind": "survivor", "words": "You are strong."}, "another secret")
    assert receipt.find(" ".join(receipt.groups(digits))) == submission


def test_a_wrong_receipt_finds_nothing(db):
    receive({"kind": "survivor", "words": "You are not alone."}, "secret")
    assert receipt.find("1" * 20) is None
    assert receipt.find("nonsense") is None
