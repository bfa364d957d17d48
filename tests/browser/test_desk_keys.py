"""Keys at the desk: of keyboards that write other scripts, and what is typed into a field."""

import pytest

from tests.browser.test_desk import ANOTHER, begin, number

# What a key writes on an Arabic, Hindi or Russian keyboard, and where it lies.
DECLINE, FOURTH = ("ي", "KeyD"), ("٤", "Digit4")
PUBLISH, PASS = ("ज", "KeyP"), ("ы", "KeyS")
WORDS, THIRD = ("لا", "KeyB"), ("٣", "Digit3")
# Every key of the desk.
TYPED = "p d s l c u j k b i ? 1 2 3 4 ؟ ي ٤"
SEEN = """element => {
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) opacity *= getComputedStyle(one).opacity;
    return opacity;
}"""


@pytest.fixture
def desk(sign_in):
    """The page of a moderator at the first letter of her queue."""
    page = sign_in("moderator")
    begin(page)
    return page


def press(page, *keys):
    """As a keyboard does that writes another script: keys are pairs of what a key writes and its
    place on an English one."""
    keyboard = page.context.new_cdp_session(page)
    for key, code in keys:
        event = {"key": key, "code": code, "text": key}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key, "code": code})


def test_a_key_of_another_script_does_what_the_latin_one_in_its_place_does(desk):
    for keys, done in [
        ([DECLINE, FOURTH], "Declined"),
        ([PUBLISH], "Published"),
        ([PASS], "Passed on"),
    ]:
        before = number(desk)
        press(desk, *keys)
        desk.wait_for_function(ANOTHER, arg=before)
        assert desk.inner_text(".desk-last span") == f"Letter {before}: {done}"


def test_words_are_left_out_with_arabic_digits(desk):
    press(desk, WORDS)
    assert desk.get_attribute("[data-cursor]", "aria-pressed") == "true"
    press(desk, THIRD)
    third = desk.locator("[data-reason]").nth(2).get_attribute("data-reason")
    places = desk.locator("input[type=hidden][name=redaction]").all()
    assert any(place.get_attribute("value").endswith(f":{third}") for place in places)


def test_what_she_types_for_others_decides_nothing_and_stays(desk):
    before = number(desk)
    desk.keyboard.press("l")
    asked = desk.locator("[name=question]")
    desk.keyboard.type(TYPED)
    press(desk, PUBLISH, DECLINE, FOURTH)
    written = asked.input_value()
    assert written.startswith(TYPED) and written.endswith("जي٤")
    desk.keyboard.press("Escape")
    assert not asked.is_visible()
    # One key leads back to the menu; and from there the note to its writer.
    desk.keyboard.press("d")
    desk.locator(".desk-menu[open] .desk-fold > summary").click()
    note = desk.locator(".desk-menu[open] [name=note]")
    note.click()
    desk.keyboard.type(TYPED)
    assert note.input_value() == TYPED
    desk.keyboard.press("Escape")
    assert not note.is_visible()
    desk.keyboard.press("d")
    assert note.input_value() == TYPED
    desk.keyboard.press("Escape")
    desk.keyboard.press("l")
    assert asked.is_visible() and asked.input_value() == written
    assert number(desk) == before


def test_without_a_script_she_is_told_what_became_of_a_letter(sign_in):
    page = sign_in("moderator", java_script_enabled=False)
    before = begin(page)
    page.locator("button[data-desk-key=s]").click()
    page.locator(f"[data-desk]:not([data-letter='{before}'])").wait_for()
    said = page.locator(".messages li", has_text=before).first
    assert said.is_visible() and said.evaluate(SEEN) == 1
