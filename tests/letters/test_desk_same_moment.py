"""Two moderators on the same letter at the same moment, in processes of their own: one outcome,
and both are told."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection

from letters.models import Decision, Letter, Submission
from tests.letters.moderator import Moderator
from tests.letters.submissions import waiting
from tests.people import person

LETTERS = 6
SECOND = "Your decision came second"
CHANGED = "This letter was changed while you read it"


@pytest.fixture
def meet(start):
    """meet([(moderator, act), …], letter): all of them read it, then all decide at once. Gives
    what each of them is told."""

    def decide(people, letter):
        forms = [moderator.read(letter) for moderator, _act in people]
        barrier = threading.Barrier(len(people))

        def press(one, form):
            (moderator, act), _nobody = one, barrier.wait(10)
            return moderator.decide(letter, act, form)

        with ThreadPoolExecutor(len(people)) as pool:
            return list(pool.map(press, people, forms))

    return decide


@pytest.fixture
def desk_of(start):
    """desk_of("amal", "bea"): signed in on one server of two processes."""

    def signed_in(*names):
        connection.close()
        server = start(workers=2)
        return [Moderator(server, name) for name in names]

    return signed_in


@pytest.fixture
def people(transactional_db):
    found = [person(name, "Moderators", reads=["en"]) for name in ("amal", "bea")]
    for moderator in found:
        # As a server stores it, which knows nothing of the tests' quick one.
        moderator.password = make_password("a long password", hasher="argon2")
        moderator.save()
    return found


@pytest.mark.parametrize("acts", [("publish", "publish"), ("publish", "decline")])
def test_of_two_decisions_at_once_one_counts_and_both_are_told(people, desk_of, meet, acts):
    letters = [waiting(minutes) for minutes in range(LETTERS)]
    both = desk_of("amal", "bea")
    for letter in letters:
        told = meet(list(zip(both, acts, strict=True)), letter)
        (decision,) = Decision.objects.filter(submission=letter)
        second = people.index(decision.moderator) ^ 1
        done = {"publish": "published", "decline": "declined"}[decision.act]
        assert f"Letter {letter.pk}: {done}." in told[1 - second]
        assert SECOND not in told[1 - second]
        assert SECOND in told[second] or "was quicker" in told[second]
        assert f"{decision.moderator} has {done} this letter" in told[second]
        assert not re.search(rf"Letter {letter.pk}: (?:published|declined)\.", told[second])
        letter.refresh_from_db()
        assert letter.state == {"publish": "published", "decline": "declined"}[decision.act]
        assert (letter.letter is not None) == (decision.act == "publish")
    assert Letter.objects.count() == Submission.objects.filter(state="published").count()


def test_two_who_agree_at_once_are_two_only_after_the_second_has_looked(people, desk_of, meet):
    letter = waiting(held=["rate"])
    both = desk_of("amal", "bea")
    told = meet([(moderator, "publish") for moderator in both], letter)
    (decision,) = Decision.objects.filter(submission=letter)
    second = people.index(decision.moderator) ^ 1
    assert decision.act == "agree"
    assert "you agreed" in told[1 - second]
    assert CHANGED in told[second]
    assert not Letter.objects.exists()
    both[second].decide(letter, "publish", both[second].read(letter))
    made = Decision.objects.filter(submission=letter).values_list("act", "moderator__username")
    assert list(made) == [("agree", both[1 - second].name), ("publish", both[second].name)]
    assert Letter.objects.count() == 1


def test_the_same_person_is_never_both(people, desk_of, meet):
    letter = waiting(held=["rate"])
    twice = desk_of("amal", "amal")
    told = meet([(moderator, "publish") for moderator in twice], letter)
    assert sum("you agreed" in answer for answer in told) == 1
    for moderator in twice:
        page = moderator.get(f"/admin/desk/{letter.pk}/")
        assert f"/admin/desk/{letter.pk}/publish/" not in page.text
        assert "You have agreed to publish" in page.text
        letter.refresh_from_db()
        form = {"csrfmiddlewaretoken": moderator.token(page), "seen": letter.seen}
        assert "You have agreed already" in moderator.decide(letter, "publish", form)
    assert [decision.act for decision in Decision.objects.filter(submission=letter)] == ["agree"]
    assert not Letter.objects.exists()
