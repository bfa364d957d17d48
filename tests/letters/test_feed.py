"""The Atom feed of a language, and letters in the sitemap."""

import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from letters.gallery.views import FEED_LENGTH
from letters.models import Letter, LetterIndexPage
from portal import sitemap
from tests.trees import child

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ORIGIN = "http://127.0.0.1:8000"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def letter(**fields):
    values = {"kind": "survivor", "words": "You are not alone.", "language": "en"}
    return Letter.objects.create(**values | fields)


@pytest.fixture
def feed(site, client):
    child(site.en, LetterIndexPage, "Letters", slug="letters")

    def get(language="en"):
        answer = client.get(f"/{language}/letters.atom")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        return ElementTree.fromstring(answer.content)

    return get


def test_a_feed_is_atom_in_its_language(feed):
    letter(language="es", published=date(2026, 11, 2))
    root = feed("es")
    assert root.tag == f"{ATOM}feed" and root.get(LANG) == "es"
    assert root.findtext(f"{ATOM}id") == "http://127.0.0.1:8000/es/letters.atom"
    assert root.findtext(f"{ATOM}updated") == "2026-11-02T00:00:00Z"
    for name in ("title", "id", "updated", "author", "link"):
        assert root.find(f"{ATOM}{name}") is not None, name


def test_every_letter_is_in_the_feed_of_its_address(feed):
    letter(language="en", title="english")
    letter(language="es", title="spanish")
    letter(language="sw", title="swahili")
    titles = {
        code: [entry.findtext(f"{ATOM}title") for entry in feed(code).iter(f"{ATOM}entry")]
        for code in ("en", "es", "ar")
    }
    assert titles == {"en": ["swahili", "english"], "es": ["spanish"], "ar": []}


def test_an_entry_has_the_language_of_its_letter_and_its_one_address(feed):
    one = letter(language="sw", words="Hauko peke yako")
    (entry,) = feed().iter(f"{ATOM}entry")
    assert entry.get(LANG) == "sw"
    assert entry.findtext(f"{ATOM}id") == f"http://127.0.0.1:8000{one.address}"
    assert entry.findtext(f"{ATOM}content") == "Hauko peke yako"


def test_words_are_text_and_never_break_the_feed(feed):
    letter(title="<b>&", words='<script>"&" ]]> </content>', signature="<x>")
    (entry,) = feed().iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "<b>&"
    assert entry.findtext(f"{ATOM}content") == '<script>"&" ]]> </content>'


def test_a_letter_with_content_notes_shows_them_instead_of_its_words(feed):
    letter(words="Canary", content_notes_codes=["threats"])
    (entry,) = feed().iter(f"{ATOM}entry")
    assert "Canary" not in ElementTree.tostring(entry, encoding="unicode")
    assert "Threats" in entry.findtext(f"{ATOM}summary")


def test_a_feed_holds_the_newest(feed):
    for number in range(FEED_LENGTH + 5):
        letter(title=str(number))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed().iter(f"{ATOM}entry")]
    assert titles == [str(number) for number in range(FEED_LENGTH + 4, 4, -1)]


def test_an_empty_feed_is_a_feed(feed):
    assert not list(feed("ar").iter(f"{ATOM}entry"))


def test_there_is_no_feed_of_a_language_that_is_not_live(feed, client):
    assert client.get("/fr/letters.atom").status_code == 404


def named_in(client, address):
    """The addresses of a sitemap, or of the index."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/xml"
    return [loc.text for loc in ElementTree.fromstring(answer.getvalue()).iter(f"{SITEMAP}loc")]


def test_letters_are_in_the_sitemap_of_their_address(feed, client):
    one, other = letter(language="es"), letter(language="sw")
    spanish, english = (named_in(client, f"/sitemap-{code}-letters-1.xml") for code in ("es", "en"))
    assert spanish == [f"{ORIGIN}{one.address}"]
    assert english == [f"{ORIGIN}{other.address}"]


def test_many_letters_fill_several_sitemaps_and_the_index_names_them(feed, client, monkeypatch):
    monkeypatch.setattr(sitemap, "LENGTH", 4)
    monkeypatch.setattr(sitemap, "CHUNK", 3)
    letters = [letter(language=language) for language in ["en"] * 5 + ["sw"] * 4 + ["es"]]
    taken_down = letter()
    taken_down.delete()
    index = named_in(client, "/sitemap.xml")
    assert [address for address in index if "letters" in address] == [
        *(f"{ORIGIN}/sitemap-en-letters-{number}.xml" for number in (1, 2, 3)),
        f"{ORIGIN}/sitemap-es-letters-1.xml",
    ]
    found = [named_in(client, f"/sitemap-en-letters-{number}.xml") for number in (1, 2, 3)]
    assert [len(names) for names in found] == [4, 4, 1]
    assert sum(found, []) == [f"{ORIGIN}{each.address}" for each in letters[:-1]]


@pytest.mark.parametrize("name", ["en-letters-2", "en-letters-0", "en-pages-1", "fr-letters-1"])
def test_there_is_no_sitemap_without_letters(feed, client, name):
    letter()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404
