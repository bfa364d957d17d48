"""Blanking out at the desk with a script: by mouse, touch and keyboard, in words and pictures."""

import pytest
from django.conf import settings
from django.test import Client

from letters.models import Letter, Submission
from tests.letters.submissions import waiting
from tests.people import person

WORDS = "Dear 🌻, my name is Joan Smith.\n\nCall me on +44 20 7946 0958 tonight, dear friend."
ARABIC = "عزيزتي، لستِ وحدكِ.\n\nأنا معكِ."
SELECTED = "() => document.getSelection().toString()"
REDACTIONS = "() => [...document.querySelectorAll('[name=redaction]')].map((one) => one.value)"
ROWS = """() => [...document.querySelectorAll('[data-row]')].map(
    (row) => [...row.querySelectorAll('input')].map((field) => Number(field.value)))"""


@pytest.fixture
def open_letter(serve, new_page):
    """Opens a waiting letter at the desk of somebody who reads every language."""
    address = serve()

    def open_letter(letter, **options):
        client = Client()
        client.force_login(person("amal", "Moderators"))
        page = new_page(base_url=address, **options)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": address}
        page.context.add_cookies([cookie])
        page.goto(f"/admin/desk/{letter.pk}/")
        return page

    return open_letter


def redacted(letter):
    """What is left out now, as (text, reason)."""
    return {
        (getattr(letter, field)[start:end], reason)
        for field, start, end, reason in Submission.objects.get(pk=letter.pk).redactions
    }


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def publish(page):
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/admin/desk/")


def select(page, text):
    """With the mouse, from before the first to behind the last letter of a text."""
    start, end = page.evaluate(
        """(text) => {
            const pieces = [...document.querySelectorAll('[data-marking] [data-at]')];
            const node = pieces.map((piece) => piece.firstChild).find((n) => n.data.includes(text));
            const range = document.createRange();
            node.parentElement.scrollIntoView({ block: 'center' });
            const place = (at) => {
                range.setStart(node, at);
                range.collapse(true);
                const box = range.getBoundingClientRect();
                return [box.left, box.top + box.height / 2];
            };
            const at = node.data.indexOf(text);
            return [place(at), place(at + text.length)];
        }""",
        text,
    )
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=3)
    page.mouse.up()


def test_words_selected_with_the_mouse_are_left_out(open_letter):
    letter = waiting(words=WORDS, title="To you")
    page = open_letter(letter)
    select(page, "tonight")
    assert page.locator("[data-chosen]").inner_text() == "tonight"
    page.click("[data-bar] [data-reason=place]")
    assert page.locator("[data-bar]").is_hidden()
    assert page.locator(".desk-gap").inner_text() == "[a place was left out]"
    assert "a place was left out" in page.locator("[data-blank] [data-said]").inner_text()
    assert "tonight" not in page.locator("[data-marking]").inner_text()
    publish(page)
    # Places are counted in characters, the flower as one of them.
    assert redacted(letter) == {("tonight", "place")}
    assert "tonight" not in Letter.objects.get().words


def test_a_selection_over_paragraphs_leaves_the_paragraphs_standing(open_letter):
    letter = waiting(words="First secret\n\nsecond secret\n\nThird.")
    page = open_letter(letter)
    page.evaluate(
        """() => {
            const pieces = document.querySelectorAll('[data-marking] [data-at]');
            document.getSelection().setBaseAndExtent(
                pieces[0].firstChild, 6, pieces[1].firstChild, 13);
        }"""
    )
    page.click("[data-bar] [data-reason=other]")
    publish(page)
    assert Letter.objects.get().words == "First ⟦other⟧\n\n⟦other⟧\n\nThird."


def test_a_flag_is_a_button_that_leaves_out_and_puts_back(open_letter):
    letter = waiting(words=WORDS)
    page = open_letter(letter)
    why = page.get_by_role("button", name="Leave out: a phone number")
    why.click()
    gap = page.get_by_role("button", name="Put back: [a number or address was left out]")
    assert gap.evaluate("(one) => one === document.activeElement")
    assert page.evaluate(REDACTIONS) == ["words:43-59:contact"]
    press(page, "Enter")
    assert page.evaluate(REDACTIONS) == []
    assert why.evaluate("(one) => one === document.activeElement")
    page.locator(".desk-flag", has_text="Joan Smith").click(position={"x": 5, "y": 8})
    publish(page)
    assert redacted(letter) == {("Joan Smith", "name")}


def test_by_touch_a_flag_is_tapped(open_letter):
    letter = waiting(words=WORDS)
    page = open_letter(letter, viewport={"width": 360, "height": 740}, has_touch=True)
    why = page.get_by_role("button", name="Leave out: a name")
    box = why.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    why.tap()
    assert page.evaluate(REDACTIONS) == ["words:19-29:name"]
    page.locator(".desk-gap").tap()
    assert page.evaluate(REDACTIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_by_keyboard_words_are_chosen_and_left_out(open_letter):
    letter = waiting(words=WORDS)
    page = open_letter(letter)
    press(page, "b")
    assert page.evaluate(SELECTED) == "Dear"
    press(page, "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    assert page.evaluate(SELECTED) == "name is"
    press(page, "3")
    assert page.evaluate(SELECTED) == "Joan"
    press(page, "Shift+ArrowRight", "Enter")  # inside a flag: for its reason
    press(page, "ArrowDown", "Escape", "Escape")
    assert page.get_by_role("button", name="Choose words by keyboard").evaluate(
        "(one) => one === document.activeElement"
    )
    publish(page)
    assert redacted(letter) == {("name is", "place"), ("Joan Smith", "name")}


def test_in_an_arabic_letter_the_left_arrow_leads_on(open_letter):
    page = open_letter(waiting(words=ARABIC, language="ar"))
    press(page, "b", "ArrowLeft")
    assert page.evaluate(SELECTED) == "لستِ"
    press(page, "Shift+ArrowLeft")
    assert page.evaluate(SELECTED) == "لستِ وحدكِ"
    press(page, "ArrowRight")
    assert page.evaluate(SELECTED) == "لستِ"


def test_while_words_are_chosen_other_keys_are_still_the_desks(open_letter):
    page = open_letter(waiting(words=WORDS))
    press(page, "b", "d")
    assert page.locator("details[data-desk-menu][open] .desk-reasons").is_visible()


def test_what_is_left_out_can_be_marked_in_the_next_letter_too(open_letter):
    first, second = waiting(20, words="One."), waiting(10, words=WORDS)
    page = open_letter(first)
    press(page, "p")
    page.wait_for_function(
        "(pk) => document.querySelector('[data-desk]').dataset.letter === pk", arg=str(second.pk)
    )
    press(page, "b", "Enter")
    assert page.evaluate(REDACTIONS) == ["words:0-4:name"]


# --------------------------------------------------------------------------- picture


@pytest.fixture
def pictured(open_letter):
    """A page with a picture that she has asked for, and the addresses that were asked for."""
    asked = []
    letter = waiting(with_picture=True, picture_alt="A page")
    page = open_letter(letter)
    page.on("request", lambda request: asked.append(request.url.partition("/picture/")[2]))
    press(page, "i")
    page.wait_for_function("() => document.querySelector('[data-stage] img').complete")
    assert [one for one in asked if one] == ["veiled/"]
    press(page, "i")
    page.wait_for_function("() => document.querySelector('[data-stage] img').complete")
    assert [one for one in asked if one] == ["veiled/", "clear/"]
    page.locator("[data-stage]").scroll_into_view_if_needed()
    return page


def drag(page, start, end):
    """From one point to another, in fractions of the picture."""
    box = page.locator("[data-stage]").bounding_box()
    points = [
        (box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        for across, down in (start, end)
    ]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()


def test_a_box_is_drawn_moved_and_sized(pictured):
    drag(pictured, (0.1, 0.1), (0.4, 0.3))
    ((left, top, width, height),) = pictured.evaluate(ROWS)
    assert (left, top, width, height) == pytest.approx((10, 10, 30, 20), abs=1)
    drag(pictured, (0.2, 0.2), (0.4, 0.4))
    assert pictured.evaluate(ROWS)[0] == pytest.approx((30, 30, 30, 20), abs=1.5)
    box = pictured.locator(".desk-box")
    assert "30 % from the left" in box.get_attribute("aria-label")
    box.focus()
    press(pictured, "ArrowLeft", "Shift+ArrowDown")
    assert pictured.evaluate(ROWS)[0] == pytest.approx((29, 30, 30, 21), abs=1.5)
    press(pictured, "Delete")
    assert pictured.evaluate(ROWS) == []
    assert box.count() == 0


def test_a_box_by_numbers_is_burnt_in(pictured):
    pictured.get_by_role("button", name="Add a box").click()
    for side, value in {"left": 0, "top": 0, "width": 100, "height": 100}.items():
        pictured.fill(f"[name=box_{side}]", str(value))
    pictured.fill("[name=transcript]", "What it says")
    pictured.check("[name=shows_people][value=no]")
    publish(pictured)
    assert Submission.objects.get().boxes == [[0, 0, 1, 1]]
    assert Letter.objects.get().transcript == "What it says"


def test_the_picture_is_blurred_again_when_she_looks_elsewhere(pictured):
    drag(pictured, (0.1, 0.1), (0.4, 0.3))
    pictured.fill("[name=transcript]", "Half a line")
    pictured.evaluate(
        """() => {
            Object.defineProperty(document, 'hidden', { get: () => true });
            document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    assert pictured.locator("[data-stage] img").get_attribute("src").endswith("/veiled/")
    assert pictured.locator(".desk-box").is_hidden()
    pictured.get_by_role("link", name="Show it clearly").click()
    assert pictured.locator(".desk-box").is_visible()
    assert pictured.input_value("[name=transcript]") == "Half a line"
