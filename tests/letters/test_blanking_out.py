"""What a writer leaves out afterwards is gone, in public and with us."""

from letters.models import Letter, Submission
from tests.letters.submissions import waiting

TEXTS = {
    "title": "For Marisol",
    "words": "Marisol of Quito wrote this. Call MARISOL.",
    "signature": "Marisol",
    "picture_alt": "Marisol at her desk",
}


def as_it_is(submission):
    return Submission.objects.get(pk=submission.pk)


def nothing_of(name, *rows):
    return not any(name in repr(vars(row)).lower() for row in rows)


def test_it_is_gone_from_the_public_letter_and_from_what_we_keep(db):
    submission = waiting(**TEXTS)
    submission.publish(None, redactions=[["words", 11, 16, "place"]])
    Letter.objects.update(picture_alt="Marisol at her desk")
    assert submission.blank_out(["marisol", "Bogotá"]) == {"marisol": 5, "Bogotá": 0}
    row, letter = as_it_is(submission), Letter.objects.get()
    assert letter.words == "⟦writer⟧ of ⟦place⟧ wrote this. Call ⟦writer⟧."
    assert (letter.title, letter.signature) == ("For […]", "[…]")
    assert letter.excerpt == "[…] of […] wrote this. Call […]."
    assert nothing_of("marisol", row, letter)
    assert row.words == "⟦writer⟧ of Quito wrote this. Call ⟦writer⟧."


def test_also_from_whom_it_is_to_and_from_what_readers_see_first(db):
    submission = waiting(
        kind="decision-maker",
        addressee="Marisol’s school",
        content_notes=["threats", "For Marisol"],
    )
    submission.publish(None)
    assert submission.blank_out(["Marisol", "threats"]) == {"Marisol": 2, "threats": 0}
    row, letter = as_it_is(submission), Letter.objects.get()
    assert letter.addressee_text == row.addressee == "[…]’s school"
    assert letter.content_notes_codes == row.content_notes == ["threats", "For […]"]


def test_before_it_is_published_too(db):
    submission = waiting(**TEXTS)
    assert submission.blank_out(["Quito"]) == {"Quito": 1}
    submission = as_it_is(submission)
    assert submission.state == "waiting"
    submission.publish(None)
    assert nothing_of("quito", submission, Letter.objects.get())


def test_of_an_erased_letter_what_is_public(db):
    submission = waiting(**TEXTS)
    submission.publish(None)
    submission.erase()
    assert submission.blank_out(["Marisol"]) == {"Marisol": 4}
    assert nothing_of("marisol", as_it_is(submission), Letter.objects.get())


def test_it_does_not_show_again_what_somebody_has_hidden_meanwhile(db):
    submission = waiting(**TEXTS)
    submission.publish(None)
    assert submission.letter.hidden is False
    Letter.objects.update(hidden=True)
    submission.blank_out(["Marisol"])
    assert Letter.objects.get().hidden


def test_a_letter_published_meanwhile_is_blanked_out_too(db):
    submission = waiting(**TEXTS)
    hers = as_it_is(submission)
    submission.publish(None)
    assert hers.blank_out(["Quito"]) == {"Quito": 1}
    assert nothing_of("quito", as_it_is(submission), Letter.objects.get())


def test_of_what_was_taken_back_nothing_is_left_to_blank_out(db):
    submission = waiting(**TEXTS)
    stale = as_it_is(submission)
    submission.withdraw()
    assert stale.blank_out(["Marisol"]) == {"Marisol": 0}


def test_words_that_fill_a_line_leave_room_in_it(db):
    submission = waiting(title="7" * 200, signature="7" * 100)
    assert submission.blank_out(["7"]) == {"7": 300}
    row = as_it_is(submission)
    assert (row.title, row.signature) == ("…" * 200, "…" * 100)
