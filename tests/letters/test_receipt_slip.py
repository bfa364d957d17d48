"""The page with the receipt, printed and on the screen."""

import re
import subprocess

import pytest
from bs4 import BeautifulSoup

from letters.intake import receipt, receipt_words, token
from letters.intake.receive import receive
from tests.trees import plant

SUBMIT = """fields => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = fields.action;
    for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement("input");
        input.type = "hidden"; input.name = name; input.value = value;
        form.append(input);
    }
    document.body.append(form);
    form.submit();
}"""


@pytest.fixture
def open_sent_page(browser, serve):
    """Opens the page that shows a receipt: of a letter that was sent before and is sent again."""
    plant("en", "ar", "qu", "zh-hans")
    address, contexts = serve(), []

    def open_page(language, **draft):
        minted = token.mint("survivor")
        letter = {"kind": "survivor", "words": "Canary words", "language": language}
        _submission, digits = receive(letter | draft, minted.secret)
        context = browser.new_context(base_url=address)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"/{language}/receipt/")
        fields = {"action": f"/{language}/write/survivor/send/", "token": minted.signed}
        page.evaluate(SUBMIT, fields | {"words": "Canary words", "step": "send"})
        page.wait_for_selector("#receipt")
        return page, digits

    yield open_page
    for context in contexts:
        context.close()


def printed(page, tmp_path):
    """What is on the paper, with the browser's own header and footer switched on."""
    path = tmp_path / "slip.pdf"
    page.pdf(path=path, format="A4", display_header_footer=True, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    facts = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages: +1$", facts, re.MULTILINE)
    return text.stdout.split()


def test_the_slip_has_the_digits_and_nothing_else(open_sent_page, tmp_path):
    for language in ("en", "ar", "zh-hans", "qu"):
        page, digits = open_sent_page(language)
        assert printed(page, tmp_path) == receipt.groups(digits), language
        # There is a list of words for three of them.
        assert page.locator(".receipt-words").count() == (language != "qu")


def test_as_words_it_is_on_the_same_page_and_on_the_slip(open_sent_page, tmp_path):
    for language in ("ar", "zh-hans"):
        page, digits = open_sent_page(language)
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        assert not page.locator("#receipt-words").is_visible()
        page.click(".receipt-words summary")
        words = page.locator("#receipt-words").inner_text()
        assert words.split() == receipt_words.as_words(digits, language)
        assert receipt.read(words) == digits
        icon = page.locator("link[rel=icon]").get_attribute("href")  # comes when the browser likes
        assert [url for url in asked if not url.endswith(icon)] == []
    assert printed(page, tmp_path) == [*receipt.groups(digits), *words.split()]


def sent_again(client, **draft):
    minted = token.mint("survivor")
    receive({"kind": "survivor", "words": "Canary words", "language": "en"} | draft, minted.secret)
    fields = {"token": minted.signed, "words": "Canary words", "step": "send"}
    answer = client.post("/en/write/survivor/send/", fields, HTTP_SEC_FETCH_SITE="same-origin")
    return BeautifulSoup(answer.content, "html.parser")


def test_who_allowed_nothing_reads_that_nobody_will_see_it(site, client):
    nobody = "nobody outside our team will see it"
    assert nobody in sent_again(client).main.text
    assert "It appears among the letters" not in sent_again(client).main.text
    assert nobody not in sent_again(client, may_publish_words=True).main.text


def test_neither_title_nor_letter_is_in_what_browsers_remember(site, client):
    page = sent_again(client)
    assert page.title.text == "Your receipt"
    assert "Canary" not in page.text


def test_a_letter_that_was_taken_back_is_not_said_to_be_waiting(site, client):
    minted = token.mint("survivor")
    draft = {"kind": "survivor", "words": "Canary words", "language": "en"}
    submission, digits = receive(draft, minted.secret)
    submission.withdraw()
    answer = client.post(
        "/en/write/survivor/send/",
        {"token": minted.signed, "words": "Canary words", "step": "send"},
        HTTP_SEC_FETCH_SITE="same-origin",
    ).content.decode()
    assert "You have taken this letter back" in answer and digits[:4] in answer
    assert "What happens now" not in answer
