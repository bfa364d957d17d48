"""What the demo shows, and what it leaves alone."""

import json

import pytest
from django.core.management import CommandError, call_command

COUNT = """\
import json
from collections import Counter
from django.apps import apps
from wagtail.models import Page
from portal.translation.gate import missing_segments, translation_of
model = apps.get_model
letter, submission = model("letters.Letter"), model("letters.Submission")
live = Page.objects.live().filter(depth__gt=1)
french = Page.objects.get(slug="lettres-d-amour").specific
english = {"locale__language_code": "en"}
helplines = model("safety.Helpline").objects
campaigns = model("campaigns.CampaignPage").objects.live().filter(**english)
sixteen = campaigns.get(slug="sixteen-days")
print(json.dumps({
    "states": Counter(submission.objects.values_list("state", flat=True)),
    "letters": letter.objects.count(),
    "letter languages": letter.objects.values("language").distinct().count(),
    "pictures": letter.objects.exclude(picture=None).count(),
    "redacted": letter.objects.filter(was_redacted=True).count(),
    "noted": sum(bool(x.content_notes_codes) for x in letter.objects.all()),
    "kinds": Counter(letter.objects.values_list("kind", flat=True)),
    "pages": Counter(live.values_list("locale__language_code", flat=True)),
    "drafts": Page.objects.filter(live=False).count(),
    "outdated in French": missing_segments(translation_of(french)),
    "whole in Spanish": all(
        not missing_segments(t) for p in live.filter(locale__language_code="es").specific()
        if (t := translation_of(p))
    ),
    "addressees": model("letters.DecisionMaker").objects.filter(**english).count(),
    "countries": helplines.values("country").distinct().count(),
    "unverified": helplines.filter(is_sample=True).count(),
    "helplines": helplines.count(),
    "guides": model("safety.SafetyGuidePage").objects.live().filter(**english).count(),
    "campaigns": [page.is_over for page in campaigns],
    "actions": model("campaigns.ActionPage").objects.live().descendant_of(sixteen).count(),
}))
"""


@pytest.fixture(scope="module")
def counts(demo):
    return json.loads(demo.manage("shell", "--no-imports", "-c", COUNT).splitlines()[-1])


def test_there_are_letters_of_every_kind_and_state(counts):
    assert counts["letters"] >= 80
    assert counts["letter languages"] >= 8
    assert counts["pictures"] * 5 >= counts["letters"]
    assert counts["redacted"] and counts["noted"]
    assert set(counts["kinds"]) == {"decision-maker", "survivor"}
    assert counts["states"]["waiting"] >= 40
    assert counts["states"]["declined"] and counts["states"]["withdrawn"]


def test_pages_are_whole_in_three_languages_and_begun_in_others(counts):
    pages = counts["pages"]
    assert pages["en"] == pages["es"] == pages["ar"]
    assert pages["en"] > pages["fr"] > pages["hi"] == pages["zh-hans"] >= 5
    assert counts["whole in Spanish"] and counts["drafts"] == 0
    assert counts["outdated in French"] == 1


def test_there_is_somebody_to_write_to_and_somebody_to_call(counts):
    assert counts["addressees"] == 12
    assert counts["countries"] >= 12
    # Nobody has called these numbers.
    assert counts["unverified"] == counts["helplines"]
    assert counts["guides"] == 8


def test_two_campaigns_are_on_and_one_is_over(counts):
    assert sorted(counts["campaigns"]) == [False, False, True]
    assert counts["actions"] >= 5


def test_building_it_again_changes_nothing(demo, counts):
    demo.manage("demo")
    again = json.loads(demo.manage("shell", "--no-imports", "-c", COUNT).splitlines()[-1])
    assert again["pages"] == counts["pages"] and again["addressees"] == counts["addressees"]


def test_it_refuses_a_database_that_holds_something_else(site):
    with pytest.raises(CommandError, match="holds something else"):
        call_command("demo", verbosity=0)


def test_it_refuses_where_it_is_not_allowed(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("demo", verbosity=0)


def test_its_password_opens_nothing_outside_the_demo(db, settings, client):
    from django.contrib.auth.models import User

    User.objects.create_superuser("admin", password=settings.DEMO_PASSWORD)
    assert client.login(username="admin", password=settings.DEMO_PASSWORD)
    settings.DEMO = False
    assert not client.login(username="admin", password=settings.DEMO_PASSWORD)
