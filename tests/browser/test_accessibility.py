"""Every template, in English and Arabic, light and dark, as axe and a narrow screen see it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import templates

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}


@pytest.fixture(scope="module")
def addresses(demo):
    found = templates(demo)
    assert len(found) >= 14
    return [address for pair in found.values() for address in pair]


def eager(page):
    """Lazy pictures too, and what is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(new_page, addresses, scheme):
    page = new_page(color_scheme=scheme, viewport={"width": 360, "height": 800})
    found = {}
    for address in addresses:
        page.goto(address)
        eager(page)
        result = Axe().run(page, options=RULES)
        for violation in result.response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]]
            found[f"{address} {violation['id']}"] = nodes
    assert found == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(new_page, addresses, width):
    page = new_page(viewport={"width": width, "height": 800})
    wide = {}
    for address in addresses:
        page.goto(address)
        eager(page)
        overflow = page.evaluate("document.documentElement.scrollWidth")
        if overflow > width:
            wide[address] = overflow
    assert wide == {}


def test_with_larger_text_and_spacing_nothing_is_cut_off(new_page, addresses):
    page = new_page(viewport={"width": 640, "height": 800})
    wide = []
    for address in addresses:
        page.goto(address)
        page.evaluate(
            """() => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em
                    !important; word-spacing: .16em !important } p { margin-block-end: 2em
                    !important } html { font-size: 200% !important }`);
                document.adoptedStyleSheets = [sheet];
            }"""
        )
        if page.evaluate("document.documentElement.scrollWidth") > 640:
            wide.append(address)
    assert wide == []


def test_pages_do_not_jump_while_they_load(new_page, addresses):
    page = new_page(viewport={"width": 360, "height": 800})
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver(list => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value
        }).observe({type: 'layout-shift', buffered: true})"""
    )
    jumping = {}
    for address in addresses:
        page.goto(address, wait_until="networkidle")
        shift = page.evaluate("shift")
        if shift > 0.02:
            jumping[address] = shift
    assert jumping == {}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(new_page, addresses):
    page = new_page(viewport={"width": 1280, "height": 800})
    for address in addresses[:8]:
        page.goto(address)
        for _step in range(6):
            page.keyboard.press("Tab")
            box = page.evaluate(
                """() => { const e = document.activeElement, b = e.getBoundingClientRect();
                    const s = getComputedStyle(e);
                    return {tag: e.tagName, seen: b.width > 0 && b.height > 0,
                            outline: s.outlineStyle !== 'none' || s.boxShadow !== 'none'} }"""
            )
            assert box["tag"] in ("A", "BUTTON", "INPUT", "SUMMARY", "SELECT", "TEXTAREA"), address
            assert box["seen"] and box["outline"], (address, box)
