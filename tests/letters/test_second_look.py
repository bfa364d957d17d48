"""Before sending: what could tell who somebody is, and help to say it in her own words."""

import pytest

from letters.intake import second_look, traces
from letters.models import Report, Submission
from tests.letters.submissions import waiting
from tests.letters.writer import WORDS

LETTER = (
    "Dear sister, I read what they wrote about you yesterday, and I have not slept. You did "
    "nothing wrong. When you feel ready, come to the library; I will keep you a chair there."
)


def marked(alice):
    return [mark.text for mark in alice.page.select(".second-look mark")]


def test_nothing_is_said_about_an_ordinary_letter(alice):
    alice.open().press(words=WORDS)
    assert not alice.page.select(".second-look")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Call me on +31 6 12345678 whenever you like.", "+31 6 12345678"),
        ("راسليني على الرقم ‎+20 ١٠٠ ١٢٣ ٤٥٦٧ متى شئتِ", "٤٥٦٧"),
        ("मुझे +91 ९८७६५ ४३२१० पर फ़ोन करना।", "९८७६५"),
        ("我的电话是13812345678,随时找我。", "13812345678"),
        ("Escríbeme a ana.perez@example.org cuando quieras.", "ana.perez@example.org"),
        ("Je m’appelle Claire Dubois et je te crois.", "Claire Dubois"),
        ("Find me at https://example.org/ana if you want.", "https://example.org/ana"),
    ],
)
def test_what_identifies_somebody_is_shown_with_a_button(alice, words, found):
    alice.open().press(words=words)
    assert any(found in text for text in marked(alice))
    assert len(alice.page.select(".second-look button[name=blank]")) == len(marked(alice))


def test_one_button_blanks_one_place_out(alice):
    alice.open().press(words="Call +31 6 12345678, or write to ana@example.org, my dear.")
    first = alice.page.select_one("button[name=blank]")["value"]
    alice.press(blank=first)
    assert alice.fields["words"] == "Call […], or write to ana@example.org, my dear."
    assert marked(alice) == ["ana@example.org"]
    assert not Submission.objects.exists()


def test_every_text_is_looked_at_and_her_signature_may_be_a_name(alice):
    alice.open().press(
        words=WORDS,
        title="For ana@example.org",
        signature="My name is Ana Perez, +31 6 12345678",
    )
    assert marked(alice) == ["ana@example.org", "+31 6 12345678"]
    alice.press(blank=alice.page.select("button[name=blank]")[1]["value"])
    assert alice.fields["signature"] == "My name is Ana Perez, […]"


def test_a_letter_may_be_shared_as_it_is(alice):
    alice.open().press(words="Call +31 6 12345678.").press(step="send")
    assert Submission.objects.get().words == "Call +31 6 12345678."


@pytest.mark.parametrize(
    "place",
    [
        *("", "words", "words:", "words:1-", "words:9-2", "words:0-99999", "token:0-3"),
        *("words:-1-3", "words:١-٣", "words:0-" + "9" * 30),
    ],
)
def test_a_place_that_is_none_changes_nothing(place):
    posted = {"words": "Dear you", "token": "abc"}
    second_look.blank(posted, place)
    assert posted == {"words": "Dear you", "token": "abc"}


def test_marks_are_never_markup(alice):
    alice.open().press(words="<b>x</b> call +31 6 12345678 <script>alert(1)</script>")
    assert not alice.page.select(".second-look script, .around-mark b")


# ---------------------------------------------------------------------- her own words


def published(**fields):
    submission = waiting(**fields)
    traces.look(submission.pk)
    submission.publish(None)
    return submission


def test_a_letter_like_others_gets_three_questions_and_may_go(alice):
    published(words=LETTER)
    alice.open().press(words=LETTER.replace("library", "café"))
    assert len(alice.page.select("[aria-labelledby=own-words] li")) == 3
    alice.press(step="send")
    assert len(alice.receipt) == 20


def test_a_letter_in_a_script_without_spaces_is_compared_too(alice):
    words = (
        "亲爱的妹妹，昨天我读到他们写你的那些话，一夜没睡。你没有做错任何事。"
        "等你准备好了，就来图书馆，我会给你留一个靠窗的座位，我们可以慢慢说话。"
    )
    published(words=words, language="zh-hans")
    alice.open().press(words=words.replace("图书馆", "咖啡馆"))
    assert alice.page.select("[aria-labelledby=own-words]")


def test_a_letter_of_her_own_gets_no_questions(alice):
    published(words=LETTER)
    alice.open().press(words=WORDS)
    assert not alice.page.select("[aria-labelledby=own-words]")


@pytest.mark.parametrize("state", ["waiting", "declined", "hidden", "taken back"])
def test_nobody_learns_that_a_letter_like_this_was_sent_if_it_is_not_public(alice, state):
    submission = waiting(words=LETTER)
    traces.look(submission.pk)
    if state == "declined":
        submission.decline(None, "off-topic")
    elif state != "waiting":
        submission.publish(None)
    if state == "hidden":
        Report.take(submission.letter, reason="about-me")
    elif state == "taken back":
        submission.withdraw()
    alice.open().press(words=LETTER)
    assert not alice.page.select("[aria-labelledby=own-words]")
