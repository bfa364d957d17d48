"""The numbers of the desk: how many wait, for how long, and what each counts for herself."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from letters.desk import counters, readers
from letters.desk.queue import Queue
from letters.models import Decision, ModeratorProfile
from tests.letters.submissions import waiting
from tests.letters.test_desk_decisions import DESK
from tests.people import person, signed_in


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def lina(db):
    return person("lina", "Lead moderators")


def settled(user, minutes, language="en", act="publish", made=None):
    return Decision.objects.create(
        submission=waiting(state="declined"),
        moderator=user,
        act=act,
        made=made or timezone.now(),
        language=language,
        waited=minutes * 60,
    )


def test_the_usual_wait_is_the_median_of_thirty_days_in_her_languages(amal, bea):
    long_ago = timezone.now() - timedelta(days=31)
    for minutes in (10, 20, 90):
        settled(bea, minutes)
    settled(bea, 5000, language="es")
    settled(bea, 1, made=long_ago)
    settled(bea, 1, act="agree")
    waits = counters.waits()
    assert counters.usual_wait(waits["en"]) == timedelta(minutes=20)
    assert counters.usual_wait(waits["es"]) == timedelta(minutes=5000)
    assert counters.usual_wait(waits["en"], waits["es"]) == timedelta(minutes=20)
    assert counters.usual_wait({}) is None


def test_today_is_counted_for_herself_alone(desk, amal, bea):
    yesterday = timezone.localtime().replace(hour=0, minute=0) - timedelta(minutes=1)
    for user, made in ((amal, None), (amal, yesterday), (bea, None), (bea, None)):
        settled(user, 5, made=made)
    waiting(kind="decision-maker").decline(amal, "spam")
    letter = waiting()
    letter.undo(letter.pass_on(amal), amal)
    assert desk.get(DESK).context["decided_today"] == 2


def test_what_she_says_she_reads_is_counted_and_listed_for_her(desk, amal, bea):
    hers, others = waiting(20), waiting(10)
    hers.claim(amal), others.claim(bea)
    page = desk.get(DESK)
    assert page.context["mine"] == 1
    assert "You are reading it" in page.content.decode()
    assert "bea is reading it" in page.content.decode()
    page = desk.get(DESK, {"only": "mine"})
    assert [row.pk for row in page.context["rows"]] == [hers.pk]


def test_each_language_has_its_numbers(desk, bea):
    waiting(600, language="ar"), waiting(20), waiting(30), waiting(10, language="es")
    settled(bea, 90, language="ar")
    rows = desk.get(DESK).context["by_language"]
    assert [(row["name"], row["waiting"]) for row in rows] == [("Arabic", 1), ("English", 2)]
    assert timezone.now() - rows[0]["oldest"] > timedelta(minutes=590)
    assert rows[1]["usual"] is None and rows[0]["usual"] is not None


def test_leads_hear_of_languages_that_nobody_reads(client, lina, amal):
    for code in ("en", "qu", "sw"):
        waiting(language=code)
    signed_in(client, lina)
    assert client.get(DESK).context["unread"] == ["Quechua", "Swahili"]
    assert readers.unread(["en", "qu", "ar", "sw"]) == ["qu", "sw"]
    ModeratorProfile.objects.create(user=lina, languages=["sw"])
    assert readers.unread(["qu", "sw"]) == ["qu"]
    gone = person("gone", "Moderators", reads=["qu"], is_active=False)
    assert readers.unread(["qu"]) == ["qu"]
    person("everything", "Moderators")
    assert readers.unread(["qu"]) == [] and not gone.is_active


def test_a_moderator_hears_nothing_of_other_languages(desk):
    waiting(language="qu"), waiting()
    page = desk.get(DESK)
    assert page.context["unread"] == [] and "Quechua" not in page.content.decode()


def test_numbers_of_many_letters_may_be_some_minutes_old_and_of_few_never(amal, monkeypatch):
    waiting()
    assert Queue(amal).count()["waiting"] == 1
    waiting()
    assert Queue(amal).count()["waiting"] == 2
    monkeypatch.setattr(counters, "FEW", 1)
    assert Queue(amal).count()["waiting"] == 2
    waiting()
    assert Queue(amal).count()["waiting"] == 2
    cache.clear()
    assert Queue(amal).count()["waiting"] == 3
