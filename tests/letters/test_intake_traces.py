"""What is found out about a letter after the answer: the same words, and another language."""

import pytest

from letters.desk.queue import Queue
from letters.intake import traces
from letters.models import Submission
from tests.letters.submissions import waiting
from tests.letters.test_desk_decisions import DESK
from tests.letters.test_desk_queue import keys

# ----------------------------------------------------------------------------------- the same words


WORDS = "Close the loopholes that let pictures travel on after they were reported."


def test_fourteen_letters_of_the_same_words_are_one_row(desk, amal):
    letters = [waiting(100 - n, words=f"{WORDS}{'!' * n}") for n in range(14)]
    other = waiting(5, words="Something else is on my mind, and only on mine.")
    for letter in [*letters, other]:
        traces.look(letter.pk)
    page = desk.get(DESK)
    assert [row.pk for row in page.context["rows"]] == [letters[0].pk, other.pk]
    assert "14 letters with the same words" in page.content.decode()
    assert page.context["waiting"] == 2


def test_when_the_first_of_them_is_decided_the_next_stands_for_the_others(amal):
    letters = [waiting(100 - n, words=WORDS) for n in range(3)]
    for letter in letters:
        traces.look(letter.pk)
    Submission.objects.get(pk=letters[0].pk).decline(amal, "spam")
    (row,) = Queue(amal).rows()[0]
    assert (row.pk, row.together) == (letters[1].pk, 2)


@pytest.mark.parametrize(
    "differs",
    [{"kind": "decision-maker"}, {"language": "ar"}, {"title": "No"}, {"words": WORDS[:-9]}],
)
def test_what_differs_in_kind_language_title_or_words_stands_for_itself(amal, differs):
    for letter in (waiting(20, words=WORDS), waiting(10, **{"words": WORDS} | differs)):
        traces.look(letter.pk)
    assert len(keys(Queue(amal))) == 2


def test_a_letter_with_a_picture_or_without_words_stands_for_itself(amal):
    waiting(40, words=WORDS, same_words="")
    letters = [waiting(30, words=WORDS), waiting(20, words=WORDS, with_picture=True)]
    letters += [waiting(10, words=""), waiting(9, words="")]
    for letter in letters:
        traces.look(letter.pk)
    assert not Submission.objects.exclude(burst_of=None).exists()
    assert Submission.objects.get(pk=letters[-1].pk).same_words == ""


def test_looking_twice_changes_nothing(amal):
    letters = [waiting(20, words=WORDS), waiting(10, words=WORDS)]
    for letter in [*letters, *letters]:
        traces.look(letter.pk)
    assert keys(Queue(amal)) == [letters[0].pk]
    assert Submission.objects.get(pk=letters[1].pk).burst_of_id == letters[0].pk


def test_what_comes_after_the_first_was_decided_is_read_by_somebody(amal):
    first, late = waiting(20, words=WORDS), waiting(10, words=WORDS)
    traces.look(first.pk)
    Submission.objects.get(pk=first.pk).decline(amal, "spam")
    traces.look(late.pk)
    assert keys(Queue(amal)) == [late.pk]


# ----------------------------------------------------------------------------------- other language


SPANISH = "Lo que te hicieron no fue culpa tuya, y no estás sola: somos muchas las que te creemos."


@pytest.mark.parametrize(
    ("declared", "words", "is_marked"),
    [
        ("en", SPANISH, True),
        ("es", SPANISH, False),
        ("pt-br", SPANISH, False),  # too near
        ("ay", SPANISH, False),  # nobody can tell it by its words
        ("en", "Te creo, hermana.", False),  # too short
    ],
)
def test_a_letter_in_another_language_than_declared_is_marked(db, declared, words, is_marked):
    letter = waiting(words=words, language=declared)
    traces.look(letter.pk)
    held = Submission.objects.get(pk=letter.pk).held
    assert ("other-language" in held) is is_marked
