"""A writer and a moderator at the same moment: each gets an answer, and none waits for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from letters.models import AlreadyDecided, Letter, Report, Submission
from letters.models.report import ReportQuerySet
from tests.letters.submissions import waiting

PATIENCE = 2  # seconds in which the other one gets as far as it can


class Meeting:
    """Two who stop half-way until the other one is half-way too, or can't get there."""

    def __init__(self):
        self.barrier = threading.Barrier(2)

    def wait(self):
        try:
            self.barrier.wait(PATIENCE)
        except threading.BrokenBarrierError:
            pass

    def together(self, *acts):
        with ThreadPoolExecutor(len(acts)) as people:
            return [asked.result(30) for asked in [people.submit(self._run, act) for act in acts]]

    @staticmethod
    def _run(act):
        try:
            act()
        except AlreadyDecided:
            return "too late"
        finally:
            connection.close()
        return "done"


def take_back(letter):
    Submission.objects.get(letter=letter).withdraw()


def allow_nothing(letter):
    Submission.objects.get(letter=letter).allow(set())


def take_down(letter):
    Report.grant(letter, None, "spam")


@pytest.mark.parametrize("act", [take_back, allow_nothing, take_down])
def test_she_may_take_it_away_while_a_moderator_keeps_it(transactional_db, monkeypatch, act):
    letter = waiting().publish(None)
    Report.take(letter, reason="about-me")
    meeting = Meeting()
    remove, hide, decide = Submission._remove_letter, Letter.hide, ReportQuerySet.decide

    def removes(submission):
        meeting.wait()
        remove(submission)

    def hides(letter):
        meeting.wait()
        hide(letter)

    def decides(reports, state):
        if state == Report.State.REFUSED:
            meeting.wait()
        return decide(reports, state)

    monkeypatch.setattr(Submission, "_remove_letter", removes)
    monkeypatch.setattr(Letter, "hide", hides)
    monkeypatch.setattr(ReportQuerySet, "decide", decides)
    answers = meeting.together(lambda: act(letter), lambda: Report.refuse(letter))
    assert "done" in answers
    assert Letter.objects.public().exists() == (answers[0] == "too late")
    assert not Report.objects.open().exists()
