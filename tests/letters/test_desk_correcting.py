"""A decided letter is corrected at the desk, in all but its words."""

from wagtail.models import ModelLogEntry

from letters.models import Letter
from tests.letters.decided import LIST, correct, messages, minutes_later, now, published, text


def test_she_corrects_notes_and_description_and_readers_see_it(desk, amal):
    submission = published(
        amal, with_picture=True, picture_alt="A pgae", content_notes=["threats", "my own note"]
    )
    correct(desk, submission, content_notes=["hate"], picture_alt="A page")
    letter = Letter.objects.get()
    assert letter.content_notes_codes == ["hate", "my own note"]
    assert letter.picture_alt == "A page"
    assert submission.decisions.latest("pk").act == "correct"
    assert ModelLogEntry.objects.get().action == "letters.correct"
    assert "needs a description" in text(correct(desk, submission, picture_alt=" "))
    assert Letter.objects.get().picture_alt == "A page"


def test_what_is_as_it_was_is_no_correction(desk, amal):
    submission = published(amal, content_notes=["hate", "threats"])
    after = correct(desk, submission, follow=True)
    assert "You changed nothing" in messages(after)
    assert submission.decisions.count() == 1
    assert not ModelLogEntry.objects.exists()


def test_in_another_language_it_belongs_to_those_who_read_that(desk, client, amal):
    submission = published(amal)
    after = correct(desk, submission, follow=True, language="es")
    assert after.redirect_chain[-1][0] == LIST
    assert Letter.objects.get().language == now(submission).language == "es"


def test_no_field_changes_her_words(desk, amal):
    submission = published(amal, title="To you", words="You are not alone.", signature="Ana")
    changed = {"words": "x", "title": "x", "signature": "x", "excerpt": "x"}
    correct(desk, submission, content_notes=["hate"], **changed)
    letter = Letter.objects.get()
    assert (letter.title, letter.words, letter.signature) == ("To you", "You are not alone.", "Ana")


def test_more_words_are_left_out_everywhere_and_stay_so_when_it_is_published_anew(desk, amal):
    submission = published(amal, words="Joan wrote. Call Joan of Quito.", title="Joan")
    correct(desk, submission, phrases="Joan\nQuito", gap_reason="name")
    assert Letter.objects.get().words == "⟦name⟧ wrote. Call ⟦name⟧ of ⟦name⟧."
    row = repr(Letter.objects.values().get())
    assert "Joan" not in row and "Quito" not in row
    desk.post(f"{LIST}{submission.pk}/put-back/")
    now(submission).publish(amal)
    row = repr(Letter.objects.values().get())
    assert "Joan" not in row and "Quito" not in row


def test_a_correction_stays_when_it_is_taken_down_and_published_again(desk, amal):
    submission = published(amal, words="Joan wrote.", content_notes=["threats"])
    correct(desk, submission, phrases="Joan", content_notes=["hate"])
    desk.post(f"{LIST}{submission.pk}/take-down/", {"reason": "hate"})
    minutes_later(11)
    assert not Letter.objects.exists()
    desk.post(f"{LIST}{submission.pk}/restore/")
    letter = Letter.objects.get()
    assert (letter.words, letter.content_notes_codes) == ("⟦name⟧ wrote.", ["hate"])


def test_words_that_stand_nowhere_are_said_and_nothing_is_changed(desk, amal):
    submission = published(amal, words="Joan wrote.")
    page = text(correct(desk, submission, phrases="Joan\nMarisol", content_notes=["hate"]))
    assert "stands nowhere in the letter" in page and "Marisol" in page
    assert Letter.objects.get().words == "Joan wrote."
    assert Letter.objects.get().content_notes_codes == []
    assert "Joan" not in repr(list(ModelLogEntry.objects.values()))
