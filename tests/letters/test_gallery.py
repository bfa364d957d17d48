"""The gallery: filters in the address, older letters by keyset."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from campaigns.models import CampaignIndexPage, CampaignPage
from letters import counting
from letters.gallery.gallery import PER_PAGE, cursors
from letters.models import DecisionMaker, Letter, LetterIndexPage
from letters.search import MOST, Found
from tests.markup import faults
from tests.trees import child

GALLERY = "/en/letters/"


@pytest.fixture
def gallery(site):
    child(site.en, LetterIndexPage, "Letters", slug="letters")
    index = child(site.en, CampaignIndexPage, "Campaigns", slug="campaigns")
    site.campaign = child(
        index,
        CampaignPage,
        "Sixteen days",
        slug="sixteen-days",
        starts=date(2026, 11, 25),
        ends=date(2026, 12, 10),
    )
    site.mayor = DecisionMaker.objects.create(
        name="The mayor", slug="mayor", kind="government", locale=Locale.get_default()
    )
    return site


def letter(title, **fields):
    values = {"kind": "survivor", "words": "You are not alone.", "language": "en"}
    return Letter.objects.create(title=title, **values | fields)


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return [one.title for one in answer.context["letters"]]


def link(client, address, relation):
    found = re.search(rf'rel="{relation}" href="([^"]+)"', client.get(address).content.decode())
    return found[1].replace("&amp;", "&") if found else None


# ------------------------------------------------------------------------ filters


def test_filters_combine(gallery, client):
    letter("plain")
    letter("spanish", language="es")
    letter("mayor", kind="decision-maker", decision_maker=gallery.mayor)
    letter("days", campaign=gallery.campaign)
    letter(
        "all",
        kind="decision-maker",
        decision_maker=gallery.mayor,
        language="es",
        campaign=gallery.campaign,
        words="Corazón",
    )
    assert shown(client, GALLERY) == ["all", "days", "mayor", "spanish", "plain"]
    assert shown(client, f"{GALLERY}?kind=decision-maker") == ["all", "mayor"]
    assert shown(client, f"{GALLERY}?decision_maker=mayor&language=en") == ["mayor"]
    assert shown(client, f"{GALLERY}?language=es") == ["all", "spanish"]
    campaign = gallery.campaign.translation_key
    assert shown(client, f"{GALLERY}?campaign={campaign}") == ["all", "days"]
    everything = f"kind=decision-maker&decision_maker=mayor&campaign={campaign}&language=es"
    assert shown(client, f"{GALLERY}?{everything}&q=corazon") == ["all"]
    assert shown(client, f"{GALLERY}?{everything}&q=berlin") == []


def test_the_languages_to_choose_are_those_of_letters(gallery, client):
    letter("swahili", language="sw"), letter("english")
    html = client.get(GALLERY).content.decode()
    assert '<option value="sw">' in html
    assert '<option value="fr">' not in html


def test_of_a_long_address_book_those_who_have_letters_are_offered(gallery, client):
    for name in ("A company", "Another company"):
        slug = name.lower().replace(" ", "-")
        DecisionMaker.objects.create(
            name=name, slug=slug, kind="company", locale=Locale.get_default()
        )
    letter("mayor", kind="decision-maker", decision_maker=gallery.mayor)
    page = client.get(GALLERY).content.decode()
    assert "The mayor</option>" in page and "company" not in page
    assert shown(client, f"{GALLERY}?decision_maker=a-company") == []
    Letter.objects.update(hidden=True)
    assert "The mayor" not in client.get(GALLERY).content.decode()


def test_the_choices_follow_every_change_of_the_letters(gallery, client):
    def offered():
        page = client.get(GALLERY).content.decode()
        return '<option value="sw">' in page, "The mayor</option>" in page

    one = letter("one", kind="decision-maker", decision_maker=gallery.mayor, language="sw")
    assert offered() == (True, True)
    one.hide()
    assert offered() == (False, False)
    one.show()
    one.language = "es"
    one.save()
    assert offered() == (False, True)
    counting.add_up()
    assert offered() == (False, True)
    gallery.mayor.delete()
    assert offered() == (False, False)
    letter("two", language="sw")
    counting.count_anew()
    assert offered() == (True, False)
    Letter.objects.all().delete()
    assert offered() == (False, False)


def test_it_says_how_many_letters_fit_without_counting_them(gallery, client):
    for number in range(3):
        letter(f"{number}", language="es", words="Corazón")
    letter("other")
    assert "letters fit" not in client.get(GALLERY).content.decode()
    with CaptureQueriesContext(connection) as queries:
        assert "3 letters fit." in client.get(f"{GALLERY}?language=es").content.decode()
    about_letters = [q["sql"] for q in queries if '"letters_letter"' in q["sql"]]
    assert len(about_letters) == 1
    assert (
        "DISTINCT" not in about_letters[0]
        and 'COUNT(*) FROM "letters_letter"' not in about_letters[0]
    )
    assert "3 letters fit." in client.get(f"{GALLERY}?q=corazon").content.decode()
    assert "1 letter fits." in client.get(f"{GALLERY}?language=en").content.decode()


def test_more_letters_than_are_counted_are_said_so(gallery, client):
    Letter.objects.bulk_create(
        Letter(code=f"code{number}", kind="survivor", language="en", words="Sister")
        for number in range(MOST + 2)
    )
    page = client.get(f"{GALLERY}?q=sister").content.decode()
    assert re.search(r"More than (900|1,000) letters fit\.", page)
    assert "1,002 letters fit." in client.get(f"{GALLERY}?language=en").content.decode()


@pytest.mark.parametrize("query", ["%3F%21", "%22%22%22", "%F0%9F%92%9C"])
def test_a_search_without_a_word_says_what_to_type(gallery, client, query):
    letter("here")
    assert shown(client, f"{GALLERY}?q={query}") == []
    page = client.get(f"{GALLERY}?q={query}").content.decode()
    assert "There is no word in what you typed." in page
    assert "No letter fits" not in page


def test_a_search_that_was_cut_or_stopped_says_so(gallery, client, monkeypatch):
    letter("here", words="a b c d e f")
    assert "the first words" in client.get(f"{GALLERY}?q=a+b+c+d+e+f+g").content.decode()
    assert shown(client, f"{GALLERY}?q=a+b+c+d+e+f+g") == ["here"]
    late = Found([], is_all=False, is_late=True)
    monkeypatch.setattr("letters.search.find", lambda *args, **kwargs: late)
    assert "letters may be missing" in client.get(f"{GALLERY}?q=a").content.decode()


def test_the_best_first_are_met_once_while_letters_arrive(gallery, client):
    for number in range(2 * PER_PAGE):
        letter(f"{number}", words="hope " * (number % 5 + 1))
    address = f"{GALLERY}?q=hope&order=best"
    seen, last = [], None
    while address:
        answer, last = client.get(address), address
        seen += [one.title for one in answer.context["letters"]]
        address = answer.context["gallery"].next_url
        letter("arrived", words="hope " * 9)
    assert sorted(seen, key=int) == [str(number) for number in range(2 * PER_PAGE)]
    assert {int(title) % 5 for title in seen[:4]} == {4}
    assert shown(client, link(client, last, "prev")) == seen[:PER_PAGE]


def test_a_filtered_list_leads_search_engines_to_the_gallery(gallery, client):
    html = client.get(f"{GALLERY}?language=es").content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/letters/">' in html


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "campaign=not-a-key",
        "campaign=00000000-0000-0000-0000-000000000000",
        "decision_maker='; DROP TABLE letters_letter; --",
        "language=%00",
        "q=%00",
        "q=%FF%FE",
        "q=%F0%9F%92%8C",
        "before=",
        "before=1",
        "after=1",
        "before=1~forged",
        "before=~",
        "after=99999999999999999999~x",
        "before=" + "9" * 5000,
        "language=es&language=en",
        "q=" + "a" * 5000,
        "unknown=1",
        "q=here&order=best&from=1~forged",
        "q=here&order=worst",
        "q=here&order=best&from=" + "9" * 5000,
        "&&&=&",
    ],
)
def test_a_mangled_address_is_answered(gallery, client, query):
    letter("here")
    answer = client.get(f"{GALLERY}?{query}")
    assert answer.status_code == 200
    assert not faults(answer.content)


def test_what_was_searched_for_is_shown_as_text(gallery, client):
    hostile = quote('"><script>alert(1)</script>')
    html = client.get(f"{GALLERY}?q={hostile}").content.decode()
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


# ------------------------------------------------------------------------- paging


def test_every_letter_is_met_once_on_the_way_back_and_forth(gallery, client):
    titles = [f"{number:02}" for number in range(2 * PER_PAGE + 5)]
    for title in titles:
        letter(title)
    seen, address = [], GALLERY
    while address:
        seen, last = [*seen, *shown(client, address)], address
        address = link(client, address, "next")
    assert seen == titles[::-1]
    back, address = [], last
    while address:
        back, address = [*shown(client, address), *back], link(client, address, "prev")
    assert back == titles[::-1]


def test_letters_that_arrive_meanwhile_shift_nothing(gallery, client):
    for number in range(PER_PAGE + 3):
        letter(f"{number:02}")
    older = link(client, GALLERY, "next")
    before = shown(client, older)
    for number in range(PER_PAGE):
        letter(f"new {number}")
    assert shown(client, older) == before == ["02", "01", "00"]


def test_letters_that_go_meanwhile_shift_nothing(gallery, client):
    letters = [letter(f"{number:02}") for number in range(PER_PAGE + 3)]
    older = link(client, GALLERY, "next")
    letters[3].delete()  # the one that the address names
    assert shown(client, older) == ["02", "01", "00"]


def test_a_forged_cursor_shows_the_newest(gallery, client):
    letters = [letter(f"{number:02}") for number in range(PER_PAGE + 3)]
    newest = shown(client, GALLERY)
    assert shown(client, f"{GALLERY}?before={letters[2].pk}~forged") == newest
    assert shown(client, f"{GALLERY}?before={cursors.sign(letters[2].pk)}") == ["01", "00"]


def test_links_to_older_letters_keep_the_filters(gallery, client):
    for number in range(PER_PAGE + 1):
        letter(f"{number:02}", language="es")
        letter("other")
    older = link(client, f"{GALLERY}?language=es", "next")
    assert "language=es" in older
    assert shown(client, older) == ["00"]


def test_without_letters_it_says_so(gallery, client):
    html = client.get(GALLERY).content.decode()
    assert "There are no letters here yet" in html
    assert link(client, GALLERY, "next") is None
