"""What the page about writing says of mail is what mail does."""

import re

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from django.utils.translation import gettext

from letters.mail import wishes
from letters.models import LetterIndexPage, WritePage

SENTENCE = (
    "If somebody else reads your mail and you want no answer, write “no reply please” into the "
    "first line. If you want us to write to you, write “please answer”; only then do we keep "
    "your address."
)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar", "hi", "zh-hans"])
def test_the_words_that_it_names_are_understood(language):
    with translation.override(language):
        said = gettext(SENTENCE)
    assert language == "en" or said != SENTENCE
    silent, answer = re.findall(r"[“«]\s?(.+?)\s?[”»]", said)
    assert wishes._wish(silent) == wishes.SILENT
    assert wishes._wish(answer) == wishes.ANSWER


def test_the_page_names_the_address(site, client):
    site.en.letters_address = "letters@letters.example"
    site.en.save()
    gallery = LetterIndexPage(title="Letters", slug="letters", locale=site.en.locale)
    site.en.add_child(instance=gallery)
    gallery.add_child(instance=WritePage(title="Write", slug="write", locale=site.en.locale))
    page = BeautifulSoup(client.get("/en/letters/write/").content, "html.parser")
    text = page.select_one("main").get_text(" ", strip=True)
    assert page.select_one("main a[href='mailto:letters@letters.example']")
    assert SENTENCE in text
