"""What sending a letter costs: many may come at a time."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from campaigns.models import CampaignIndexPage, CampaignPage
from letters.models import DecisionMaker, Submission
from portal.models import Job
from tests.letters.writer import WORDS
from tests.trees import child


@pytest.fixture
def mayor(site):
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    return DecisionMaker.objects.create(
        name="The mayor", slug="mayor", kind="government", locale=locale
    )


@pytest.fixture
def campaign(site):
    index = child(site.en, CampaignIndexPage, "Campaigns", slug="campaigns")
    days = {"starts": date(2026, 11, 25), "ends": date(2026, 12, 10)}
    return child(index, CampaignPage, "Sixteen days", slug="sixteen-days", **days)


def test_sending_a_letter_without_a_picture_costs_at_most_eight_queries(alice, mayor, campaign):
    address = f"/en/write/decision-maker/?campaign={campaign.pk}"
    for number in range(2):  # the first one finds nothing in memory
        alice.open(address).press(words=f"{WORDS} {number}", decision_maker=mayor.slug)
        with CaptureQueriesContext(connection) as asked:
            alice.press(step="send", may_publish_words="on")
        assert alice.receipt
    # The beginning and the end of the transaction are counted too.
    assert len(asked) <= 8, [query["sql"] for query in asked]
    last = Submission.objects.latest("pk")
    assert (last.decision_maker, last.campaign_id) == (mayor, campaign.pk)
    assert Job.objects.count() == 2


def test_pressing_the_button_again_costs_less(alice):
    alice.open().press(words=WORDS)
    alice.post(step="send")
    with CaptureQueriesContext(connection) as asked:
        alice.press(step="send")
    assert alice.receipt
    assert len(asked) <= 2, [query["sql"] for query in asked]
