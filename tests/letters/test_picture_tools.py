"""Tools for the chosen picture, in Chromium: what is turned and blacked out on the writer's device
arrives turned and black."""

import io

import pytest
from PIL import Image

from tests.portal.pictures import PICTURES, exif, red_left_blue_right, saved

FORM = "/en/write/survivor/"
RED, BLUE = (255, 0, 0), (0, 0, 255)
IN_THE_FIELD = """async (field) => {
    const file = field.files[0];
    const bytes = new Uint8Array(await file.arrayBuffer());
    return [file.name, file.type, Array.from(bytes)];
}"""


def photo(**options):
    return saved(red_left_blue_right(), "JPEG", **{"exif": exif()} | options)


@pytest.fixture
def open_form(new_page):
    def open_form(**options):
        page = new_page(**options)
        page.goto(FORM)
        page.fill("[name=words]", "I believe you.")
        return page

    return open_form


def choose(page, data, name="Ana at home.jpg"):
    file = {"name": name, "mimeType": "image/jpeg", "buffer": data}
    page.set_input_files("[name=picture]", file)


def in_the_field(page):
    """Name, type and pixels of what the form would send now."""
    page.wait_for_function("() => document.querySelector('[name=picture]').files.length === 1")
    name, media_type, data = page.locator("[name=picture]").evaluate(IN_THE_FIELD)
    return name, media_type, bytes(data)


def arrived(page):
    page.click("button[name=step][value=check]")
    address = page.locator("article.letter img").get_attribute("src")
    return Image.open(io.BytesIO(page.request.get(address).body()))


def near(colour, expected):
    return all(abs(a - b) < 40 for a, b in zip(colour, expected, strict=True))


def drag(page, start, end):
    """From one point to another, in fractions of the canvas."""
    canvas = page.locator("[data-tools] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    (x, y), (to_x, to_y) = (
        (box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        for across, down in (start, end)
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
    page.mouse.move(to_x, to_y)
    page.mouse.up()


def tap(page, across, down):
    canvas = page.locator("[data-tools] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def test_a_drawn_box_and_a_turn_arrive_in_the_pixels(open_form):
    page = open_form()
    choose(page, photo())
    page.click("[data-blank]")
    drag(page, (0.1, 0.1), (0.4, 0.5))
    page.click("[data-turn='1']")
    name, media_type, sent = in_the_field(page)
    assert (name, media_type) == ("picture.jpg", "image/jpeg")
    assert b"Exif" not in sent and b"canary" not in sent
    for image in (Image.open(io.BytesIO(sent)), arrived(page)):
        # Turned to the right: what was left is at the top now, and its lower edge is left.
        assert image.size == (200, 300)
        assert near(image.getpixel((100, 290)), BLUE)
        assert near(image.getpixel((40, 60)), RED)  # below the box before
        assert near(image.getpixel((190, 60)), RED)  # above it
        for x in range(104, 176, 4):
            for y in range(34, 116, 4):
                assert max(image.getpixel((x, y))) < 16, (x, y)


def test_a_box_drawn_after_a_turn_lies_where_it_was_drawn(open_form):
    page = open_form()
    choose(page, photo(exif=exif(6)))  # stands upright, then is turned to the left
    page.click("[data-turn='3']")
    page.click("[data-blank]")
    drag(page, (0.6, 0.6), (0.9, 0.9))
    image = arrived(page)
    assert image.size == (300, 200)
    assert near(image.getpixel((20, 20)), RED) and near(image.getpixel((170, 100)), BLUE)
    assert max(image.getpixel((225, 150))) < 16


def test_two_taps_make_a_box_without_dragging(open_form):
    page = open_form()
    choose(page, photo())
    page.click("[data-blank]")
    tap(page, 0.1, 0.1)
    tap(page, 0.4, 0.9)
    image = arrived(page)
    assert max(image.getpixel((75, 100))) < 16
    assert near(image.getpixel((15, 10)), RED)


def test_a_box_can_be_made_with_the_keyboard_alone(open_form):
    page = open_form()
    choose(page, photo())
    page.wait_for_selector("[data-blank]:visible")
    page.focus("[data-blank]")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # one corner in the middle
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    image = arrived(page)
    assert max(image.getpixel((200, 140))) < 16 and max(image.getpixel((265, 175))) < 16
    assert near(image.getpixel((290, 20)), BLUE) and near(image.getpixel((20, 190)), RED)


def test_without_a_change_the_chosen_file_itself_is_sent(open_form):
    page = open_form()
    choose(page, photo())
    page.wait_for_selector("[data-tools] canvas:visible")
    assert in_the_field(page)[2] == photo()
    page.click("[data-blank]")
    drag(page, (0.1, 0.1), (0.4, 0.5))
    page.click("[data-undo]")
    assert in_the_field(page) == ("Ana at home.jpg", "image/jpeg", photo())
    assert near(arrived(page).getpixel((75, 60)), RED)


def test_a_hasty_send_waits_until_the_picture_is_black(open_form):
    page = open_form()
    # Making the file takes as long as on a slow phone.
    page.evaluate("""() => {
        const make = HTMLCanvasElement.prototype.toBlob;
        HTMLCanvasElement.prototype.toBlob = function (...rest) {
            setTimeout(() => make.apply(this, rest), 700);
        };
    }""")
    choose(page, photo())
    page.click("[data-blank]")
    drag(page, (0.05, 0.05), (0.45, 0.95))
    assert page.evaluate("document.querySelector('[name=picture]').files.length") == 0
    assert max(arrived(page).getpixel((75, 100))) < 16


def test_a_browser_that_hides_what_a_canvas_holds_gets_no_tools(open_form):
    page = open_form()
    page.evaluate("""() => {
        const read = CanvasRenderingContext2D.prototype.getImageData;
        CanvasRenderingContext2D.prototype.getImageData = function (...rest) {
            const pixels = read.apply(this, rest);
            pixels.data.forEach((_, place) => { pixels.data[place] = (place * 97) % 256; });
            return pixels;
        };
    }""")
    choose(page, photo())
    page.wait_for_selector("[data-tools] canvas:visible")
    assert page.locator(".picture-tools").is_hidden()
    assert near(arrived(page).getpixel((75, 100)), RED)


def test_a_file_that_the_browser_cannot_show_is_sent_as_it_is(open_form):
    page = open_form()
    choose(page, PICTURES["HEIC"](), "a.heic")
    assert in_the_field(page)[2] == PICTURES["HEIC"]()
    assert arrived(page).size == (300, 200)


def test_the_camera_is_offered_on_phones_and_fills_the_same_field(open_form):
    assert open_form().locator("[data-camera] button").is_hidden()
    page = open_form(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    assert page.locator("[data-camera] button").is_visible()
    with page.expect_file_chooser() as chooser:
        page.click("[data-camera] button")
    assert chooser.value.element.get_attribute("capture") == "environment"
    file = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    chooser.value.set_files(file)
    page.wait_for_selector("[data-tools] canvas:visible")
    page.click("[data-turn='1']")
    assert arrived(page).size == (200, 300)


def test_the_form_works_without_scripts_and_shows_no_tools(open_form):
    page = open_form(java_script_enabled=False)
    for part in ("[data-camera] button", "[data-tools] canvas", ".picture-tools", "[capture]"):
        assert page.locator(part).is_hidden(), part
    choose(page, photo())
    assert near(arrived(page).getpixel((75, 100)), RED)
