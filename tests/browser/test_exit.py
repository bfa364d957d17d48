"""The way out: at once, leaving nothing typed behind, with and without a script."""

import re

import pytest

NEUTRAL = re.compile(r"^https://[^/]*wikipedia\.org/")
SECRET = "What I would never want him to read"


@pytest.fixture
def visitor(browser, live):
    """Opens a page. The neutral site has to be seen at our own address of the exit: there is no
    network to follow its redirect into."""
    contexts = []

    def neutral(route):
        answer = route.fetch(max_redirects=0)
        assert answer.status == 302 and NEUTRAL.match(answer.headers["location"])
        route.fulfill(status=200, content_type="text/html", body="<h1>Encyclopedia</h1>")

    def open_page(**options):
        context = browser.new_context(base_url=live, **options)
        contexts.append(context)
        context.route("**/exit/*/", neutral)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def write_something(page):
    page.goto("/en/")
    page.goto("/en/write/survivor/")
    page.fill("[name=words]", SECRET)


def nothing_is_left(page):
    page.go_back()
    assert "/write/" not in page.url
    assert SECRET not in page.content()
    page.goto("/en/write/survivor/")
    assert page.input_value("[name=words]") == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_the_button_leads_away_and_back_does_not_return(visitor):
    page = visitor()
    write_something(page)
    page.click("[data-exit]")
    page.wait_for_selector("text=Encyclopedia")
    nothing_is_left(page)


def test_three_times_shift_leads_away(visitor):
    page = visitor()
    write_something(page)
    page.click("h1")
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_selector("text=Encyclopedia")
    nothing_is_left(page)


def test_shift_while_typing_capitals_does_not(visitor):
    page = visitor()
    page.goto("/en/write/survivor/")
    page.focus("[name=words]")
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert page.input_value("[name=words]") == "ABCD"
    assert "/write/" in page.url


def test_without_a_script_it_is_a_link(visitor):
    page = visitor(java_script_enabled=False)
    page.goto("/ar/write/survivor/")
    page.click("[data-exit]")
    page.wait_for_selector("text=Encyclopedia")


@pytest.mark.parametrize(
    "path", ["/en/be-safe/", "/en/be-safe/reading-1/", "/ar/write/survivor/", "/en/receipt/"]
)
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_the_first_stop_of_the_keyboard_and_seen_without_scrolling(visitor, path, width):
    page = visitor(viewport={"width": width, "height": 640})
    page.goto(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hasAttribute('data-exit')")
    box = page.locator("[data-exit]").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 120


def test_leaving_asks_our_site_for_nothing_but_the_exit(visitor, live):
    page = visitor()
    write_something(page)
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.click("[data-exit]")
    page.wait_for_selector("text=Encyclopedia")
    assert asked == [("GET", f"{live}/exit/en/")]
