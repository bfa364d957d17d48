"""What every answer carries, whatever its status."""

import base64
import hashlib
import re

import pytest
import requests
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client

from home.models import InfoPage
from letters.models import LetterIndexPage
from portal.middleware import INITIALISER, hashes, is_known
from tests.people import signed_in
from tests.trees import child

pytestmark = pytest.mark.one_database

PUBLIC = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def check(answer, policy=PUBLIC, frames="DENY"):
    assert answer.headers["Content-Security-Policy"] == policy
    assert answer.headers["X-Frame-Options"] == frames
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"]
    for name, value in EVERYWHERE.items():
        assert answer.headers[name] == value, name


@pytest.fixture
def ana(db):
    return User.objects.create_superuser("ana", password="a long password")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/en/", 200),
        ("head", "/en/", 200),
        ("options", "/en/", 200),
        ("get", "/en/letters/", 200),
        ("get", "/en/letters.atom", 200),
        ("get", "/robots.txt", 200),
        ("get", "/sitemap.xml", 200),
        ("get", "/sitemap-en.xml", 200),
        ("get", "/en/helplines/", 200),
        ("get", "/en/letters", 301),
        ("get", "/", 302),
        ("get", "/exit/en/", 302),
        ("post", "/en/", 403),
        ("get", "/nothing/", 404),
        ("get", "/media/images/nothing.webp", 404),
        ("get", "/media/original_images/x.webp", 404),
        ("get", "/media/../settings.py", 404),
        ("trace", "/en/", 405),
    ],
)
def test_public_answers_carry_the_public_policy(site, method, address, status):
    child(site.en, LetterIndexPage, "Letters", slug="letters")
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(address)
    assert answer.status_code == status
    check(answer)


def test_a_wrong_host_is_answered_with_the_same_headers(site, client):
    answer = client.get("/es/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    check(answer)


def test_static_files_carry_them_too(live):
    html = requests.get(f"{live}/en/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', html):
        answer = requests.get(live + address)
        assert answer.status_code == 200
        check(answer)
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_picture_may_do_even_less(site, client):
    default_storage.save("images/x.webp", ContentFile(b"RIFF"))
    answer = client.get("/media/images/x.webp")
    assert b"".join(answer.streaming_content) == b"RIFF"
    assert answer.headers["Content-Type"] == "image/webp"
    check(answer, "default-src 'none'; sandbox")


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.png", "x.gif", "x"])
def test_nothing_but_sizes_of_pictures_comes_from_the_media_folder(site, client, name):
    default_storage.save(f"images/{name}", ContentFile(b"<script>"))
    assert client.get(f"/media/images/{name}").status_code == 404


# ----------------------------------------------------------------------- the admin


def admin_policy(hashes=""):
    return (
        f"default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
    )


def source(script):
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_the_admin_has_a_policy_of_its_own_and_is_not_stored(site, client, ana):
    check(client.get("/admin/login/"), admin_policy(), "SAMEORIGIN")
    answer = signed_in(client, ana).get("/admin/")
    check(answer, admin_policy(), "SAMEORIGIN")
    assert answer.headers["Cache-Control"] == "private, no-store"
    check(client.get("/admin/nothing/"), admin_policy(), "SAMEORIGIN")


def test_known_initialisers_may_run_and_nothing_else(site, client, ana):
    about = child(site.en, InfoPage, "About", slug="about")
    about.title = "About <script>alert(1)</script>"
    about.save_revision()
    answer = signed_in(client, ana).get(f"/admin/pages/{about.pk}/edit/")
    policy = answer.headers["Content-Security-Policy"]
    scripts = re.findall(r"<script>(.*?)</script>", answer.content.decode(), re.S)
    known = [script for script in scripts if INITIALISER.fullmatch(script.encode())]
    assert all(source(script) in policy for script in known)
    assert policy.count("sha256-") == len({*known})
    assert source("alert(1)") not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert "'unsafe-eval'" not in policy


@pytest.mark.parametrize(
    "script",
    [
        'initDateChooser("id_go_live_at", {"dayOfWeekStart": 1, "format": "Y-m-d"});',
        'initDateTimeChooser("id", {});',
        'new ImageChooser("image", {"modalUrl": "/admin/images/chooser/"});',
        'new PageChooser("id_x", {"modelNames": ["home.infopage"], "canChooseRoot": false});',
    ],
)
def test_what_starts_a_widget_is_known(script):
    assert INITIALISER.fullmatch(script.encode())


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'initDateChooser("id"); alert(1);',
        'initDateChooser("id", alert(1));',
        'initDateChooser("id", {"a": `${alert(1)}`});',
        'initDateChooser("id", [][constructor]);',
        'new ImageChooser("x")["constructor"]("alert(1)")();',
        'initDateChooser("\\u0022"+alert(1));',
        'new Function("alert(1)")();',
        'initDateChooser("</script><script>alert(1)");',
        "",
    ],
)
def test_what_only_looks_like_it_is_not(script):
    assert not INITIALISER.fullmatch(script.encode())


# What wagtail-localize writes into its own pages.
CHOOSERS = """
        if (typeof window.chooserUrls === "undefined") {
            window.chooserUrls = {
                imageChooser: "/admin/images/chooser/",
                pageChooser: "/admin/choose-page/",
            }
        }
    """
SELECT_ALL = """
        document.addEventListener('DOMContentLoaded', function() {
            var selectAll = document.querySelector('[name="select_all"]');
            var locales = document.querySelectorAll('[name="locales"]');

            selectAll.addEventListener('change', function() {
                for (var i = 0; i < locales.length; i++) {
                    locales[i].checked = selectAll.checked;
                }
            });
        });
    """


@pytest.mark.parametrize("script", [CHOOSERS, SELECT_ALL, SELECT_ALL.replace("    ", "\t")])
def test_the_scripts_of_the_translation_pages_are_known(script):
    assert is_known(script.encode())


@pytest.mark.parametrize(
    "script",
    [
        CHOOSERS + "alert(1)",
        CHOOSERS.replace('"/admin/images/chooser/"', "alert(1)"),
        CHOOSERS.replace('"/admin/images/chooser/"', '"/" + alert(1)'),
        CHOOSERS.replace('"/admin/images/chooser/"', '"/\\u0022+alert(1)+\\u0022"'),
        CHOOSERS.replace("/admin/images/chooser/", "javascript:alert(1)"),
        CHOOSERS.replace("/admin/images/chooser/", "https://elsewhere.example/"),
        CHOOSERS.replace("/admin/images/chooser/", "//elsewhere.example/"),
        CHOOSERS.replace("imageChooser:", "[alert(1)]:"),
        CHOOSERS.replace("chooserUrls", "location"),
        SELECT_ALL + "alert(1)",
        "alert(1);" + SELECT_ALL,
        SELECT_ALL.replace("selectAll.checked", "alert(1)"),
        SELECT_ALL.replace('"locales"', '"password"'),
    ],
)
def test_what_only_looks_like_them_is_not(script):
    assert not is_known(script.encode())


def inline_scripts(html):
    return re.findall(r"<script[^>]*>(.*?)</script>", html, re.S)


def test_the_translation_pages_may_run_their_own_scripts_and_no_other(site, client, ana):
    about = child(site.en, InfoPage, "About", slug="about")
    signed_in(client, ana)
    address = f"/admin/localize/submit/page/{about.pk}/"
    pages = [client.get(address)]
    client.post(address, {"locales": [site.es.locale.pk]})
    [spanish] = InfoPage.objects.filter(locale=site.es.locale)
    spanish.refresh_from_db()
    pages.append(client.get(f"/admin/pages/{spanish.pk}/edit/"))
    for answer, words in zip(pages, ("select_all", "window.chooserUrls"), strict=True):
        html, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
        [script] = [one for one in inline_scripts(html) if words in one]
        assert source(script) in policy
        check(answer, admin_policy(f" {source(script)}"), "SAMEORIGIN")


@pytest.mark.parametrize("kind", ["", ' type="text/javascript"'])
def test_an_injected_script_gets_no_hash(kind):
    page = HttpResponse(f"<script{kind}>alert(1)</script><script{kind}>{SELECT_ALL}</script>")
    assert hashes(page) == f" {source(SELECT_ALL)}"


def test_a_preview_may_be_framed_by_the_admin(site, client, ana):
    about = child(site.en, InfoPage, "About", slug="about")
    about.title = "Changed"
    revision = about.save_revision()
    address = f"/admin/pages/{about.pk}/revisions/{revision.pk}/view/"
    answer = signed_in(client, ana).get(address)
    assert answer.status_code == 200
    assert "Changed" in answer.content.decode()
    check(answer, admin_policy(), "SAMEORIGIN")


# ---------------------------------------------------------------------- the userbar


def test_the_userbar_is_for_a_session_and_never_stored(site, client, ana):
    plain = client.get("/en/")
    assert b"wagtail-userbar" not in plain.content
    assert "no-store" not in plain.headers["Cache-Control"]
    answer = signed_in(client, ana).get("/en/")
    assert b"wagtail-userbar" in answer.content
    assert answer.headers["Cache-Control"] == "private, no-store"
    check(answer)


@pytest.mark.parametrize("address", ["/en/", "/en/nothing/", "/en/helplines/", "/", "/exit/en/"])
def test_a_forged_session_sets_no_cookie_and_shows_no_userbar(site, client, address):
    for value in ("forged", "a" * 32, "x" * 4000, ""):
        client.cookies["session"] = value
        answer = client.get(address)
        assert "Set-Cookie" not in answer.headers and not answer.cookies
        assert b"wagtail-userbar" not in answer.content
        assert "Cookie" not in answer.headers.get("Vary", "")
        check(answer)


def test_signing_in_and_out_still_works(site, ana):
    client = Client(enforce_csrf_checks=True)
    client.get("/admin/login/")
    token = client.cookies["csrf"].value
    data = {"username": "ana", "password": "a long password", "csrfmiddlewaretoken": token}
    answer = client.post("/admin/login/", data)
    assert answer.status_code == 302 and answer.cookies["session"]["httponly"]
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/", {"csrfmiddlewaretoken": client.cookies["csrf"].value})
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v2/", "/api/v2/images/", "/api/v3/", "/documents/"]
)
def test_no_api_is_mounted(site, client, address):
    assert client.get(address).status_code == 404
    assert client.get(f"/en{address}").status_code == 404
