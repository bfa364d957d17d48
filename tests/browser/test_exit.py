"""The way out: at once, leaving nothing typed behind, with and without a script."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Error

NEUTRAL = re.compile(r"^https://[^/]*wikipedia\.org/")
SECRET = "What I would never want him to read"


class Encyclopedia(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Encyclopedia</h1>")

    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope="module")
def elsewhere():
    """The neutral site, at an address that is there without a network and is not ours."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Encyclopedia) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def visitor(browser, live, elsewhere):
    """Opens a page. The exit leads to a stand-in for the neutral site."""
    contexts = []

    def neutral(route):
        answer = route.fetch(max_redirects=0)
        assert answer.status == 302 and NEUTRAL.match(answer.headers["location"])
        route.fulfill(status=302, headers={**answer.headers, "location": elsewhere})

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


LAST = "button[value=check]"


def to_the_check_page(page):
    write_something(page)
    page.fill("[name=title]", SECRET)
    page.click(LAST)
    page.wait_for_selector("article.letter")


def to_the_receipt(page):
    to_the_check_page(page)
    page.click("button[value=send]")
    page.wait_for_selector("#receipt")


def back_to_the_form_after_a_change(page):
    to_the_check_page(page)
    page.click("button[value=change]")
    page.wait_for_selector("[name=words]")


def back_from_the_kit(page):
    to_the_check_page(page)
    page.click("button[value=kit]")
    page.click("button[value=check]")
    page.wait_for_selector("article.letter")


def press_the_button(page):
    page.click("[data-exit]")


def press_shift(page):
    page.wait_for_load_state()  # keys say nothing to a script that has not come yet
    page.focus("main")
    for _press in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("way_out", [press_the_button, press_shift])
@pytest.mark.parametrize(
    "way",
    [to_the_check_page, to_the_receipt, back_to_the_form_after_a_change, back_from_the_kit],
)
def test_back_shows_no_word_of_any_page_on_the_way(visitor, way, way_out):
    page = visitor()
    way(page)
    way_out(page)
    page.wait_for_selector("text=Encyclopedia")
    for _step in range(5):
        try:
            page.go_back()
        except Error:  # a page that was posted, which the browser has not kept
            page.wait_for_load_state()
        page.wait_for_timeout(300)
        assert "/write/" not in page.url
        assert SECRET not in page.content()
        for field in page.locator("textarea, input:not([type=file])").all():
            assert SECRET not in field.input_value()
    page.goto("/en/write/survivor/")
    assert page.is_visible("[name=words]")
    assert page.input_value("[name=words]") == ""


def test_whoever_comes_again_may_go_back_and_forth(visitor):
    page = visitor()
    to_the_check_page(page)
    page.click("[data-exit]")
    page.wait_for_selector("text=Encyclopedia")
    to_the_check_page(page)
    page.go_back()
    assert page.is_visible("[name=words]")
    assert page.input_value("[name=words]") == SECRET
    page.reload()
    assert page.is_visible("[name=words]")


def test_a_connection_that_fails_is_not_taken_for_leaving(visitor):
    page = visitor()
    to_the_check_page(page)
    page.context.route("**/send/", lambda route: route.abort("connectionreset"))
    page.click("button[value=send]")
    page.wait_for_url("chrome-error://**")
    page.go_back()
    page.wait_for_timeout(300)
    assert "/write/" in page.url
    assert page.is_visible("h1")


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
    assert [request for request in asked if request[1].startswith(live)] == [
        ("GET", f"{live}/exit/en/")
    ]
