"""The way of a letter in Chromium, with and without JavaScript."""

import pytest

from letters.models import Submission
from tests.portal.pictures import PICTURES

WORDS = 'Dear friend,\n\n  I believe "you" & <me>.\n\n\nمعك دائماً\n\n我相信你'


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def tab(request, browser, serve):
    context = browser.new_context(base_url=serve(), java_script_enabled=request.param)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_a_letter_arrives_as_it_was_typed(tab):
    tab.goto("/en/write/survivor/")
    tab.fill("[name=words]", WORDS)
    tab.set_input_files(
        "[name=picture]",
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": PICTURES["JPEG"]()},
    )
    tab.check("[name=content_notes][value=threats]")
    tab.click("button[value=check]")
    tab.wait_for_load_state("load")
    tab.click("article.letter summary")
    tab.locator("article.letter img").scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('article.letter img').naturalWidth === 300")
    tab.click("button[value=change]")
    assert tab.input_value("[name=words]") == WORDS
    tab.click("button[value=check]")
    assert not tab.locator("main [type=checkbox]:checked").count()
    tab.check("[name=may_publish_words]")
    tab.click("button[value=send]")
    assert tab.locator("#receipt span").count() == 5
    submission = Submission.objects.get()
    assert submission.words == WORDS
    assert submission.content_notes == ["threats"]
    assert submission.may_publish_words and not submission.may_quote
    assert submission.picture_name
    assert submission.held in ([], ["too-fast"])


def test_after_a_double_click_there_is_one_letter(tab):
    tab.goto("/en/write/survivor/")
    tab.fill("[name=words]", WORDS)
    tab.click("button[value=check]")
    tab.dblclick("button[value=send]")
    tab.wait_for_selector("#receipt")
    assert Submission.objects.count() == 1


def test_going_back_to_the_form_finds_the_words(tab):
    tab.goto("/en/write/survivor/")
    tab.fill("[name=words]", WORDS)
    tab.click("button[value=check]")
    tab.wait_for_selector("article.letter")
    tab.go_back()
    assert tab.input_value("[name=words]") == WORDS
