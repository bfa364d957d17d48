"""What was taken out, taken back or taken down stays so, whatever a moderator does afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters.intake.traces import free_what_stands_behind_nothing
from letters.models import AlreadyDecided, ChangedMeanwhile, Letter, Report, Submission
from letters.models.submission import SEALED
from letters.retention import delete_what_was_taken_down
from tests.letters.submissions import waiting
from tests.people import person

WORDS, PICTURE = "words", "picture"


def read_again(letter):
    return Submission.objects.defer(*SEALED).get(pk=letter.pk)


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["en"])


@pytest.fixture
def later(monkeypatch):
    def shift(**by):
        moment = timezone.now() + timedelta(**by)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return shift


def test_what_she_blanks_out_of_a_transcript_meanwhile_does_not_come_back(amal, bea):
    letter = waiting(with_picture=True, picture_alt="A page", held=["alike"])
    letter.approve(amal, transcript="Bob Miller did it.", shows_people=False)
    second = read_again(letter)
    read_again(letter).blank_out(["Bob Miller"])
    with pytest.raises(ChangedMeanwhile):
        second.approve(bea, transcript="Bob Miller did it.")
    assert not Letter.objects.exists()


def test_what_another_moderator_marked_meanwhile_is_not_overwritten(amal, bea):
    letter = waiting(words="Bob and Emma", held=["alike"])
    mine = read_again(letter)
    read_again(letter).approve(amal, redactions=[["words", 0, 3, "name"]])
    with pytest.raises(ChangedMeanwhile):
        mine.approve(bea, redactions=[["words", 8, 12, "name"]])


def test_what_its_writer_allows_later_is_not_published_by_putting_it_back_on_show(amal, later):
    letter = waiting(with_picture=True, may_publish_picture=False)
    letter.publish(amal)
    letter.take_down(amal, "spam")
    later(minutes=11)
    delete_what_was_taken_down()
    letter = read_again(letter)
    letter.allow({WORDS, PICTURE})
    with pytest.raises(AlreadyDecided):
        letter.restore(amal)
    letter.put_back(amal)
    assert (letter.state, "more-allowed" in letter.held) == ("waiting", True)


def test_a_letter_that_was_taken_down_cannot_be_kept_by_a_report(amal):
    letter = waiting()
    letter.publish(amal)
    public = letter.letter
    letter.take_down(amal, "spam")
    Report.take(public, reason="about-me")
    with pytest.raises(AlreadyDecided):
        Report.refuse(public)
    assert not Letter.objects.public().exists()


def test_what_its_writer_keeps_to_herself_is_not_brought_back_by_undoing(amal):
    letter = waiting()
    letter.publish(amal)
    letter.allow(set())
    with pytest.raises(AlreadyDecided):
        letter.undo(letter.decisions.last(), amal)
    assert read_again(letter).state == "kept"


def test_a_reported_letter_is_decided_among_the_reports(amal):
    letter = waiting()
    letter.publish(amal)
    Report.take(letter.letter, reason="about-me")
    for act in (lambda: letter.put_back(amal), lambda: letter.undo(letter.decisions.last(), amal)):
        with pytest.raises(AlreadyDecided):
            act()
    assert Report.objects.open().count() == 1


def test_two_who_publish_a_letter_that_was_put_back_make_one(amal, bea):
    letter = waiting()
    letter.publish(amal)
    letter.put_back(amal)
    one, other = read_again(letter), read_again(letter)
    one.publish(amal)
    with pytest.raises(AlreadyDecided):
        other.publish(bea)
    assert Letter.objects.get().submission == letter


def test_no_letter_stands_behind_one_that_waits_no_longer(amal):
    gone = waiting(same_words="x")
    behind = waiting(same_words="x", burst_of=gone)
    Submission.objects.filter(pk=gone.pk).update(state="withdrawn")
    free_what_stands_behind_nothing()
    assert read_again(behind).burst_of is None
    first, other = waiting(same_words="y"), waiting(same_words="y")
    Submission.objects.filter(pk=other.pk).update(burst_of=first)
    free_what_stands_behind_nothing()
    assert read_again(other).burst_of == first


def test_the_others_of_a_burst_stay_when_one_is_in_another_language(amal):
    first, second, third = (waiting(same_words="x") for _letter in range(3))
    Submission.objects.filter(pk__in=[second.pk, third.pk]).update(burst_of=first)
    read_again(first).correct_language(amal, "es")
    assert read_again(second).burst_of is None
    assert read_again(third).burst_of == second
    assert read_again(first).same_words == ""


def test_a_gap_in_a_full_title_fits_its_column(amal):
    letter = waiting(title="ab " + "x" * 197)
    letter.publish(amal, redactions=[["title", 0, 1, "name"]])
    assert Letter.objects.get().title == "…b " + "x" * 197


def test_places_stay_apart_when_its_writer_leaves_words_out_too(amal):
    letter = waiting(words="abcdefghijklmnop", held=["alike"])
    letter.approve(amal, redactions=[["words", 2, 8, "name"]])
    letter = read_again(letter)
    letter.blank_out(["fghij"])
    letter = read_again(letter)
    letter.publish(amal)
    words = Letter.objects.get().words
    assert "⟧⟧" not in words and words.startswith("ab⟦") and words.endswith("klmnop")


def test_what_she_allows_more_still_waits_when_a_take_down_is_undone(amal):
    letter = waiting(with_picture=True, picture_alt="A page", may_publish_picture=False)
    letter.publish(amal)
    letter.allow({WORDS, PICTURE})
    letter = read_again(letter)
    letter.take_down(amal, "spam")
    letter.undo(letter.decisions.last(), amal)
    assert read_again(letter).state == "waiting"


def test_an_undone_agreement_leaves_the_question_of_another_to_a_lead(amal, bea):
    letter = waiting(held=["alike"])
    letter.ask_lead(bea, "Is this her street?")
    letter.approve(amal)
    letter.undo(letter.decisions.last(), amal)
    letter = Submission.objects.get(pk=letter.pk)
    assert (letter.for_lead, letter.question, letter.agreed_by) == (
        True,
        "Is this her street?",
        None,
    )


def test_a_picture_is_known_as_refused_only_while_it_is(amal):
    letter = waiting(with_picture=True, picture_alt="A page")
    letter.traces.create(of="picture", band=1)
    letter.publish(amal)
    letter.take_down(amal, "hate")
    assert letter.traces.filter(refused=True).exists()
    letter.restore(amal)
    assert not letter.traces.filter(refused=True).exists()


def test_a_note_in_the_writers_own_words_is_blanked_out_with_the_rest(amal):
    letter = waiting(words="Bob did it.", content_notes=["threats", "What Bob did"])
    letter.publish(amal)
    letter.correct(amal, gaps=[("Bob", "name")])
    public = Letter.objects.get()
    assert "Bob" not in public.words + " ".join(public.content_notes_codes)
    assert "threats" in public.content_notes_codes
