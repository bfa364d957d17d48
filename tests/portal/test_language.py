"""The language is what the address says; only `/` looks at what the browser prefers."""

import re

import pytest
import requests
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Locale

from home.models import InfoPage
from portal.languages import CODES, LANGUAGES, direction, interface_language, name_local
from safety.models import SafetyIndexPage
from tests.trees import child, plant, publish


def alternates(html):
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))


def canonical(html):
    return re.search(r'<link rel="canonical" href="([^"]+)"', html)[1]


# ------------------------------------------------------------------------ negotiating


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("ar-EG", "ar"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans-SG", "zh-hans"),
        ("pt-BR,pt;q=0.9", "pt-br"),
        ("pt-PT", "en"),
        ("qu, es;q=0.5", "es"),
        ("en;q=0.1, ar;q=0.9", "ar"),
        ("es;q=0", "en"),
        ("de", "en"),
        ("*", "en"),
        ("nonsense;;;q=;,=", "en"),
        ("a" * 9000, "en"),
        ("es\0", "en"),
        ("../../etc", "en"),
        ("fr", "en"),  # its home page is a draft
    ],
)
def test_the_front_door_speaks_the_browsers_language(db, client, header, language):
    plant("en", "es", "ar", "zh-hans", "pt-br")
    Locale.objects.create(language_code="fr")
    answer = client.get("/", headers={"accept-language": header})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/")
    assert answer.headers["Vary"] == "Accept-Language"


def test_traditional_characters_are_preferred_where_they_are_live(db, client):
    plant("en", "zh-hans", "zh-hant")
    for header, language in [("zh-TW", "zh-hant"), ("zh-HK", "zh-hant"), ("zh-CN", "zh-hans")]:
        answer = client.get("/", headers={"accept-language": header})
        assert answer.headers["Location"] == f"/{language}/"


def test_no_other_address_looks_at_headers_or_cookies(site, client):
    child(site.en, InfoPage, "About", slug="about")
    client.cookies["django_language"] = "es"
    for address in (
        "/en/",
        "/en/about/",
        "/en/letters.atom",
        "/en/nothing/",
        "/about/",
        "/robots.txt",
    ):
        answer = client.get(address, headers={"accept-language": "es"})
        assert answer.status_code in (200, 404), address
        assert answer.headers["Content-Language"] == "en"
        assert "Accept-Language" not in answer.headers.get("Vary", "")
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_an_address_without_a_language_is_not_there(site, client):
    for address in ("/about/", "/letters/", "/helplines/", "/letters.atom"):
        assert client.get(address, headers={"accept-language": "es"}).status_code == 404


@pytest.mark.parametrize(
    "address", ["/xx/", "/fr/", "/qu/", "/en-gb/", "/fr/helplines/", "/es-mx/"]
)
def test_a_language_that_is_not_live_is_not_there(site, client, address):
    for code in ("fr", "qu"):
        locale = Locale.objects.create(language_code=code)
        site.en.copy_for_translation(locale)  # a draft
    answer = client.get(address)
    assert answer.status_code == 404
    assert '<html lang="en" dir="ltr">' in answer.content.decode()


def test_an_unpublished_home_page_takes_its_language_away(site, client):
    assert client.get("/es/").status_code == 200
    site.es.unpublish()
    assert client.get("/es/").status_code == 404
    assert client.get("/es/helplines/").status_code == 404
    assert "/es/" not in client.get("/en/").content.decode()


# --------------------------------------------------------------------- other versions


def test_every_version_names_every_version(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    spanish = publish(about.copy_for_translation(site.es.locale))
    spanish.slug = "acerca"
    publish(spanish)
    base = "http://127.0.0.1:8000"
    expected = {
        "en": f"{base}/en/about/",
        "es": f"{base}/es/acerca/",
        "x-default": f"{base}/en/about/",
    }
    for code in ("en", "es"):
        html = client.get(expected[code].removeprefix(base)).content.decode()
        assert alternates(html) == expected
        assert canonical(html) == expected[code]
    for code in ("en", "es"):
        sitemap = client.get(f"/sitemap-{code}.xml").content.decode()
        entry = re.search(rf"<url><loc>{expected[code]}</loc>.*?</url>", sitemap, re.S)[0]
        for other in ("en", "es"):
            assert f'hreflang="{other}" href="{expected[other]}"' in entry


def test_a_page_in_one_language_names_no_other(site, client):
    child(site.en, InfoPage, "About", slug="about")
    html = client.get("/en/about/").content.decode()
    assert alternates(html) == {}
    assert 'class="languages"' not in html


def test_the_switcher_leads_only_to_live_translations_of_the_same_page(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    publish(about.copy_for_translation(site.es.locale))
    about.copy_for_translation(site.ar.locale)  # a draft
    html = client.get("/es/about/").content.decode()
    nav = re.search(r'<nav class="languages".*?</nav>', html, re.S)[0]
    links = re.findall(r'href="([^"]+)" lang="([^"]+)" hreflang="([^"]+)" dir="([^"]+)"', nav)
    assert links == [("/en/about/", "en", "en", "ltr"), ("/es/about/", "es", "es", "ltr")]
    assert "English" in nav and "español" in nav
    current = re.search(r'<a href="/es/about/"[^>]*aria-current="true"', nav)
    assert current


def test_fixed_routes_are_there_in_every_live_language(site, client):
    html = client.get("/ar/helplines/").content.decode()
    assert set(alternates(html)) == {"en", "es", "ar", "x-default"}
    assert '<html lang="ar" dir="rtl">' in html
    for address in alternates(html).values():
        assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize("code", ["en", "es", "ar"])
def test_a_page_has_its_language_and_direction(site, client, code):
    answer = client.get(f"/{code}/")
    right_to_left = "rtl" if code == "ar" else "ltr"
    assert f'<html lang="{code}" dir="{right_to_left}">' in answer.content.decode()
    assert answer.headers["Content-Language"] == code


# ------------------------------------------------------------------- languages of ours


@pytest.mark.parametrize(
    ("code", "name", "bidi"),
    [
        ("qu", "Runasimi", False),
        ("ti", "ትግርኛ", False),
        ("gn", "Avañe’ẽ", False),
        ("ps", "پښتو", True),
        ("ar", "العربيّة", True),
    ],
)
def test_django_knows_our_languages_too(code, name, bidi):
    info = get_language_info(code)
    assert (info["name_local"], info["bidi"]) == (name, bidi)
    assert name_local(code) == name
    assert direction(code) == ("rtl" if bidi else "ltr")
    with translation.override(code):
        assert translation.get_language_bidi() is bidi  # what the admin asks


def test_every_language_has_a_name_a_direction_and_a_catalogue():
    assert len(CODES) == len(LANGUAGES) > 140
    for code, _name in LANGUAGES:
        info = get_language_info(code)
        assert info["name_local"], code
        assert direction(code) == ("rtl" if info["bidi"] else "ltr"), code
        assert translation.check_for_language(code), code


@pytest.mark.parametrize(
    ("code", "expected"),
    [("sd-deva", "rtl"), ("AR-EG", "rtl"), ("xx", "ltr"), ("", "ltr"), (None, "ltr")],
)
def test_any_code_has_a_direction(code, expected):
    assert direction(code) == expected


@pytest.mark.parametrize("code", ["qu", "ti", "gn", "ps"])
def test_a_language_of_ours_can_go_live(db, client, code):
    site = plant("en", code)
    child(getattr(site, code), SafetyIndexPage, "Safe", slug="safe")
    answer = client.get(f"/{code}/safe/")
    assert answer.status_code == 200
    assert f'<html lang="{code}" dir="{direction(code)}">' in answer.content.decode()
    assert f'href="/{code}/" lang="{code}"' in client.get("/en/").content.decode()


def test_interface_words_fall_back_along_a_chain():
    assert interface_language("qu") == "es"
    assert interface_language("es-mx") == "es"
    assert interface_language("so") == "en"
    assert interface_language("en-gb") == "en"
    for code in ("es", "qu", "gn"):
        with translation.override(code):
            assert (
                _("Skip to the content") == "Ir al contenido"
                or _("Skip to the content") != "Skip to the content"
            ), code


def test_words_that_stand_in_are_marked_with_their_language(db, client):
    plant("en", "qu", "so", "es")
    html = client.get("/qu/").content.decode()
    assert '<html lang="qu" dir="ltr">' in html
    assert '<a class="skip" href="#main" lang="es" dir="ltr">' in html
    assert (
        '<a class="skip" href="#main" lang="en" dir="ltr">' in client.get("/so/").content.decode()
    )
    assert '<a class="skip" href="#main">' in client.get("/es/").content.decode()
    assert '<a class="skip" href="#main">' in client.get("/en/").content.decode()


def test_english_that_stands_in_on_a_page_in_pashto_runs_from_the_left(db, client):
    plant("en", "yi")
    html = client.get("/yi/").content.decode()
    assert '<html lang="yi" dir="rtl">' in html
    assert '<a class="skip" href="#main" lang="en" dir="ltr">' in html


# ----------------------------------------------------------------------------- cookies


def test_no_public_answer_sets_a_cookie_or_varies_by_one(live):
    session = requests.Session()
    for address in (
        *("/", "/en/", "/ar/letters/", "/en/write/survivor/", "/es/helplines/", "/exit/en/"),
        *("/robots.txt", "/sitemap.xml", "/sitemap-en.xml", "/en/letters.atom", "/en/nothing/"),
        *("/media/images/x.webp", "/static/portal/icon.svg"),
    ):
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            answer = session.request(method, live + address, allow_redirects=False, timeout=30)
            assert "Set-Cookie" not in answer.headers, (method, address)
            assert "cookie" not in answer.headers.get("Vary", "").lower(), (method, address)
