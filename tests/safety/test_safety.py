"""Be Safe: guides, helplines, and the way out."""

from datetime import date

import pytest
import time_machine

from home.models import InfoPage
from safety.models import Helpline, SafetyGuidePage, SafetyIndexPage
from tests.markup import faults
from tests.trees import child, publish


@pytest.fixture
def index(site):
    return child(site.en, SafetyIndexPage, "Be Safe", slug="be-safe")


@pytest.fixture
def guide(index):
    return child(
        index,
        SafetyGuidePage,
        "When a partner watches your phone",
        slug="phone",
        neutral_title="Phone tips",
        reviewed_on=date(2026, 11, 1),
    )


def test_tab_and_history_hold_the_neutral_title(guide, client):
    head = client.get("/en/be-safe/phone/").content.decode().partition("<body")[0]
    assert "Phone tips" in head.partition("</title>")[0]
    assert "partner" not in head


def test_quiet_pages_are_not_kept_and_have_the_way_out(site, guide, client):
    child(site.en, InfoPage, "About", slug="about")
    for address in ("/en/be-safe/", "/en/be-safe/phone/", "/en/helplines/"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert 'href="/exit/en/"' in answer.content.decode()
        assert not faults(answer.content)
    assert "/exit/" not in client.get("/en/about/").content.decode()


def test_a_guide_is_due_for_review_after_a_year(guide):
    for day, due in [("2027-11-01", False), ("2027-11-02", True)]:
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            assert guide.review_is_due is due


# ----------------------------------------------------------------------- helplines


def test_helplines_are_by_country_in_the_readers_language(site, client):
    for country in ("DE", "UY", "AT"):
        Helpline.objects.create(
            country=country, name=f"Line {country}", languages=["es"], checked_on=date(2026, 1, 1)
        )
    names = {
        code: [entry["name"] for entry in client.get(f"/{code}/helplines/").context["countries"]]
        for code in ("en", "es")
    }
    assert names == {
        "en": ["Austria", "Germany", "Uruguay"],
        "es": ["Alemania", "Austria", "Uruguay"],
    }
    assert "Spanish" in client.get("/en/helplines/").content.decode()


def test_a_sample_is_shown_as_one(site, client):
    Helpline.objects.create(country="UY", name="Line", checked_on=date(2026, 1, 1))
    before = client.get("/en/helplines/").content
    Helpline.objects.update(is_sample=True)
    after = client.get("/en/helplines/").content
    assert b"ample" in after and after.count(b"ample") > before.count(b"ample")


# ------------------------------------------------------------------------ the way out


def test_the_way_out_leads_where_the_language_says_and_cleans_up(site, client):
    site.es.exit_url = "https://www.example.org/tiempo"
    publish(site.es)
    answer = client.get("/exit/es/")
    assert (answer.status_code, answer.headers["Location"]) == (302, site.es.exit_url)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("target", ["", "javascript:alert(1)", "http://plain.example/", "/en/"])
def test_a_target_that_is_none_is_not_followed(site, client, target):
    site.en.exit_url = target
    publish(site.en)
    assert client.get("/exit/en/").headers["Location"] == "https://www.wikipedia.org/"


@pytest.mark.parametrize("code", ["fr", "xx", "..", "%00"])
def test_it_works_in_any_language(site, client, code):
    assert client.get(f"/exit/{code}/").status_code == 302


def test_it_does_not_end_somebodys_work_in_the_admin(site, client):
    client.cookies["session"] = "x"
    assert "Clear-Site-Data" not in client.get("/exit/en/").headers
