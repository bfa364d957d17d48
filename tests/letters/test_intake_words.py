"""Text: what is taken out, what stays, how much fits."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from letters.intake.words import WORDS, check_room, is_blank, normalise, normalise_line

SENTENCES = [
    "Dear friend,\n\nI believe you.\tAlways.",
    "من باور دارم که تو تنها نیستی؛ می‌خواهم بدانی.",  # zero-width non-joiner
    "أَنَا أُصَدِّقُكِ يَا أُخْتِي",  # pointed
    "בְּרֵאשִׁית אֲנִי מַאֲמִינָה לָךְ",
    "क्‍ष और श्री, तुम अकेली नहीं हो।",  # zero-width joiner
    "Tôi tin bạn, chị em của tôi.",
    "ฉันเชื่อเธอ เธอไม่ได้อยู่คนเดียวนะที่รัก",
    "བཀྲ་ཤིས་བདེ་ལེགས།",
    "我相信你。\n你不是一个人。",
    "You are loved 👩‍👩‍👧‍👦🏳️‍🌈.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_people_write_stays_as_it_is(sentence):
    written = unicodedata.normalize("NFC", sentence)
    assert normalise(written) == written


def test_control_characters_are_taken_out():
    assert normalise("a\x00b\x07c\x1bd\x7fe\x9ff\ufeffg\ud800h") == "abcdefgh"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029"])
def test_all_line_ends_become_one(end):
    assert normalise(f"one{end}two") == "one\ntwo"


def test_accents_have_one_form():
    assert normalise("Jose\u0301") == "Jos\u00e9"


def test_nobody_else_can_set_the_marks_of_a_moderator():
    assert normalise("I wrote ⟦name⟧ and ⟧ and ⟦") == "I wrote name and  and"


@pytest.mark.parametrize("turn", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_signature_cannot_turn_the_text_beside_it_around(turn):
    assert normalise_line(f"A{turn}na") == "Ana"


def test_a_letter_may_keep_its_isolates():
    assert normalise("من \u2068Ana\u2069 هستم") == "من \u2068Ana\u2069 هستم"


def test_a_line_is_one_line():
    assert normalise_line("  To\n\tall\u00a0 of you ") == "To all of you"


@pytest.mark.parametrize("nothing", ["", "  \n\t", "\u200b\u200d", "\u200e\u2068\u2069", "\u0301"])
def test_nothing_to_see_is_nothing(nothing):
    assert is_blank(nothing)
    assert normalise(nothing) == ""


@pytest.mark.parametrize("character", ["a", "ش", "क", "信", "👩"])
def test_room_is_counted_in_characters(character):
    check_room(character * WORDS, WORDS)
    with pytest.raises(ValidationError) as refused:
        check_room(character * (WORDS + 1), WORDS)
    assert "20,000" in refused.value.message
    assert "20,001" in refused.value.message


def test_the_longest_letter_is_eighty_thousand_bytes():
    assert len(("👩" * WORDS).encode()) == 80_000


@given(st.text())
def test_any_text_can_be_stored_anywhere(text):
    kept = normalise(text)
    kept.encode()  # no halves of characters
    assert "\x00" not in kept and "\r" not in kept
    assert normalise(kept) == kept
