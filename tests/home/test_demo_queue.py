"""What `manage.py demo --waiting 500` puts on the desk."""

import json
import shutil
import time

import pytest

from tests import databases
from tests.environment import FOLDER, WORKER, variables

pytestmark = pytest.mark.one_database

LOOK = """
import json
from collections import Counter
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from letters.desk.queue import Queue
from letters.intake import language, traces
from letters.mail.parse import _LINK, MANY_LINKS
from letters.models import Decision, Submission
waiting = Submission.objects.waiting().sealed()
hers = Queue(User.objects.get(username="moderator")).waiting()[:60]
burst = waiting.exclude(same_words="").exclude(burst_of=None, burst=None)
def said(row):  # what intake says of its words
    says = {
        "identifying": traces.identifies(row),
        "watched-words": traces.has_watched_words(row),
        "other-language": language.contradicts(row.words, row.language),
        "many-links": len(_LINK.findall(row.words)) >= MANY_LINKS,
        "alike": "alike" in row.held and row.traces.exists(),
    }
    return {code for code, is_so in says.items() if is_so}
ABOUT_WORDS = {"identifying", "watched-words", "other-language", "many-links", "alike"}
print(json.dumps({
    "waiting": waiting.count(),
    "languages": Counter(waiting.values_list("language", flat=True)),
    "untrue": [row.pk for row in waiting if said(row) != ABOUT_WORDS & set(row.held)],
    "simple": [not (row.picture_name or row.needs_two() or not row.may_publish_words)
               and set(row.held) <= {"identifying"} for row in hers],
    "hers": Counter(row.language for row in hers),
    "pictures": waiting.exclude(picture_name="").count(),
    "marks": Counter(mark for row in waiting for mark in row.held),
    "burst": [burst.distinct().count(),
              burst.exclude(burst_of=None).values("burst_of").distinct().count()],
    "agreed": waiting.exclude(agreed_by=None).count(),
    "lead": waiting.filter(for_lead=True).count(),
    "unallowed": sum(not row.is_publishable for row in waiting),
    "days": (timezone.now() - waiting.order_by("received").first().received).days,
    "words": sorted(waiting.values_list("words", flat=True)),
    "decided today": Decision.objects.filter(
        moderator__username="moderator", made__gte=timezone.now() - timedelta(minutes=30)
    ).exclude(act="ask").count(),
}))
"""


def filled(name):
    databases.demo()
    environment = variables(name)
    databases.copy("demo", name)
    shutil.copytree(FOLDER / "demo", FOLDER / name, dirs_exist_ok=True)
    databases.manage(environment, "demo", "--waiting", "500")
    return environment


def look(environment):
    said = databases.manage(environment, "shell", "--no-imports", "-c", LOOK)
    return json.loads(said.splitlines()[-1])


@pytest.fixture(scope="module")
def queue(demo):
    return look(filled(f"queue_{WORKER}"))


def test_five_hundred_letters_wait_in_many_languages_for_days(queue):
    assert queue["waiting"] == 500
    assert len(queue["languages"]) >= 10
    assert queue["languages"]["en"] > queue["languages"]["es"] > queue["languages"]["ar"] > 30
    assert queue["days"] >= 9


def test_the_first_sixty_of_a_moderator_need_one_person_and_no_picture(queue):
    assert queue["simple"] == [True] * 60
    assert set(queue["hers"]) == {"en", "es"}


def test_there_is_something_of_everything_that_needs_more(queue):
    assert queue["pictures"] >= 15
    assert len(queue["marks"]) >= 8
    assert queue["burst"] == [14, 1]
    assert queue["agreed"] == 2
    assert queue["lead"] == 1
    assert queue["unallowed"] >= 2


def test_the_marks_are_what_intake_says_of_the_words(queue):
    assert queue["untrue"] == []
    for mark in ("identifying", "watched-words", "many-links", "alike"):
        assert queue["marks"][mark] >= 4, mark


def test_what_was_decided_before_was_not_decided_just_now(queue):
    assert queue["decided today"] == 0


def test_the_letters_are_the_same_every_time_and_a_full_desk_stays_as_it_is(queue, demo):
    environment = filled(f"queue_again_{WORKER}")
    begun = time.monotonic()
    databases.manage(environment, "demo", "--waiting", "500")
    assert time.monotonic() - begun < 30
    assert look(environment)["words"] == queue["words"]
