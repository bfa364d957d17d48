"""The language of a letter: guessed where the words say enough, chosen among all."""

import pytest

from letters.intake.language import codes, guess_language, language_choices, language_name

LETTERS = {
    "en": "Dear friend, I believe you and I am with you.",
    "es": "Queridas amigas, quiero decirles que no están solas y que les creo.",
    "fr": "Chère amie, je te crois et je suis avec toi.",
    "pt": "Querida amiga, eu acredito em você e estou com você.",
    "ar": "أنا أصدقك يا أختي",
    "fa": "من باور دارم تو تنها نیستی",
    "ur": "میں تم پر یقین کرتی ہوں",
    "hi": "मैं तुम पर विश्वास करती हूँ और तुम्हारे साथ हूँ",
    "zh-hans": "我相信你，你不是一个人",
    "zh-hant": "我相信妳，妳不是一個人，我們愛妳",
    "ja": "信じています。あなたは一人じゃない",
    "ko": "나는 당신을 믿습니다",
    "th": "ฉันเชื่อเธอ",
    "am": "ሰላም እህቴ እወድሻለሁ",
    "sw": "Nakupenda dada yangu, hauko peke yako",
    "qu": "Sulpayki mamay, manan sapallaykichu kanki",
    "ht": "Mwen kwè ou, sè m, ou pa poukont ou",
    "kmr": "Keça min, ez ji te bawer dikim, tu ne bi tenê yî",
    "fil": "Naniniwala ako sa iyo, hindi ka nag-iisa",
    "uk": "Вірю тобі, сестро, ти не одна",
}


@pytest.mark.parametrize("code", LETTERS)
def test_a_letter_s_language_is_seen(code):
    assert guess_language(LETTERS[code]) == code


def test_a_long_letter_s_language_is_seen():
    assert guess_language((LETTERS["en"] + "\n") * 440) == "en"


@pytest.mark.parametrize(
    "text", ["", "Hola", "I love u", "12345", "👩‍👩‍👧", "https://example.org/"]
)
def test_what_is_too_short_is_not_guessed(text):
    assert guess_language(text) == ""


def test_every_guess_can_be_chosen():
    assert set(LETTERS) <= codes()


@pytest.mark.parametrize("reader", ["en", "es", "fr", "ar", "hi", "zh-hans", "qu", "quc"])
def test_every_reader_can_choose_any_language(reader):
    choices = dict(language_choices(reader))
    assert len(choices) > 250
    assert all(choices.values())
    assert {"en", "ar", "qu", "ti", "gn", "zh-hans", "zh-hant", "pt-br", "mai"} <= set(choices)


def test_a_language_has_its_name_in_the_reader_s_language_and_in_its_own():
    assert language_name("ar", "es") == "árabe — العربيّة"
    assert language_name("es", "ar") == "الإسبانية — español"
    assert language_name("qu", "en") == "Quechua — Runasimi"
    assert language_name("es", "es") == "español"


def test_the_list_is_in_the_reader_s_order():
    labels = [label for _code, label in language_choices("es")]
    assert labels.index("árabe — العربيّة") < labels.index("armenio — հայերեն")
