"""Home pages, information pages, and the site's texts that a home page holds."""

import json

import pytest

from home.models import InfoPage
from tests.markup import faults
from tests.trees import child, publish

BODY = [
    {"type": "heading", "value": "What we need"},
    {"type": "paragraph", "value": "<p>Ten <b>minutes</b>.</p>"},
    {"type": "quote", "value": {"text": "We drew our lines.", "attribution": "A letter"}},
    {"type": "notice", "value": {"tone": "warning", "text": "You may stop."}},
    {
        "type": "facts",
        "value": {"title": "In figures", "items": [{"fact": "1 in 3", "source": "W"}]},
    },
    {"type": "ledger", "value": {"love": ["Finding each other"], "dont_love": ["Being followed"]}},
    {
        "type": "steps",
        "value": {"title": "How", "items": [{"title": "Write", "text": "As you do"}]},
    },
    {"type": "checklist", "value": {"title": "Before", "items": ["No address in it"]}},
    {
        "type": "call_to_act",
        "value": {"heading": "H", "text": "", "label": "Go", "to": "helplines"},
    },
]


def test_every_block_is_shown_in_valid_html(site, client):
    child(site.en, InfoPage, "About", slug="about", intro="Who we are.", body=json.dumps(BODY))
    html = client.get("/en/about/").content.decode()
    assert not faults(html)
    for words in (
        *("What we need", "<b>minutes</b>", "We drew our lines.", "You may stop.", "1 in 3"),
        *("Finding each other", "Being followed", "As you do", "No address in it", "Who we are."),
    ):
        assert words in html
    assert 'href="/en/helplines/"' in html


def test_what_editors_type_is_text(site, client):
    body = [{"type": "quote", "value": {"text": "<script>alert(1)</script>", "attribution": "<i>"}}]
    page = child(site.en, InfoPage, "<b>About</b>", slug="about", body=json.dumps(body))
    page.search_description = '"><script>alert(1)</script>'
    publish(page)
    html = client.get("/en/about/").content.decode()
    assert "<script>alert" not in html and "<b>About" not in html


def test_the_sites_texts_are_on_every_page_of_their_language(site, client):
    site.es.organisation = "Colectiva"
    site.es.emergency_notice = "Aviso de urgencia"
    site.es.footer = "Al pie"
    site.es.letters_address = "cartas@example.org"
    publish(site.es)
    for address in ("/es/", "/es/helplines/", "/es/nada/"):
        html = client.get(address).content.decode()
        for text in ("Colectiva", "Aviso de urgencia", "Al pie", "mailto:cartas@example.org"):
            assert text in html, address
    assert "Aviso" not in client.get("/en/").content.decode()


def test_they_are_seen_in_a_preview_before_they_go_live(site, client, admin_user):
    client.force_login(admin_user)
    site.es.emergency_notice = "Aviso"
    revision = site.es.save_revision()
    preview = client.get(f"/admin/pages/{site.es.pk}/revisions/{revision.pk}/view/")
    assert "Aviso" in preview.content.decode()
    assert "Aviso" not in client.get("/es/").content.decode()


@pytest.mark.parametrize("code", ["en", "es", "ar"])
def test_a_home_page_has_one_heading_and_is_valid(site, client, code):
    html = client.get(f"/{code}/").content.decode()
    assert html.count("<h1") == 1
    assert not faults(html)


def test_the_head_describes_the_page_to_others(site, client):
    page = child(site.en, InfoPage, "About", slug="about", intro="Who we are.")
    html = client.get("/en/about/").content.decode()
    assert '<meta name="description" content="Who we are.">' in html
    assert '<meta property="og:title" content="About">' in html
    page.search_description, page.seo_title = "For engines", "About the portal"
    publish(page)
    html = client.get("/en/about/").content.decode()
    assert '<meta name="description" content="For engines">' in html
    assert "About the portal" in html.partition("</title>")[0]
