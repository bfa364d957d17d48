"""One letter: its address, its languages, its page."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Locale

from letters.models import DecisionMaker, Letter
from tests.trees import publish


def letter(**fields):
    values = {"kind": "survivor", "words": "You are not alone.", "language": "en"}
    return Letter.objects.create(**values | fields)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "address"), [("en", "/en/"), ("es", "/es/"), ("sw", "/en/"), ("pt-br", "/en/")]
)
def test_a_letter_has_one_address(site, client, language, address):
    one = letter(language=language)
    assert one.address == f"{address}letter/{one.code}/"
    for code in ("en", "es", "ar"):
        expected = 200 if f"/{code}/" == address else 404
        assert client.get(f"/{code}/letter/{one.code}/").status_code == expected


def test_its_page_names_that_address_and_no_other_language(site, client):
    one = letter(language="es")
    html = page(client, one.address)
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{one.address}">' in html
    assert 'rel="alternate" hreflang' not in html


def test_under_the_source_language_it_keeps_its_own(site, client):
    html = page(client, letter(language="fa", words="تو تنها نیستی").address)
    assert '<html lang="en" dir="ltr">' in html
    assert re.search(r'<div class="letter-words" lang="fa" dir="rtl">', html)


def test_it_moves_to_its_own_language_when_that_goes_live(site, client):
    one = letter(language="fr")
    assert one.address.startswith("/en/")
    french = site.en.copy_for_translation(Locale.objects.create(language_code="fr"))
    publish(french)
    assert client.get(f"/fr/letter/{one.code}/").status_code == 200
    assert client.get(f"/en/letter/{one.code}/").status_code == 404


def test_codes_cannot_be_guessed_and_wrong_ones_are_not_there(site, client):
    codes = {letter().code for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch("[a-hj-km-np-z2-9]{16}", code) for code in codes)
    for code in ("1", "x" * 40, "ABCDEFGHJKMNPQRS"):
        assert client.get(f"/en/letter/{code}/").status_code == 404


def test_content_notes_keep_it_folded_and_out_of_the_description(site, client):
    html = page(client, letter(words="Canary words", content_notes_codes=["threats"]).address)
    assert re.search(r"<details class=\"notes\">.*Threats.*Canary words.*</details>", html, re.S)
    assert "Canary" not in html.partition("<body")[0]
    html = page(
        client, letter(words="Canary", content_notes_codes=["hate"], may_quote=True).address
    )
    assert "Canary" not in html.partition("<body")[0]


def test_search_engines_and_social_cards_quote_it_only_if_its_writer_allows_it(site, client):
    head = page(client, letter(words="Canary words", may_quote=True).address).partition("<body")[0]
    assert '<meta name="description" content="Canary words">' in head
    assert '<meta property="og:description" content="Canary words">' in head
    head = page(client, letter(words="Canary words").address).partition("<body")[0]
    assert "Canary" not in head
    assert '<meta name="description" content="Somebody wrote this letter' in head


def test_a_content_note_of_her_own_is_in_her_language(site, client):
    noted = letter(content_notes_codes=["threats", "Verlust"], language="de")
    assert (noted.content_notes, noted.own_notes) == (["Threats"], ["Verlust"])
    page = BeautifulSoup(client.get(noted.address).content, "html.parser")
    own = page.select_one("article.letter summary [lang=de]")
    assert own.text == "Verlust" and own["dir"] == "auto"


def test_addressees_have_the_readers_language(site, client):
    mayor = DecisionMaker.objects.create(
        name="The mayor", slug="mayor", kind="government", locale=Locale.get_default()
    )
    spanish = mayor.copy_for_translation(Locale.objects.get(language_code="es"))
    spanish.name = "La alcaldesa"
    spanish.save()
    html = page(client, letter(kind="decision-maker", decision_maker=mayor, language="es").address)
    assert re.search(r'<span class="to-name" lang="es" dir="auto">\s*La alcaldesa', html)
    html = page(client, letter(kind="decision-maker", decision_maker=mayor, language="ar").address)
    assert re.search(r'<span class="to-name" lang="en" dir="auto">\s*The mayor', html)


def test_an_addressee_of_the_writers_own_has_her_language(site):
    one = letter(kind="decision-maker", addressee_text="El juez", language="es")
    assert (one.addressee, one.addressee_lang) == ("El juez", "es")


def test_a_preview_is_not_stored(site):
    draft = {"kind": "survivor", "words": "Canary", "content_notes": ["threats"]}
    preview = Letter.preview(draft)
    assert (preview.words, preview.excerpt, preview.language) == ("Canary", "Canary", "und")
    assert preview.content_notes == ["Threats"] and preview.address == ""
    assert not Letter.objects.exists()


def test_the_admins_preview_is_the_readers_page(site):
    one = letter(words="Canary")
    request = RequestFactory().get("/", headers={"host": "testserver"})
    with translation.override("en"):
        answer = one.serve_preview(request, "")
        assert "Canary" in answer.render().content.decode()


def test_names_come_from_memory(site, django_assert_num_queries):
    for number in range(3):
        mayor = DecisionMaker.objects.create(
            name="M", slug=f"m{number}", kind="government", locale=Locale.get_default()
        )
        letter(decision_maker=mayor)
    Letter.prepare(Letter.objects.select_related("decision_maker"), "en")
    with django_assert_num_queries(1):  # the letters
        found = Letter.prepare(Letter.objects.select_related("decision_maker"), "en")
        assert [x.addressee for x in found] == ["M"] * 3


def test_a_new_name_is_seen_at_once(site, client):
    mayor = DecisionMaker.objects.create(
        name="The mayor", slug="mayor", kind="government", locale=Locale.get_default()
    )
    one = letter(kind="decision-maker", decision_maker=mayor)
    assert "The mayor" in page(client, one.address)
    mayor.name = "The mayoress"
    mayor.save()
    assert "The mayoress" in page(client, one.address)
