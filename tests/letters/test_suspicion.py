"""What looks odd is held for a second look; nothing of it is refused, and nobody is told."""

import io
import random

import pytest
from PIL import Image

from letters.intake import limit, suspicion, traces
from letters.models import IntakeSwitch, Submission, Trace, WordList
from portal import outbox, tree
from tests.letters.submissions import waiting
from tests.letters.writer import WORDS
from tests.people import person

LETTER = (
    "Dear sister, I read what they wrote about you yesterday, and I have not slept. You did "
    "nothing wrong. When you feel ready, come to the library; I will keep you a chair there."
)


def sent(alice, **typed):
    alice.open().press(**{"words": WORDS, **typed}).press(step="send")
    assert len(alice.receipt) == 20
    outbox.drain()
    return Submission.objects.latest("pk")


def test_an_ordinary_letter_is_not_held(alice, monkeypatch):
    monkeypatch.setattr(suspicion, "TOO_FAST", 0)
    assert sent(alice).held == []


def test_nearly_the_same_letter_is_marked(alice):
    assert "alike" not in sent(alice, words=LETTER).held
    other = LETTER.replace("library", "café").replace("yesterday", "today")
    assert "alike" in sent(alice, words=other).held


def test_a_text_that_thousands_send_is_known_by_the_first_of_them(alice, monkeypatch):
    monkeypatch.setattr(traces, "ENOUGH_OF_A_BAND", 2)
    submissions = [sent(alice, words=LETTER) for _number in range(4)]
    assert ["alike" in submission.held for submission in submissions] == [False, True, True, True]
    assert Trace.objects.count() == 2 * 16
    submissions[0].withdraw()
    sent(alice, words=LETTER)
    assert Trace.objects.count() == 2 * 16


def test_two_letters_about_the_same_thing_are_not_alike(alice):
    sent(alice, words=LETTER)
    other = (
        "I saw the pictures that he put online. I reported them, and so did my friends. It was "
        "never your fault; it is his, and we are many on your side of this."
    )
    assert "alike" not in sent(alice, words=other).held


def test_a_letter_that_was_taken_back_leaves_no_trace(alice):
    submission = sent(alice, words=LETTER)
    assert Trace.objects.filter(submission=submission).exists()
    submission.withdraw()
    assert not Trace.objects.exists()
    assert "alike" not in sent(alice, words=LETTER).held


def test_no_word_can_be_read_from_a_trace(alice):
    sent(alice, words=LETTER)
    bands = set(Trace.objects.values_list("band", flat=True))
    assert bands and all(abs(band) > 2**20 for band in bands)


@pytest.fixture
def photograph():
    """Something with light and shade, as JPEG bytes: `photograph(quality, smaller=False)`."""

    def made(quality, smaller=False):
        image = Image.frombytes("L", (8, 8), random.Random(7).randbytes(64))
        image = image.resize((900, 600), Image.Resampling.BICUBIC).convert("RGB")
        if smaller:
            image = image.resize((600, 400))
        output = io.BytesIO()
        image.save(output, "JPEG", quality=quality)
        return output.getvalue()

    return made


def test_a_refused_picture_is_known_when_it_comes_again(site, photograph):
    first = waiting(with_picture=photograph(90), words="")
    traces.look(first.pk)
    first.decline(person("amal", "Moderators"), "names-a-private-person")
    first.erase()
    again = waiting(with_picture=photograph(40, smaller=True), words="")
    traces.look(again.pk)
    again.refresh_from_db()
    assert "refused-picture" in again.held


def test_a_picture_declined_for_another_reason_is_no_refused_one(site, photograph):
    first = waiting(with_picture=photograph(90), words="")
    traces.look(first.pk)
    first.decline(person("amal", "Moderators"), "off-topic")
    again = waiting(with_picture=photograph(90), words="")
    traces.look(again.pk)
    again.refresh_from_db()
    assert "refused-picture" not in again.held


@pytest.mark.parametrize(
    ("language", "listed", "words"),
    [
        ("en", "buy now", "You can BUY NOW and be happy, dear friend."),
        ("es", "corazón", "Escucha tu CORAZON, amiga, y no te rindas."),
        ("ar", "اشتري الآن", "يمكنك أن اشتري الآن يا صديقتي."),
        ("ar", "حَقِير", "ذلك الرجل حقيـــر يا صديقتي."),
        ("ar", "قتل", "هدّدوك بالقتل يا صديقتي."),
        ("zh-hans", "代购", "亲爱的,我在做代购,请联系我。"),
    ],
)
def test_watched_words_mark_a_letter(site, language, listed, words):
    WordList.objects.create(language=language, words=f"\n{listed}\n")
    tree.forget()
    submission = waiting(language=language, words=words)
    traces.look(submission.pk)
    submission.refresh_from_db()
    assert submission.held == ["watched-words"]


def test_a_watched_word_is_not_found_inside_another(site):
    WordList.objects.create(language="en", words="rat")
    tree.forget()
    submission = waiting(words="I would rather be with you, and so would my brother and all of us.")
    traces.look(submission.pk)
    submission.refresh_from_db()
    assert submission.held == []


def test_on_an_attack_day_every_letter_is_held_and_arrives(alice):
    IntakeSwitch(attack_day=True).save()
    tree.forget()
    assert "attack-day" in sent(alice).held


def test_a_flood_from_many_networks_is_held_and_not_refused(alice, monkeypatch):
    monkeypatch.setattr(limit, "SITE_LIMITS", {"send": 1})
    assert "flood" not in sent(alice).held
    submission = sent(alice)
    assert "flood" in submission.held
    assert submission.due > submission.received


def test_looking_twice_changes_nothing(site):
    submission = waiting(words=LETTER)
    traces.look(submission.pk)
    before = sorted(Trace.objects.values_list("of", "band"))
    traces.look(submission.pk)
    assert sorted(Trace.objects.values_list("of", "band")) == before


def test_what_may_identify_somebody_is_marked_and_what_she_is_called_is_not(db):
    called = waiting(words="Call me on +51 984 123 456 tonight, please.")
    quiet = waiting(words="My name is Ana and you are not alone.")
    for letter in (called, quiet):
        traces.look(submission_id=letter.pk)
        letter.refresh_from_db()
    assert (called.held, quiet.held) == (["identifying"], [])
    assert not called.needs_two()  # one person can leave it out
