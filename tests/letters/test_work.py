"""The sum against machines: a browser does it while she reads, and it serves one letter."""

import hashlib

import pytest

from letters.intake import token, work
from letters.models import IntakeSwitch, Submission
from tests.letters.writer import WORDS, solved


def test_an_answer_is_right_for_its_own_token_alone(db):
    first, second = token.mint("survivor").signed, token.mint("survivor").signed
    answer = solved(first)
    assert work.is_done(first, answer)
    digest = hashlib.sha256(f"{second}:{answer}".encode()).digest()
    assert work.is_done(second, answer) == (digest[0] >> 4 == 0)


@pytest.mark.parametrize("answer", ["", "-1", "1e9", "٣", "0" * 17, "\x00", "abc"])
def test_what_is_no_number_is_no_answer(db, answer, monkeypatch):
    monkeypatch.setattr(work, "BITS", 0)
    assert not work.is_done("token", answer)


def test_without_a_script_a_letter_arrives_and_waits_a_day_longer(alice):
    alice.has_script = False
    alice.open().press(words=WORDS).press(step="send")
    submission = Submission.objects.get()
    assert len(alice.receipt) == 20
    assert "no-work" in submission.held
    assert (submission.due - submission.received).days == 1


def test_on_an_attack_day_the_sum_is_harder(db):
    usual = work.bits()
    IntakeSwitch(attack_day=True).save()
    assert work.bits() >= usual + 3


def test_a_browser_does_its_sum_and_is_believed(browser, serve):
    """The real sum, in a real worker, under the site's own policy."""
    context = browser.new_context(base_url=serve())
    tab = context.new_page()
    tab.goto("/en/write/survivor/")
    tab.fill("[name=words]", WORDS)
    tab.click("button[value=check]")
    done = "[name=work][value]:not([value=''])"
    tab.wait_for_selector(done, state="attached", timeout=20_000)
    answer, signed = tab.input_value("[name=work]"), tab.input_value("[name=token] >> nth=0")
    digest = hashlib.sha256(f"{signed}:{answer}".encode()).digest()
    assert int.from_bytes(digest[:8]) >> 46 == 0  # 18 bits
    tab.click("button[value=send]")
    tab.wait_for_selector("#receipt")
    assert "no-work" not in Submission.objects.get().held
    context.close()
