"""The way of a letter in Chromium: what a woman relies on, with and without JavaScript."""

import io
import re
from urllib.parse import unquote

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image
from playwright.sync_api import expect

from letters.models import Submission
from tests.letters.visitor import LETTERS, Visitor
from tests.portal.pictures import red_left_blue_right, saved

LANGUAGES = ["en", "ar", "zh-hans"]
WORDS = 'Dear friend,\n\n  I believe "you" & <me>.\n\n\nمعك دائماً\n\n我相信你'
SCRIPTS = pytest.mark.parametrize(
    "scripts", [True, False], ids=["with JavaScript", "without JavaScript"]
)
TELLING = re.compile(r"violen|abuse|surviv|decision|threat|take back|love letter", re.IGNORECASE)


def neutral_titles(language):
    with translation.override(language):
        names = ["Write a letter", "Check your letter", "Send your letter", "Your receipt"]
        return {gettext(name) for name in names}


def squeezed(text):
    return re.sub(r"\s+", "", text)


def to_the_end(visitor, receipt, *allowed):
    """Back with the receipt: one consent is changed, then the letter is taken back."""
    page = visitor.come_back(receipt)
    assert visitor.allowed == list(allowed)
    page.uncheck(f"[name=may_{allowed[-1]}]")
    visitor.press("button[value=consents]")
    assert visitor.allowed == list(allowed[:-1])
    visitor.press("button[value=withdraw]")
    assert visitor.allowed == [] and not page.locator("button[value=withdraw]").count()
    visitor.come_back(receipt)
    assert not page.locator("main button").count()


def from_form_to_receipt(visitor):
    """A letter to a decision-maker. Returns (page, token, receipt)."""
    page = visitor.open()
    name = visitor.choose_somebody()
    visitor.write(title="Canary title", signature="Canary name")
    assert name in page.inner_text("article.letter")
    visitor.blank_out()
    visitor.press("button[value=kit]")
    assert "[…]" in page.input_value("#letter-text")
    visitor.press("button[value=check]")
    token = page.locator("main [name=token]").input_value()
    receipt = visitor.share("publish_words", "translate")
    assert re.fullmatch(r"\d{20}", receipt)
    return page, token, receipt


# ------------------------------------------------------------------------- whole journeys


@SCRIPTS
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_to_a_decision_maker_goes_all_the_way(new_page, language, scripts):
    visitor = Visitor(new_page(java_script_enabled=scripts), language)
    _page, token, receipt = from_form_to_receipt(visitor)
    to_the_end(visitor, receipt, "publish_words", "translate")
    visitor.nothing_is_kept(token, token.split(".")[0], receipt, "Canary", "canary")
    assert visitor.titles <= neutral_titles(language)
    assert not [title for title in visitor.titles if TELLING.search(title)]


@SCRIPTS
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_letter_to_a_survivor_goes_all_the_way_with_its_picture(
    new_page, tmp_path, language, scripts
):
    visitor = Visitor(new_page(java_script_enabled=scripts), language, "survivor")
    page = visitor.open()
    photo = saved(red_left_blue_right(), "JPEG")
    page.set_input_files(
        "[name=picture]", {"name": "Ana.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    page.check("[name=content_notes][value=threats]")
    visitor.write(picture_alt="Canary drawing")
    page.click("article.letter summary")
    image = page.locator("article.letter img")
    assert (image.get_attribute("width"), image.get_attribute("height")) == ("300", "200")
    visitor.press("button[value=turn]")
    turned = Image.open(io.BytesIO(page.request.get(image.get_attribute("src")).body()))
    assert turned.size == (200, 300)
    red, _green, blue = turned.convert("RGB").getpixel((100, 40))
    assert red > 200 and blue < 60
    visitor.press("button[value=kit]")
    paper = visitor.printed(tmp_path / "kit.pdf")
    assert "/helplines/" in paper and "/write/" not in paper
    visitor.press("button[value=check]")
    token = page.locator("main [name=token]").input_value()
    receipt = visitor.share("publish_picture", "quote")
    to_the_end(visitor, receipt, "publish_picture", "quote")
    visitor.nothing_is_kept(token, token.split(".")[0], receipt, "Canary", "canary", "Ana")


def test_with_the_safest_settings_of_tor_browser_nothing_is_missing(new_page):
    """No script, no picture, no font, no drawing: every control says in words what it does."""
    page = new_page(java_script_enabled=False)

    def bare(route):
        if route.request.resource_type in ("image", "font", "script", "media"):
            route.abort()
        elif route.request.resource_type == "document":
            answer = route.fetch(max_redirects=0)
            text = re.sub(r"<svg.*?</svg>", "", answer.text(), flags=re.DOTALL)
            route.fulfill(response=answer, body=text)
        else:
            route.continue_()

    def speaks(_frame):
        page.wait_for_load_state("domcontentloaded")
        for control in page.locator("a, button, summary").all():
            assert control.text_content().strip(), control.evaluate("e => e.outerHTML")

    page.route("**/*", bare)
    visitor = Visitor(page)
    look = visitor.look
    visitor.look = lambda: (speaks(None), look())[1]
    _page, _token, receipt = from_form_to_receipt(visitor)
    to_the_end(visitor, receipt, "publish_words", "translate")


@pytest.mark.parametrize("script", ["a ?. ;", "throw new Error('old')", None])
def test_an_old_browser_loses_only_the_comfort(new_page, script):
    """Its script cannot be read, fails at once, or never arrives."""
    page = new_page()
    page.route(
        "**/portal*.js",
        lambda route: (
            route.fulfill(body=script, content_type="text/javascript") if script else route.abort()
        ),
    )
    _page, _token, receipt = from_form_to_receipt(Visitor(page))
    to_the_end(Visitor(page), receipt, "publish_words", "translate")


# ------------------------------------------------------------------------------- the kit


@pytest.fixture
def at_the_kit(new_page):
    def at_the_kit(language, **options):
        visitor = Visitor(new_page(**options), language)
        page = visitor.open()
        page.check("[name=decision_maker][value=facebook]")
        visitor.write(title="Canary title", signature="Canary name")
        visitor.press("button[value=kit]")
        return visitor

    return at_the_kit


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_can_copy_mail_save_and_print_her_letter(at_the_kit, tmp_path, language):
    visitor = at_the_kit(language, permissions=["clipboard-read", "clipboard-write"])
    page, words = visitor.page, LETTERS[language]
    whole = f"Canary title\n\n{words}\n\nCanary name"
    page.click("[data-copy=letter-text]")
    copied = page.locator("[data-copy=letter-text]")
    expect(copied).to_have_text(copied.get_attribute("data-copied"))
    assert page.evaluate("navigator.clipboard.readText()") == whole
    link = unquote(page.locator(".ways a[href^='mailto:']").get_attribute("href"))
    assert whole.replace("\n", "\r\n") in link
    with page.expect_download() as download:
        page.click("button[value=file]")
    assert download.value.suggested_filename == "letter.txt"
    assert download.value.path().read_text() == whole
    address = page.locator(".way .postal").inner_text()
    paper = squeezed(visitor.printed(tmp_path / "kit.pdf"))
    assert squeezed(address) in paper and "Canarytitle" in paper and "Canaryname" in paper
    if language != "ar":  # whose letters come out of a PDF in the shapes of the page
        assert squeezed(words) in paper
    navigation = [".menu", ".exit", ".foot", "form", "h1", ".ways"]
    for part in navigation:
        for text in page.locator(part).all_text_contents():
            assert squeezed(text) not in paper
    visitor.nothing_is_kept("Canary", "canary")


def test_a_browser_that_forbids_copying_says_nothing_untrue(at_the_kit):
    visitor = at_the_kit("en")
    page = visitor.page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.click("[data-copy=letter-text]")
    expect(page.locator("[data-copy=letter-text]")).to_be_hidden()
    assert visitor.faults == []


@SCRIPTS
def test_a_draft_goes_on_from_its_file(new_page, tmp_path, scripts):
    visitor = Visitor(new_page(java_script_enabled=scripts))
    page = visitor.open()
    page.check("[name=decision_maker] >> nth=0")
    page.check("[name=content_notes][value=threats]")
    page.fill("[name=words]", WORDS)
    page.fill("[name=signature]", "Ana")
    with page.expect_download() as download:
        page.click("button[formaction$='/draft/']")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert page.input_value("[name=words]") == WORDS
    other = Visitor(new_page(java_script_enabled=scripts))
    page = other.open()
    page.click("details summary")
    page.set_input_files("[name=draft]", file)
    other.press("button[value=continue]")
    assert page.input_value("[name=words]") == WORDS
    assert page.input_value("[name=signature]") == "Ana"
    assert page.locator("[name=decision_maker]").nth(0).is_checked()
    assert page.is_checked("[name=content_notes][value=threats]")
    other.press("button[value=check]")
    assert page.is_visible("article.letter")
    other.nothing_is_kept("Ana")


# ------------------------------------------------------------------- the keyboard, the eye


def test_the_enter_key_never_does_what_she_did_not_mean(new_page):
    visitor = Visitor(new_page())
    page = visitor.open()
    named = page.get_by_role("button", name="See how it will look")
    assert named.count() == 1  # the one that is first for the Enter key is for nobody else
    page.fill("#id_find", "a")
    with page.expect_event("load"):
        page.press("#id_find", "Enter")
    assert page.is_visible("[name=words]") and not page.locator(".error-summary").count()
    page.check("[name=decision_maker] >> nth=0")
    page.fill("[name=words]", LETTERS["en"])
    with page.expect_event("load"):
        page.press("[name=title]", "Enter")
    marks = page.locator("button[name=blank]").count()
    assert marks
    page.check("[name=may_quote]")
    with page.expect_event("load"):
        page.press("[name=may_quote]", "Enter")
    assert page.locator("button[name=blank]").count() == marks
    assert not page.locator("#receipt").count()
    assert page.is_checked("[name=may_quote]")


@SCRIPTS
def test_after_a_search_or_a_blank_she_is_where_she_was(new_page, scripts):
    page = new_page(java_script_enabled=scripts, viewport={"width": 360, "height": 640})
    visitor = Visitor(page)
    visitor.open()
    page.fill("#id_find", "a")
    visitor.press("button[value=find]")
    expect(page.locator("#id_find")).to_be_in_viewport()
    page.check("[name=decision_maker] >> nth=0")
    visitor.write(words=f"{LETTERS['en']} Or to ana@mail.example.")
    visitor.press("button[name=blank] >> nth=0")
    expect(page.locator("#second-look")).to_be_in_viewport()


# -------------------------------------------------------------- back, reload, twice, two tabs


@pytest.fixture
def visit(browser, serve):
    """A tab on a server whose letters can be counted."""
    contexts, address = [], serve()

    def visit(**options):
        contexts.append(browser.new_context(base_url=address, **options))
        visitor = Visitor(contexts[-1].new_page(), kind="survivor")
        visitor.open()
        return visitor

    yield visit
    for context in contexts:
        context.close()


@SCRIPTS
def test_reloading_and_going_back_at_every_step_end_in_one_letter(visit, tmp_path, scripts):
    visitor = visit(java_script_enabled=scripts)
    page = visitor.page
    photo = tmp_path / "me.jpg"
    photo.write_bytes(saved(red_left_blue_right(), "JPEG"))
    if scripts:
        page.set_input_files("[name=picture]", photo)
    page.check("[name=content_notes][value=threats]")
    visitor.write(words=WORDS)
    visitor.reload()
    assert "معك دائماً" in page.locator("article.letter").text_content()
    visitor.back()
    expect(page.locator("[name=words]")).to_have_value(WORDS)
    visitor.press("button[value=check]")
    visitor.press("main button[value=change] >> nth=-1")
    visitor.reload()
    page.fill("[name=words]", f"{WORDS}\n\nOne thing more.")
    visitor.press("button[value=check]")
    visitor.back()
    if scripts:
        expect(page.locator("[name=words]")).to_have_value(re.compile("One thing more"))
        visitor.press("button[value=check]")
    else:  # what she typed there is a step ahead
        visitor.forward()
    assert "One thing more" in page.locator("article.letter").text_content()
    visitor.press("button[value=change] >> nth=-1")
    page.fill("[name=words]", WORDS)
    visitor.press("button[value=check]")
    visitor.press("button[value=kit]")
    visitor.reload()
    assert "معك دائماً" in page.input_value("#letter-text")
    visitor.back()
    expect(page.locator("[name=words]")).to_have_value(re.compile("معك دائماً"))
    if scripts:  # it brought her to the form, for which she has to choose the picture again
        page.set_input_files("[name=picture]", photo)
        visitor.press("button[value=check]")
    assert not visitor.allowed
    receipt = visitor.share("publish_words")
    visitor.reload()
    assert visitor.receipt == receipt
    visitor.back()
    if not scripts:  # the check page is asked for once more, and her letter is there already
        assert visitor.receipt == receipt
    submission = Submission.objects.get()
    assert submission.words == WORDS and submission.content_notes == ["threats"]
    assert submission.consents == {"words"} and bool(submission.picture_name) == scripts
    visitor.come_back(receipt)
    visitor.press("button[value=withdraw]")
    visitor.reload()
    assert not page.locator("button[value=withdraw]").count()
    visitor.nothing_is_kept(receipt)


@SCRIPTS
def test_after_a_double_click_there_is_one_letter(visit, scripts):
    visitor = visit(java_script_enabled=scripts)
    page = visitor.write()
    page.dblclick("button[value=send]")
    page.wait_for_selector("#receipt")
    submission = Submission.objects.get()
    visitor.come_back(visitor.receipt)
    assert page.locator("button[value=withdraw]").count()
    assert submission.words == LETTERS["en"]


def test_of_two_tabs_one_sends_and_the_other_gives_her_words_back(visit):
    first = visit()
    page = first.write(words=WORDS)
    token = page.locator("main [name=token]").input_value()
    second = Visitor(page.context.new_page(), kind="survivor")
    second.open()
    second.page.locator("main [name=token]").evaluate(
        "(field, token) => field.value = token", token
    )
    second.write(words="Other words that I wrote in the second tab.")
    receipt = first.share("publish_words")
    second.press("button[value=send]")
    assert second.receipt == receipt
    assert second.page.input_value("#not-sent") == "Other words that I wrote in the second tab."
    assert Submission.objects.get().words == WORDS


# --------------------------------------------------------------------------- a slow writer


def test_whoever_takes_three_hours_for_every_step_loses_nothing(alice):
    with time_machine.travel("2026-03-01 08:00", tick=False) as clock:
        alice.open().press(words=WORDS, signature="Ana")
        for step in ({"step": "kit"}, {"step": "check"}, {"step": "change"}, {}):
            clock.shift(3 * 3600)
            alice.press(**step)
            assert alice.response.status_code == 200
            assert alice.fields["words"] == WORDS and alice.fields["signature"] == "Ana"
        clock.shift(3 * 3600)
        alice.press(step="send", may_publish_words="on")
    submission = Submission.objects.get()
    assert submission.words == WORDS and submission.signature == "Ana"
    assert submission.consents == {"words"} and alice.receipt
