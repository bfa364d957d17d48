"""A first visit fits into one small round of packets."""

import re

import brotli
import pytest

from tests.browser.addresses import templates

LIMIT = 14 * 1024


@pytest.fixture(scope="module")
def addresses(demo):
    return [address for pair in templates(demo).values() for address in pair]


def test_a_first_visit_weighs_fourteen_kilobytes_at_most(new_page, addresses):
    """HTML, CSS and script as they cross the wire; letters' own words and pictures apart."""
    heavy = {}
    page = new_page(viewport={"width": 360, "height": 800})
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    for address in addresses:
        answers.clear()
        page.goto(address, wait_until="networkidle")
        counted = [
            answer
            for answer in answers
            if answer.request.resource_type in ("document", "stylesheet", "script")
        ]
        assert len(counted) <= 3, address
        words = page.evaluate(
            "[...document.querySelectorAll('[data-letter]')].map(e => e.textContent).join('')"
        )
        weight = sum(int(answer.headers["content-length"]) for answer in counted)
        weight -= len(brotli.compress(words.encode(), quality=6))
        if weight > LIMIT:
            heavy[address] = weight
    assert heavy == {}, heavy


def test_pictures_are_sized_and_wait_until_they_are_seen(new_page, addresses):
    page = new_page()
    pictures = 0
    for address in addresses:
        page.goto(address)
        for img in page.locator("main img").all():
            pictures += 1
            assert img.get_attribute("width") and img.get_attribute("height"), address
            # Only the picture that a page is about may load at once.
            assert img.get_attribute("loading") == "lazy" or "/letter/" in address, address
            assert re.search(r"\.jpg$", img.get_attribute("src")), address
    assert pictures
