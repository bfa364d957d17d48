"""A receipt as six words."""

import hashlib
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.intake import receipt, receipt_words

LANGUAGES = ["ar", "en", "es", "fr", "hi", "zh-hans"]
RECEIPTS = ["0" * 20, "9" * 20, "12345678901234567890", "00000000000000000001"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digits", RECEIPTS)
def test_the_words_lead_back_to_the_digits(language, digits):
    words = receipt_words.as_words(digits, language)
    assert len(words) == 6
    assert digits in receipt.readings(" ".join(words))


@given(number=st.integers(0, 10**20 - 1), language=st.sampled_from(LANGUAGES))
def test_every_receipt_has_words_and_they_are_read_again(number, language):
    digits = f"{number:020d}"
    assert digits in receipt.readings(" ".join(receipt_words.as_words(digits, language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_of_a_list_are_typed_alike(language):
    words = (receipt_words.FOLDER / f"{language}.txt").read_text(encoding="utf-8").split()
    alike = {}
    for word in words:
        alike.setdefault(receipt_words.fold(word), []).append(word)
    assert not [same for same in alike.values() if len(same) > 1]
    assert len(words) >= receipt_words.ENOUGH


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_hold_nothing_that_parts_words(language):
    words = (receipt_words.FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    parted = [word for word in words if receipt_words._words(word) != [word]]
    assert not parted


@pytest.mark.parametrize("between", ["-", ", ", "\n", " · ", "\u00a0", "  3. ", "،"])
def test_it_does_not_matter_what_stands_between_them(between):
    words = receipt_words.as_words(RECEIPTS[2], "es")
    assert receipt.read(between.join(words)) == RECEIPTS[2]
    assert receipt.read(f" {between.join(words).upper()}. ") == RECEIPTS[2]


@pytest.fixture
def one_list(monkeypatch, tmp_path):
    """Makes a list of these words and of as many more as are needed the only one."""

    def make(*first):
        rest = (chr(0x3400 + number) * 3 for number in range(receipt_words.ENOUGH - len(first)))
        (tmp_path / "xx.txt").write_text("\n".join([*first, *rest]), encoding="utf-8")
        monkeypatch.setattr(receipt_words, "FOLDER", tmp_path)
        receipt_words._list.cache_clear()
        receipt_words._codes.cache_clear()

    yield make
    monkeypatch.undo()
    receipt_words._list.cache_clear()
    receipt_words._codes.cache_clear()


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("árbol", "ARBOL"),
        ("cœur", "coeur"),
        ("fenêtre", "fene\u0302tre"),
        ("أمل", "امل"),
        ("إبرة", "ابره"),
        ("موسيقى", "مُوسِيقي"),
        ("كتاب", "کتاب"),
        ("ज़मीन", "जमीन"),
        ("चाँद", "चांद"),
    ],
)
def test_words_are_read_as_people_type_them(one_list, word, typed):
    one_list(word)
    assert receipt_words.as_words("0" * 20, "xx") == [word] * 6
    assert receipt.read(" ".join([typed] * 6)) == "0" * 20


def test_chinese_words_need_no_spaces():
    words = receipt_words.as_words(RECEIPTS[2], "zh-hans")
    assert {len(word) for word in words} == {2}
    assert receipt.read("".join(words)) == RECEIPTS[2]
    assert receipt.read("".join(words[:3]) + " " + "，".join(words[3:])) == RECEIPTS[2]


def test_what_is_no_receipt_is_none():
    words = receipt_words.as_words(RECEIPTS[2], "en")
    spanish = receipt_words.as_words(RECEIPTS[2], "es")
    for typed in (
        "",
        " ".join(words[:5]),
        " ".join([*words, words[0]]),
        " ".join([*words[:5], "qqqq"]),
        " ".join([*words[:3], *spanish[3:]]),
        "1234 5678 9012 3456 789",
        RECEIPTS[2] + " " + words[0],
    ):
        assert receipt.read(typed) == "", typed


def test_more_than_twenty_digits_can_say_is_no_receipt(one_list):
    one_list()
    last = receipt_words._list("xx").words[-1]
    assert receipt.read(" ".join([last] * 6)) == ""
    assert receipt.read(" ".join(receipt_words.as_words("9" * 20, "xx"))) == "9" * 20


def test_words_that_two_languages_share_are_read_in_both(one_list):
    one_list("lima", "mora")
    first, second, *rest = receipt_words._list("xx").words
    (receipt_words.FOLDER / "yy.txt").write_text("\n".join([second, first, *rest]))
    receipt_words._codes.cache_clear()
    digits = ["0" * 19 + "1", "0" * 20]
    for language in ("xx", "yy"):
        for number in digits:
            words = " ".join(receipt_words.as_words(number, language))
            assert number in receipt.readings(words)
            assert len(receipt.readings(words)) == 2


def test_a_language_without_a_list_has_digits_only():
    assert receipt_words.has_words("zh-hans") and receipt_words.has_words("es-mx")
    assert not receipt_words.has_words("qu") and not receipt_words.has_words("zh-hant")
    assert receipt_words.as_words(RECEIPTS[2], "qu") == []


def test_the_order_of_the_words_counts():
    words = receipt_words.as_words(RECEIPTS[2], "en")
    assert len(set(words)) == 6
    random.Random(1).shuffle(words)
    assert receipt.read(" ".join(words)) not in ("", RECEIPTS[2])


def test_words_are_kept_as_one_form():
    for language in LANGUAGES:
        text = (receipt_words.FOLDER / f"{language}.txt").read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text)


# Receipts on paper depend on every word and its place: a list never changes, it gets a successor.
LISTS = {
    "ar": "cad7de19b37df6069e5fffe660ef202dffd0db0699b117f74fb79f7ed403a8ac",
    "en": "2372a6928cf866d067baffeeb5f60467d118f42f48c924b919929cc128392582",
    "es": "4c8f33ce2390823aa2b076cd9fea89e87c9f840cb3ed5280846e020e4d11e313",
    "fr": "4b4eefe0994d31127c23e45cf405f69a9d1076bd3c75901afac70c0917f2432e",
    "hi": "77fc742e57c1b0700887a46cdc6639cb0e4aa78aa2665e60554919dd3e730b4b",
    "zh-hans": "865368c2771c7f1b5a2f14c7460a4785046dd80c3da172b60b4d105727c94df0",
}


def test_the_lists_are_those_that_receipts_were_made_with():
    found = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in receipt_words.FOLDER.glob("*.txt")
    }
    assert found == LISTS
