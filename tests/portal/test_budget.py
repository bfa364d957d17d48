"""Queries per page: the same with 10 letters and 1,000, with 6 languages and 30."""

import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.models import Locale

from campaigns.models import ActionPage, CampaignIndexPage, CampaignPage
from home.models import InfoPage
from letters.models import DecisionMaker, Letter, LetterIndexPage, WritePage
from letters.models.letter import new_code
from portal import renditions
from portal.picture import clean_picture
from safety.models import Helpline, SafetyGuidePage, SafetyIndexPage
from tests.portal.pictures import red_left_blue_right, saved
from tests.trees import child, plant, publish

pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LIMIT = 10
LIMITS = {"home": 10, "gallery": 4, "letter": 6, "form": 3, "form to a survivor": 3}
MORE = "bn cs da de el fa fi he hu id it ja ko nl pl pt ro ru sv th tr uk ur vi".split()


def uncached(client, address):
    """The queries of a page in a process that has been running for a while."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return [query["sql"] for query in queries.captured_queries]


def fill(count, **fields):
    """Letters of all kinds, a fifth of them with pictures."""
    pictures = list(get_image_model().objects.all())
    makers = list(DecisionMaker.objects.all())
    campaign = CampaignPage.objects.first()
    languages = ["en", "es", "ar", "sw", "fr"]
    Letter.objects.bulk_create(
        Letter(
            code=new_code(),
            kind="decision-maker" if number % 2 else "survivor",
            decision_maker=makers[number % len(makers)] if number % 2 else None,
            words=f"Letter {number}",
            language=languages[number % len(languages)],
            picture=pictures[number % len(pictures)] if number % 5 == 0 else None,
            campaign=campaign if number % 3 == 0 else None,
        )
        for number in range(count)
    )


@pytest.fixture
def tree(db):
    """Every page type in English, with all that costs queries, and six languages."""
    site = plant("en", "es", "ar", "fr", "hi", "zh-hans")
    pictures = []
    for _number in range(3):
        picture = get_image_model()(title="picture")
        webp = clean_picture(saved(red_left_blue_right(), "JPEG")).webp
        picture.file.save("x.webp", ContentFile(webp), save=False)
        picture._set_image_file_metadata()
        picture.save()
        renditions.make(picture.pk)
        pictures.append(picture)
    for number in range(6):
        DecisionMaker.objects.create(
            name=f"M{number}", slug=f"m{number}", kind="platform", locale=Locale.get_default()
        )
    letters = child(site.en, LetterIndexPage, "Letters", slug="letters", show_in_menus=True)
    index = child(site.en, CampaignIndexPage, "Campaigns", slug="campaigns", show_in_menus=True)
    days = {"starts": date(2026, 11, 25), "ends": date(2026, 12, 10)}
    campaign = child(index, CampaignPage, "Sixteen days", slug="sixteen-days", **days)
    fill(10)
    body = json.dumps(
        [
            *(
                {"type": "picture", "value": {"image": picture.pk, "alt_text": "x", "caption": ""}}
                for picture in pictures
            ),
            {
                "type": "letters",
                "value": {"title": "", "letters": [one.pk for one in Letter.objects.all()[:6]]},
            },
            {"type": "call_to_act", "value": {"heading": "x", "label": "x", "to": "letters"}},
            {"type": "facts", "value": {"items": [{"fact": "x", "source": "x"}] * 3}},
        ]
    )
    safety = child(site.en, SafetyIndexPage, "Be Safe", slug="be-safe", body=body)
    guide = {"reviewed_on": date(2026, 11, 1), "body": body}
    Helpline.objects.create(country="UY", name="x", checked_on=date(2026, 1, 1), languages=["es"])
    site.en.body = body
    publish(site.en)
    campaign.body = body
    publish(campaign)
    site.pages = {
        "home": site.en,
        "information": child(site.en, InfoPage, "About", slug="about", body=body),
        "campaign index": index,
        "campaign": campaign,
        "action": child(campaign, ActionPage, "Love letters", slug="love", body=body, day=2),
        "gallery": letters,
        "about writing": child(letters, WritePage, "Write", slug="write", body=body),
        "be safe": safety,
        "guide": child(safety, SafetyGuidePage, "Guide", slug="guide", **guide),
    }
    return site


def addresses(tree):
    pictured = Letter.objects.filter(picture__isnull=False, language="en").first()
    return {name: page.address for name, page in tree.pages.items()} | {
        "gallery, filtered": "/en/letters/?kind=survivor&language=en&q=letter",
        "letter": pictured.address,
        "form": "/en/write/decision-maker/",
        "form to a survivor": "/en/write/survivor/",
        "helplines": "/en/helplines/",
        "feed": "/en/letters.atom",
        "sitemap": "/sitemap-en.xml",
        "sitemaps": "/sitemap.xml",
        "sitemap of letters": "/sitemap-en-letters-1.xml",
        "front door": "/",
    }


def costs(client, tree):
    return {
        name: len(uncached(client, address))
        for name, address in addresses(tree).items()
        if name != "front door"
    }


def test_no_page_costs_more_with_more_letters_or_languages(tree, client):
    with_ten = costs(client, tree)
    print(f"queries: {with_ten}")
    assert all(cost <= LIMITS.get(name, LIMIT) for name, cost in with_ten.items()), with_ten
    fill(990)
    assert Letter.objects.count() == 1000
    assert costs(client, tree) == with_ten
    for code in MORE:
        locale = Locale.objects.create(language_code=code)
        publish(tree.en.copy_for_translation(locale))
        if code in MORE[:12]:
            publish(tree.pages["be safe"].copy_for_translation(locale))
            publish(tree.pages["guide"].copy_for_translation(locale))
    assert costs(client, tree) == with_ten


def test_more_blocks_and_pages_cost_no_more(tree, client):
    before = costs(client, tree)
    campaign = tree.pages["campaign"]
    for number in range(12):
        child(campaign, ActionPage, f"Action {number}", slug=f"action-{number}", day=number)
        child(
            tree.pages["be safe"],
            SafetyGuidePage,
            "G",
            slug=f"g{number}",
            reviewed_on=date(2026, 11, 1),
        )
        child(tree.en, InfoPage, f"Info {number}", slug=f"info-{number}", show_in_menus=True)
    campaign.body = json.dumps([*campaign.body.raw_data, *campaign.body.raw_data])
    publish(campaign)
    after = costs(client, tree)
    # The block of letters asks twice for twice the letters, whoever writes in them.
    after["campaign"] = before["campaign"]
    assert after == before


def test_the_front_door_asks_for_one_number(tree, client):
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) == 1
