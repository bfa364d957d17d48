"""The pages on a letter's way that are reached by sending a form, as axe, a narrow screen and the
keyboard see them. (Those with an address of their own: tests/browser/test_accessibility.py.)"""

import secrets

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from letters.intake.receive import receive
from letters.vocabulary import DeclineReason
from tests.browser.test_accessibility import RULES
from tests.letters.visitor import LETTERS, Visitor
from tests.people import person
from tests.portal.pictures import red_left_blue_right, saved
from tests.trees import plant

EVERYTHING = RULES | {
    "rules": {"target-size": {"enabled": True}, "heading-order": {"enabled": True}}
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
PHOTO = {
    "name": "me.jpg",
    "mimeType": "image/jpeg",
    "buffer": saved(red_left_blue_right(), "JPEG"),
}
NOT_TEXT = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"\xff\xd8\x00\x00"}


class Inspector:
    """Looks at a page narrow and wide, light and dark, and writes down what is wrong with it."""

    def __init__(self, page, dark_when_narrow):
        self.page, self.dark_when_narrow = page, dark_when_narrow
        self.found, self.seen = {}, 0

    def look(self, name):
        page = self.page
        for details in page.locator("main details:not([open])").all():
            details.evaluate("details => { details.open = true }")
        for width, rules in ((320, EVERYTHING), (1280, COLOURS)):
            dark = (width == 320) == self.dark_when_narrow
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                self.found[f"{name} {width}"] = "wider than the screen"
            for violation in Axe().run(page, options=rules).response["violations"]:
                nodes = [node["html"][:150] for node in violation["nodes"]]
                self.found[f"{name} {width} {violation['id']}"] = nodes
        self.seen += 1

    def error(self, name):
        """A page that lists errors: that is where its reader begins."""
        expect(self.page.locator(".error-summary")).to_be_focused()
        for link in self.page.locator(".error-summary a").all():
            assert self.page.locator(link.get_attribute("href")).count() == 1, name
        self.look(name)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_writing_and_sharing(new_page, language):
    page = new_page(viewport={"width": 320, "height": 800})
    inspector = Inspector(page, dark_when_narrow=language == "ar")
    visitor = Visitor(page, language)
    visitor.open()
    visitor.press("button[value=check] >> nth=-1")
    inspector.error("form with errors")
    page.fill("#id_find", "qqqq")
    visitor.press("button[value=find]")
    inspector.look("nobody found")
    page.fill("#id_find", "")
    visitor.press("button[value=find]")
    page.check("[name=decision_maker][value=facebook]")
    visitor.write(title=LETTERS[language][:20], signature="ana@mail.example " * 5)
    assert page.locator("mark").count() >= 2
    inspector.look("check page with marks")
    page.fill("[name=contact]", "x" * 400)
    visitor.press("button[value=send]")
    inspector.error("check page with an error")
    page.fill("[name=contact]", "")
    visitor.press("button[value=kit]")
    inspector.look("kit")
    visitor.press("button[value=check]")
    visitor.press("button[value=send]")
    inspector.look("receipt")
    visitor = Visitor(page, language, "survivor")
    visitor.open()
    page.click("details summary")
    page.set_input_files("[name=draft]", NOT_TEXT)
    visitor.press("button[value=continue]")
    inspector.error("draft that cannot be read")
    page.set_input_files("[name=picture]", PHOTO)
    page.check("[name=content_notes] >> nth=0")
    visitor.write()
    inspector.look("check page with a picture")
    visitor.press("button[value=change] >> nth=-1")
    inspector.look("form with a picture")
    visitor.press("button[value=check] >> nth=-1")
    visitor.press("button[value=kit]")
    inspector.look("kit for a survivor")
    visitor.come_back("12345")
    inspector.error("wrong receipt")
    assert inspector.found == {} and inspector.seen == 11


def letters_in_every_state():
    """name of the state -> receipt"""
    reader = person("amal", "Moderators", reads=["ar", "en"])
    receipts = {}
    for state in ("waiting", "published", "declined", "kept", "withdrawn"):
        draft = {
            "kind": "survivor",
            "title": "To you",
            "words": f"You are not alone, says Alice. ({state})",
            "language": "en",
            "signature": "Alice",
            "contact": "alice@letters.example",
            "may_publish_words": True,
        }
        submission, receipts[state] = receive(draft, secrets.token_hex(16))
        if state in ("published", "kept"):
            submission.publish(reader)
        if state == "kept":
            submission.allow(set())
        elif state == "declined":
            submission.decline(reader, DeclineReason.OFF_TOPIC)
        elif state == "withdrawn":
            submission.withdraw()
    return receipts


def test_the_pages_of_coming_back(transactional_db, serve, new_page):
    plant("en", "ar")
    receipts = letters_in_every_state()
    address = serve()
    for language in ("en", "ar"):
        page = new_page(base_url=address, viewport={"width": 320, "height": 800})
        inspector = Inspector(page, dark_when_narrow=language == "ar")
        visitor = Visitor(page, language)
        for state, receipt in receipts.items():
            visitor.come_back(receipt)
            inspector.look(state)
        visitor.come_back(receipts["waiting"])
        page.fill("[name=phrases]", "somebody else")
        visitor.press("button[value=blank]")
        expect(page.locator("[role=status][data-focus]")).to_be_focused()
        inspector.look("words that are not in it")
        visitor.press("button[value=blank] >> nth=-1")
        assert inspector.found == {} and inspector.seen == len(receipts) + 1
