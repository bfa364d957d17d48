"""From an address to a page, and from a page to its address."""

import pytest
import requests
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from home.models import HomePage, InfoPage
from portal import generation, tree
from tests.trees import child, publish


def title(client, address, **headers):
    answer = client.get(address, **headers)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.context["page"].title


def test_a_page_is_at_the_address_that_it_says(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    team = child(about, InfoPage, "Team", slug="team")
    assert team.address == "/en/about/team/"
    assert team.get_url() == "/en/about/team/"
    assert team.full_url == "http://127.0.0.1:8000/en/about/team/"
    assert title(client, team.address) == "Team"
    assert Page.objects.get(pk=team.pk).specific.url == "/en/about/team/"


def test_each_language_is_its_own_tree(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    spanish = publish(about.copy_for_translation(site.es.locale))
    assert spanish.address == "/es/about/"
    assert client.get("/es/about/").context["page"].locale.language_code == "es"
    assert client.get("/ar/about/").status_code == 404


def test_a_page_is_found_with_one_query(site, client, django_assert_num_queries):
    about = child(site.en, InfoPage, "About", slug="about")
    team = child(child(about, InfoPage, "A", slug="a"), InfoPage, "Team", slug="team")
    client.get(team.address)
    with django_assert_num_queries(3) as queries:  # generation, page, its type
        client.get(team.address)
    routes = [query for query in queries.captured_queries if 'url_path" = ' in query["sql"]]
    assert len(routes) == 1


def test_addresses_without_a_page_are_not_there(site, client):
    child(site.en, InfoPage, "About", slug="about")
    for address in (
        "/en/nothing/",
        "/en/about/nothing/",
        "/en//about/",
        "/front/about/",
        "/en/front/",
        "/EN/about/",
        "/en/About/",
        "/en/about/%00/",
        "/en/about/%FF/",
        "/en/" + "a/" * 500,
    ):
        assert client.get(address).status_code == 404, address


def test_a_missing_slash_is_put_there(site, client):
    child(site.en, InfoPage, "About", slug="about")
    answer = client.get("/en/about?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/about/?x=1")


def test_slugs_may_be_in_any_script(site, client):
    page = child(site.ar, InfoPage, "من نحن", slug="من-نحن")
    assert client.get("/ar/من-نحن/").status_code == 200
    assert page.address == "/ar/من-نحن/"
    assert client.get("/ar/%D9%85%D9%86-%D9%86%D8%AD%D9%86/").status_code == 200


def test_a_draft_and_what_was_unpublished_is_not_there(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    about.title = "Changed, not published"
    about.save_revision()
    assert title(client, "/en/about/") == "About"
    about.unpublish()
    assert client.get("/en/about/").status_code == 404
    site.en.add_child(instance=InfoPage(title="Draft", slug="draft", live=False))
    assert client.get("/en/draft/").status_code == 404


def test_a_draft_above_a_page_is_not_among_its_breadcrumbs(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    child(about, InfoPage, "Team", slug="team")
    about.unpublish()
    answer = client.get("/en/about/team/")
    assert answer.status_code == 200
    assert [crumb["url"] for crumb in answer.context["shell"].breadcrumbs] == ["/en/"]


# ------------------------------------------------------------------------ aliases


def test_an_alias_in_another_language_is_not_there(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    alias = about.create_alias(parent=site.es, update_locale=site.es.locale)
    assert alias.live and alias.locale == site.es.locale
    assert client.get("/es/about/").status_code == 404
    answer = client.get("/en/about/")
    assert [entry["code"] for entry in answer.context["shell"].languages] == ["en"]
    assert "/es/about/" not in client.get("/sitemap-es.xml").content.decode()


def test_an_alias_in_the_same_language_is_a_page(site, client):
    about = child(site.en, InfoPage, "About", slug="about")
    about.create_alias(parent=site.en, update_slug="about-us")
    assert title(client, "/en/about-us/") == "About"


# ---------------------------------------------------------------------- redirects


def test_a_moved_page_is_found_at_its_old_address(transactional_db, client, request):
    site = request.getfixturevalue("site")
    about = child(site.en, InfoPage, "About", slug="about")
    team = child(about, InfoPage, "Team", slug="team")
    news = child(site.en, InfoPage, "News", slug="news")
    about.move(news, pos="last-child")
    for old, new in [
        ("/en/about/", "/en/news/about/"),
        ("/en/about/team/", "/en/news/about/team/"),
        ("/en/about/?from=mail", "/en/news/about/"),
    ]:
        answer = client.get(old)
        assert (answer.status_code, answer.headers.get("Location")) == (301, new), old
        assert client.get(new).status_code == 200
    assert Page.objects.get(pk=team.pk).specific.address == "/en/news/about/team/"


def test_a_page_with_a_new_slug_is_found_at_its_old_address(transactional_db, client, request):
    site = request.getfixturevalue("site")
    about = child(site.ar, InfoPage, "About", slug="حول")
    about.slug = "about-us"
    publish(about)
    answer = client.get("/ar/حول/")
    assert (answer.status_code, answer.headers.get("Location")) == (301, "/ar/about-us/")


def test_a_redirect_to_another_host_is_an_editors_own(site, client):
    Redirect.add_redirect("/en/old", "https://elsewhere.example/")
    answer = client.get("/en/old/")
    assert answer.headers["Location"] == "https://elsewhere.example/"


# ------------------------------------------------------------------- restrictions


@pytest.fixture
def secret(site):
    page = child(site.en, InfoPage, "Secret", slug="secret", intro="Canary")
    child(page, InfoPage, "Below", slug="below", intro="Canary")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )
    return page


def test_a_restricted_page_asks_for_its_password_and_is_not_cached(secret, client):
    for address in ("/en/secret/", "/en/secret/below/"):
        answer = client.get(address)
        assert b"Canary" not in answer.content
        assert b'type="password"' in answer.content
        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]


def test_the_password_opens_it_and_it_is_still_not_cached(secret, client):
    restriction = PageViewRestriction.objects.get()
    answer = client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{secret.pk}/",
        {"password": "open sesame", "return_url": "/en/secret/"},
        follow=True,
    )
    assert b"Canary" in answer.content
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_page_for_signed_in_people_leads_to_the_sign_in(site, client):
    page = child(site.en, InfoPage, "Team", slug="team")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/en/team/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/_util/login/?next=/en/team/"


def test_restricted_pages_are_not_in_the_sitemap(secret, client):
    assert "secret" not in client.get("/sitemap-en.xml").content.decode()


# -------------------------------------------------------------------------- sites


def test_two_sites_have_their_own_trees(site, client):
    root = Page.objects.get(depth=1)
    other = publish(
        root.add_child(instance=HomePage(title="Other home", slug="other", locale=site.en.locale))
    )
    Site.objects.create(hostname="127.0.0.1", port=80, root_page=other, site_name="Other")
    child(site.en, InfoPage, "About", slug="about")
    child(other, InfoPage, "Other about", slug="about")
    assert title(client, "/en/") == "Home en"
    assert title(client, "/en/", headers={"host": "127.0.0.1"}) == "Other home"
    assert title(client, "/en/about/", headers={"host": "127.0.0.1"}) == "Other about"
    assert client.get("/es/", headers={"host": "127.0.0.1"}).status_code == 404
    html = client.get("/en/about/", headers={"host": "127.0.0.1"}).content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1/en/about/">' in html
    assert "Home en" not in html
    assert "/en/about/" in client.get("/sitemap-en.xml").content.decode()


# ------------------------------------------------------------------------- memory


def test_a_change_that_is_rolled_back_leaves_nothing(transactional_db, client, request):
    site = request.getfixturevalue("site")
    client.get("/en/")
    before = generation.current(generation.TREE)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(site.es).unpublish()
        assert "es" not in tree.current().sites[0].homes
        raise ZeroDivisionError
    assert generation.current(generation.TREE) == before
    assert client.get("/es/").status_code == 200


def test_menus_come_from_memory(site, client, django_assert_num_queries):
    child(site.en, InfoPage, "About", slug="about", show_in_menus=True)
    client.get("/en/")
    tree.forget()
    with django_assert_num_queries(1):
        (home,) = [tree.current().sites[0].homes["en"]]
        assert [section.title for section in home.sections] == ["About"]
        assert tree.current().address(site.es) == "/es/"


def test_a_tree_of_thirty_languages_is_built_with_few_queries(site, django_assert_max_num_queries):
    codes = "bn cs da de el fa fi fr he hi hu id it ja ko nl pl pt ro ru sv th tr uk ur vi zh-hans"
    for code in codes.split():
        publish(site.en.copy_for_translation(Locale.objects.create(language_code=code)))
    with django_assert_max_num_queries(6):
        built = tree.Tree()
    assert len(built.sites[0].homes) == 30


def test_a_page_published_by_another_process_is_seen_at_once(serve, request):
    site = request.getfixturevalue("site")
    first, second = serve(), serve()
    for address in (first, second):
        assert requests.get(f"{address}/en/about/").status_code == 404
        assert requests.get(f"{address}/hi/").status_code == 404
    about = child(site.en, InfoPage, "About", slug="about", show_in_menus=True)
    publish(site.en.copy_for_translation(Locale.objects.create(language_code="hi")))
    for address in (first, second):
        assert requests.get(f"{address}/en/about/").status_code == 200
        assert "About" in requests.get(f"{address}/en/").text
        hindi = requests.get(f"{address}/hi/")
        assert hindi.status_code == 200 and '<html lang="hi" dir="ltr">' in hindi.text
    about.unpublish()
    for address in (first, second):
        assert requests.get(f"{address}/en/about/").status_code == 404
        assert "About" not in requests.get(f"{address}/en/").text
