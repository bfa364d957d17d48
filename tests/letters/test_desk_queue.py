"""Who finds which letter in her queue, in which order, and which is the next."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from letters.desk.queue import Queue
from letters.models import Decision, ModeratorProfile, Submission
from letters.models.moderator import Takes
from tests.letters.submissions import waiting
from tests.people import person


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def lina(db):
    return person("lina", "Lead moderators")


def keys(queue, **narrower):
    return [row.pk for row in queue.rows(**narrower)[0]]


def chooses(user, sort, choice):
    values = ModeratorProfile.chosen(sort, choice)
    ModeratorProfile.objects.update_or_create(user=user, defaults=values)


# ------------------------------------------------------------------------------- what is in a queue


def test_languages_are_mixed_oldest_first(amal):
    letters = [waiting(100 - n, language="ar" if n % 3 else "en") for n in range(9)]
    assert keys(Queue(amal)) == [letter.pk for letter in letters]


@pytest.mark.parametrize(
    ("sort", "with_picture", "kind"),
    [("pictures", True, "decision-maker"), ("survivor_letters", False, "survivor")],
)
@pytest.mark.parametrize("choice", [Takes.NOT_TODAY, Takes.NEVER])
def test_what_she_does_not_take_is_not_there_and_not_counted(
    amal, sort, with_picture, kind, choice
):
    waiting(30, picture_name="x" if with_picture else "", kind=kind)
    other = waiting(20, kind="decision-maker")
    assert len(keys(Queue(amal))) == 2
    chooses(amal, sort, choice)
    queue = Queue(amal)
    assert keys(queue) == [other.pk] and queue.first() == other.pk
    assert queue.count()["waiting"] == 1


@pytest.mark.parametrize(
    ("choice", "today", "tomorrow"),
    [
        (Takes.ALWAYS, True, True),
        (Takes.TODAY, True, False),
        (Takes.NOT_TODAY, False, True),
        (Takes.NEVER, False, False),
    ],
)
def test_what_she_says_of_today_ends_by_itself_with_her_day(amal, choice, today, tomorrow):
    in_madrid = ZoneInfo("Europe/Madrid")
    letter = waiting(kind="survivor", received=datetime(2026, 11, 25, 8, tzinfo=UTC))

    def is_hers(*moment):
        with time_machine.travel(datetime(*moment, tzinfo=in_madrid), tick=False):
            queue = Queue(amal)
            assert queue.count()["waiting"] == len(keys(queue))
            return keys(queue) == [letter.pk]

    with (
        time_machine.travel(datetime(2026, 11, 25, 9, 30, tzinfo=in_madrid), tick=False),
        timezone.override(in_madrid),
    ):
        chooses(amal, "survivor_letters", choice)
    assert is_hers(2026, 11, 25, 23, 59) is today
    assert is_hers(2026, 11, 26, 0, 0) is tomorrow
    assert is_hers(2026, 12, 24, 12, 0) is tomorrow


def test_what_a_lead_is_asked_about_stands_in_the_queues_of_leads_and_first(amal, bea, lina):
    older, asked = waiting(30), waiting(20)
    asked.ask_lead(bea, "Is this about a real person?")
    assert keys(Queue(amal)) == [older.pk] and Queue(amal).count()["waiting"] == 1
    assert Queue(amal).asked_count is None and not Queue(amal).asked().exists()
    queue = Queue(lina)
    assert keys(queue) == [older.pk, asked.pk]
    assert keys(queue, only="asked") == [asked.pk]
    assert (queue.first(), queue.asked_count) == (asked.pk, 1)
    # She may open it all the same, by its number.
    assert Queue(amal).find(asked.pk) is not None


def test_what_she_agreed_to_waits_for_somebody_else(amal, bea):
    letter = waiting(held=["rate"])
    assert letter.approve(amal) is None
    assert keys(Queue(amal)) == [] and Queue(amal).count() == {"waiting": 0, "oldest": None}
    assert keys(Queue(bea)) == [letter.pk] and Queue(bea).count()["waiting"] == 1


def test_what_she_passed_on_comes_back_to_her_after_a_day(amal, bea):
    letter = waiting()
    decision = letter.pass_on(amal)
    assert keys(Queue(amal)) == [] and Queue(amal).first() is None
    assert Queue(amal).count()["waiting"] == 0
    assert keys(Queue(bea)) == [letter.pk]
    models = Decision.objects.filter(pk=decision.pk)
    super(type(models), models).update(made=timezone.now() - timedelta(hours=25))
    assert keys(Queue(amal)) == [letter.pk]


def test_what_she_passed_on_and_undid_is_there_again(amal):
    letter = waiting()
    letter.undo(letter.pass_on(amal), amal)
    assert keys(Queue(amal)) == [letter.pk] and Queue(amal).count()["waiting"] == 1


# ----------------------------------------------------------------------------------------- the next


def test_the_next_letter_is_one_that_nobody_else_reads(amal, bea):
    here, taken, free, late = waiting(40), waiting(30), waiting(20), waiting(10, language="ar")
    taken.claim(bea)
    free.claim(amal)
    queue = Queue(amal)
    assert queue.next_after(here.due, here.pk) == free.pk
    assert queue.next_after(free.due, free.pk) == late.pk
    assert queue.next_after(late.due, late.pk) == here.pk  # the oldest again
    assert queue.before(late.due, late.pk) == free.pk
    assert queue.before(free.due, free.pk) == here.pk
    assert queue.before(here.due, here.pk) is None
    Submission.objects.filter(pk=taken.pk).update(claimed_until=timezone.now())
    assert queue.next_after(here.due, here.pk) == taken.pk


def test_where_others_read_everything_there_is_nothing_to_begin_with(amal, bea):
    letter = waiting()
    letter.claim(bea)
    assert Queue(amal).first() is None and keys(Queue(amal)) == [letter.pk]


def test_letters_that_came_at_the_same_moment_are_each_read_once(amal):
    now = timezone.now()
    same = [waiting(received=now, due=now) for _number in range(4)]
    queue, seen = Queue(amal), [same[0]]
    for _step in range(3):
        seen.append(queue.find(queue.next_after(seen[-1].due, seen[-1].pk)))
    assert [letter.pk for letter in seen] == [letter.pk for letter in same]
