"""How like letters are: copies are recognised in every script, different letters are not."""

import io
import random
import time
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from letters.likeness import (
    BANDS,
    NEARLY_THE_SAME,
    NEARLY_THE_SAME_PICTURE,
    bands,
    likeness,
    picture_bands,
)
from portal.picture import PictureError

DEMO = Path(__file__).parents[2] / "home/demo"
LANGUAGES = ["en", "ar", "hi", "zh-hans"]

# Sent twice on purpose: the second time with a few words more.
SENT_TWICE = ("en-24", "en-25")


def letters(*languages):
    found = {}
    for path in sorted((DEMO / "letters").glob("*.toml")):
        for letter in tomllib.loads(path.read_text())["letter"]:
            if letter.get("words") and (not languages or letter["language"] in languages):
                found[letter["key"]] = letter["words"]
    return found


def shared(one, other):
    return len(set(one) & set(other))


def pieces_of(words, spaced):
    """Words; characters by twos, where there are no spaces."""
    return words.split(" ") if spaced else [words[i : i + 2] for i in range(0, len(words), 2)]


def rewritten(words, share, mix, pool, spaced):
    pieces = pieces_of(words, spaced)
    for place in mix.sample(range(len(pieces)), max(1, round(len(pieces) * share))):
        pieces[place] = mix.choice(pool)
    return (" " if spaced else "").join(pieces)


# ------------------------------------------------------------------------------- text


def test_no_two_letters_of_the_demo_are_alike_but_the_one_sent_twice():
    known = {key: bands(words) for key, words in letters().items()}
    alike = [
        pair
        for pair in combinations(known, 2)
        if shared(known[pair[0]], known[pair[1]]) >= NEARLY_THE_SAME
    ]
    assert len(known) > 130
    assert alike == [SENT_TWICE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_with_every_tenth_word_changed_is_recognised(language, settings):
    mix, written = random.Random(7), list(letters(language).values())
    spaced = not language.startswith("zh")
    pool = [piece for words in written for piece in pieces_of(words, spaced)]
    found = []
    for pepper in range(8):
        settings.RECEIPT_PEPPER = f"pepper {pepper} " * 6
        for words in written:
            copy = rewritten(words, 0.1, mix, pool, spaced)
            found.append(shared(bands(words), bands(copy)) >= NEARLY_THE_SAME)
    assert sum(found) / len(found) >= 0.93


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_letter_with_another_name_in_it_is_nearly_the_same(language):
    for words in letters(language).values():
        assert shared(bands(words), bands(f"{words}\n\nDunia")) >= NEARLY_THE_SAME


def test_long_letters_in_one_language_are_not_alike():
    words = " ".join(letters("en").values())
    assert len(words) > 20_000
    half = len(words) // 2
    assert shared(bands(words[:half]), bands(words[half:])) < NEARLY_THE_SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "I believe you, and I am writing it down for you.",
            "i BELIEVE you and i am\nwriting, it down (for you)!",
        ),
        (
            "Te creo, corazón, y no estás sola en esta noche.",
            "Te creo corazon y no estas sola en esta noche",
        ),
        (
            "أَنَا أُصَدِّقُكِ يَا أُخْتِي وَلَسْتِ وَحْدَكِ فِي الطَّرِيقِ",
            "انا أصدقك يا أختي ولست وحدك في الطريق",
        ),
        (
            "我相信你，你不是一个人。今晚我也醒着，我们在一起。",
            "我相信你你不是一个人 今晚我也醒着 我们在一起",
        ),
        (
            "Ｉ　ＢＥＬＩＥＶＥ　ＹＯＵ　ＡＮＤ　Ｉ　ＡＭ　ＨＥＲＥ",
            "i believe you and i am here",
        ),
    ],
)
def test_case_accents_punctuation_and_spaces_do_not_count(one, other):
    assert bands(f"{one} {one}") == bands(f"{other} {other}") != []


@pytest.mark.parametrize("text", ["", " \n", "I believe you.", "我相信你。", "!?" * 100, "ً" * 200])
def test_a_text_too_short_to_judge_has_no_bands(text):
    assert bands(text) == []


def test_a_chinese_character_says_as_much_as_two_letters():
    assert bands("我相信你你不是一个人今晚我也醒着我们在一起") != []


def test_bands_fit_the_database_and_change_with_the_pepper(settings):
    words = letters("en")["en-24"]
    before = bands(words)
    assert len(before) == BANDS and all(-(2**63) <= band < 2**63 for band in before)
    assert bands(words) == before
    settings.RECEIPT_PEPPER = "another" * 10
    assert shared(bands(words), before) == 0


def test_more_matching_bands_mean_more_likeness():
    assert likeness(0) == 0 and likeness(BANDS) == 1
    assert likeness(6) == pytest.approx(0.7825, abs=0.001)
    assert [likeness(n) for n in range(17)] == sorted(likeness(n) for n in range(17))


@given(st.text(max_size=300))
@example("\ud800" * 50)
@example("ก" * 50 + "a" * 50)
@example("ﷺ" * 60)
def test_any_text_has_sixteen_bands_or_none(text):
    assert len(bands(text)) in (0, BANDS)


def milliseconds(make):
    make()
    taken = []
    for _ in range(5):
        start = time.process_time()
        make()
        taken.append(time.process_time() - start)
    return min(taken) * 1000


def test_bands_are_made_in_no_time():
    words = " ".join(letters("en").values())
    assert milliseconds(lambda: bands(words[:3_000])) < 10  # 2.3 on an idle machine
    assert milliseconds(lambda: bands(words[:20_000])) < 60


# ---------------------------------------------------------------------------- picture


def webp(picture, quality=80):
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=quality, method=0)
    return file.getvalue()


@pytest.fixture(scope="module")
def files():
    return [path.read_bytes() for path in sorted(DEMO.glob("pictures/*.webp"))]


@pytest.fixture(scope="module")
def pictures(files):
    return [Image.open(io.BytesIO(file)).convert("RGB") for file in files[::4]]


def smaller(picture, times):
    return picture.resize((picture.width // times, picture.height // times))


COPIES = {
    "half its size": lambda picture: webp(smaller(picture, 2)),
    "low quality": lambda picture: webp(picture, 20),
    "a little darker": lambda picture: webp(ImageEnhance.Brightness(picture).enhance(0.9)),
    "less contrast": lambda picture: webp(ImageEnhance.Contrast(picture).enhance(0.9)),
}


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_of_a_picture_shares_most_of_its_bands(files, pictures, copied):
    for file, picture in zip(files[::4], pictures, strict=True):
        assert shared(picture_bands(file), picture_bands(COPIES[copied](picture))) >= 8


def test_a_small_bad_copy_and_a_lighter_one_are_still_recognised(files, pictures):
    for file, picture in zip(files[::4], pictures, strict=True):
        lighter = ImageEnhance.Brightness(smaller(picture, 2)).enhance(1.05)
        for copy in (webp(smaller(picture, 3), 30), webp(lighter)):
            assert shared(picture_bands(file), picture_bands(copy)) >= NEARLY_THE_SAME_PICTURE


def test_different_letters_on_paper_share_three_at_most(files):
    known = [picture_bands(file) for file in files]
    assert len(known) > 20 and all(len(of) == BANDS for of in known)
    assert max(shared(one, other) for one, other in combinations(known, 2)) <= 3


@pytest.mark.parametrize("paper", ["white", "black", "#d9d2c0"])
def test_an_empty_sheet_has_no_bands(paper):
    assert picture_bands(webp(Image.new("RGB", (800, 600), paper))) == []


def test_a_sheet_with_paper_grain_only_has_no_bands():
    noise = Image.effect_noise((800, 600), 12).convert("RGB")
    assert picture_bands(webp(noise)) == []


def test_only_our_own_clean_pictures_are_opened():
    with pytest.raises(PictureError):
        picture_bands(b"GIF89a" + bytes(100))
