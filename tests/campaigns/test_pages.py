"""Campaigns and their actions."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from campaigns.models import ActionPage, CampaignIndexPage, CampaignPage
from letters.models import Letter
from tests.markup import faults
from tests.trees import child, publish

DAYS = {"starts": date(2026, 11, 25), "ends": date(2026, 12, 10)}


@pytest.fixture
def index(site):
    return child(site.en, CampaignIndexPage, "Campaigns", slug="campaigns")


@pytest.fixture
def campaign(index):
    return child(index, CampaignPage, "Sixteen days", slug="sixteen-days", **DAYS)


def context(client, page):
    answer = client.get(page.address)
    assert answer.status_code == 200
    assert not faults(answer.content)
    return answer.context


@pytest.mark.parametrize(
    ("day", "over"), [("2026-11-01", False), ("2026-12-10", False), ("2026-12-11", True)]
)
def test_a_campaign_is_over_after_its_last_day(index, campaign, client, day, over):
    with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
        assert campaign.is_over is over
        found = context(client, index)
    assert found["closed_campaigns" if over else "live_campaigns"] == [campaign]
    assert found["live_campaigns" if over else "closed_campaigns"] == []


def test_it_cannot_end_before_it_begins(index):
    page = CampaignPage(title="x", slug="x", starts=DAYS["ends"], ends=DAYS["starts"])
    with pytest.raises(ValidationError, match="before the first"):
        page.clean()


def test_actions_are_in_the_order_of_their_days(campaign, client):
    third = child(campaign, ActionPage, "Third", slug="third", day=9)
    first = child(campaign, ActionPage, "First", slug="first", day=1)
    second = child(campaign, ActionPage, "Second", slug="second", day=4)
    draft = child(campaign, ActionPage, "Draft", slug="draft", day=2)
    draft.unpublish()
    assert context(client, campaign)["actions"] == [first, second, third]
    around = context(client, second)
    assert (around["previous_action"], around["next_action"]) == (first, third)
    assert context(client, first)["previous_action"] is None
    assert context(client, third)["next_action"] is None


def test_it_shows_its_newest_letters_in_any_language(campaign, client):
    for number, language in enumerate(["en", "es", "ar", "sw"]):
        Letter.objects.create(
            kind="survivor", title=str(number), language=language, campaign=campaign
        )
    Letter.objects.create(kind="survivor", title="elsewhere", language="en")
    assert [letter.title for letter in context(client, campaign)["letters"]] == ["3", "2", "1"]
    action = child(campaign, ActionPage, "Action", slug="action")
    assert [letter.title for letter in context(client, action)["letters"]] == ["3", "2", "1"]


def test_a_translation_shows_the_same_letters(site, index, campaign, client):
    Letter.objects.create(kind="survivor", title="hers", language="en", campaign=campaign)
    publish(index.copy_for_translation(site.es.locale))
    spanish = publish(campaign.copy_for_translation(site.es.locale))
    assert [letter.title for letter in context(client, spanish)["letters"]] == ["hers"]
