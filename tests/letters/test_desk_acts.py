"""What moderators do with a waiting letter besides publishing and declining: pass it on, ask a
lead, agree as the first of two, claim it, undo."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters.models import Decision, DeskPolicy, Letter, Submission
from letters.retention import delete_what_was_taken_down
from tests.letters.submissions import waiting
from tests.people import person, signed_in

DESK = "/admin/desk/"


def post(client, letter, act, follow=False, **fields):
    address = f"{DESK}{letter.pk}/{act}/"
    return client.post(address, {"seen": letter.seen, **fields}, follow=follow)


def read_again(letter):
    return Submission.objects.get(pk=letter.pk)


def undo_last(client, moderator):
    last = Decision.objects.undoable(moderator).latest("pk")
    return client.post(f"{DESK}undo/{last.pk}/", follow=True)


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["en"])


@pytest.fixture
def second_desk(bea):
    return signed_in(Client(), bea)


# ------------------------------------------------------------------------- two people


def test_a_marked_letter_is_published_when_two_people_agree(desk, second_desk, amal, bea):
    letter = waiting(held=["alike"])
    assert "Two people must agree" in desk.get(f"{DESK}{letter.pk}/").content.decode()
    post(desk, letter, "publish")
    assert not Letter.objects.exists()
    letter = read_again(letter)
    assert (letter.state, letter.agreed_by) == ("waiting", amal)
    post(second_desk, letter, "publish")
    assert Letter.objects.exists()
    acts = list(Decision.objects.values_list("act", "moderator__username"))
    assert acts == [("agree", "amal"), ("publish", "bea")]


def test_the_same_person_is_never_both(desk, bea):
    letter = waiting(held=["alike"])
    post(desk, letter, "publish")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "Somebody else has to agree, too" in page and "desk-publish" not in page
    answer = post(desk, read_again(letter), "publish", follow=True)
    assert "You have agreed already" in answer.content.decode()
    assert not Letter.objects.exists()


def test_what_the_first_has_left_out_is_there_for_the_second(desk, second_desk):
    letter = waiting(words="Call Joan tonight.", held=["alike"])
    post(desk, letter, "publish", redaction="words:5-9:name")
    page = second_desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert re.search('value="words:5-9:name"[^>]* checked', page)
    post(second_desk, read_again(letter), "publish", redaction="words:5-9:name")
    assert Letter.objects.get().words == "Call ⟦name⟧ tonight."


def test_a_second_who_read_it_before_the_first_agreed_reads_it_again(desk, second_desk):
    letter = waiting(held=["alike"])
    before = letter.seen
    post(desk, letter, "publish")
    answer = second_desk.post(f"{DESK}{letter.pk}/publish/", {"seen": before}, follow=True)
    assert "was changed while you read it" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_picture_of_people_needs_two_and_a_picture_of_writing_one(desk):
    handwriting = waiting(with_picture=True, picture_alt="A page")
    people = waiting(with_picture=True, picture_alt="Two women")
    post(desk, handwriting, "publish", picture_alt="A page", shows_people="no")
    post(desk, people, "publish", picture_alt="Two women", shows_people="yes")
    assert Letter.objects.get().submission == handwriting
    people = read_again(people)
    assert (people.state, people.shows_people) == ("waiting", True)


def test_where_nobody_else_reads_the_language_a_lead_is_asked(desk, bea):
    letter = waiting(language="ar", held=["alike"])
    post(desk, letter, "publish")
    assert read_again(letter).for_lead  # bea reads English only
    english = waiting(held=["alike"])
    post(desk, english, "publish")
    assert not read_again(english).for_lead


def test_owners_settle_where_one_person_is_enough(desk):
    DeskPolicy(two_for_flags=["honeypot"]).save()
    letter = waiting(held=["alike"])
    post(desk, letter, "publish")
    assert Letter.objects.exists()


# ------------------------------------------------------------------ pass, ask, claim


def test_a_letter_that_is_passed_on_comes_to_somebody_else(desk, second_desk):
    letter, other = waiting(20), waiting(10)
    answer = post(desk, letter, "pass")
    assert answer.headers["Location"] == f"{DESK}{other.pk}/"
    page = desk.get(DESK).content.decode()
    assert f"{DESK}{letter.pk}/" not in page
    assert f"{DESK}{letter.pk}/" in second_desk.get(DESK).content.decode()
    assert read_again(letter).state == "waiting"


def test_a_lead_is_asked_in_words_that_only_the_desk_shows(desk):
    letter = waiting()
    post(desk, letter, "ask", question="Is this her own street?")
    assert f"{DESK}{letter.pk}/" not in desk.get(DESK).content.decode()
    lead = signed_in(Client(), person("lina", "Lead moderators"))
    assert "Is this her own street?" in lead.get(f"{DESK}{letter.pk}/").content.decode()
    with_sealed = Submission.objects.filter(pk=letter.pk).values_list("question", flat=True)
    assert with_sealed[0] == "Is this her own street?"


def test_the_next_letter_is_hers_for_a_while_and_others_go_past_it(desk, second_desk, amal):
    first, second, third = waiting(30), waiting(20), waiting(10)
    post(desk, first, "publish")
    assert read_again(second).claimed_by == amal
    answer = second_desk.post(f"{DESK}begin/")
    assert answer.headers["Location"] == f"{DESK}{third.pk}/"
    page = second_desk.get(f"{DESK}{second.pk}/").content.decode()
    assert "amal is reading this letter just now" in page
    Submission.objects.filter(pk=second.pk).update(claimed_until=timezone.now())
    page = second_desk.get(f"{DESK}{second.pk}/").content.decode()
    assert "is reading this letter" not in page


def test_a_claim_is_let_go(desk, amal):
    letter = waiting()
    post(desk, letter, "claim")
    assert read_again(letter).claimed_by == amal
    post(desk, letter, "claim", release="1")
    assert read_again(letter).claimed_by is None


def test_a_letter_in_another_language_waits_for_those_who_read_it(desk, amal):
    letter = waiting()
    assert "Its words stay as they are" in desk.get(f"{DESK}{letter.pk}/language/").content.decode()
    answer = desk.post(f"{DESK}{letter.pk}/language/", {"language": "es"})
    assert answer.headers["Location"] == DESK  # she reads English and Arabic
    assert read_again(letter).language == "es"
    assert Decision.objects.get().act == "correct"


def test_content_notes_are_added_and_the_writers_own_stay(desk):
    letter = waiting(content_notes=["threats", "my street"])
    post(desk, letter, "publish", content_notes=["stalking"])
    assert Letter.objects.get().content_notes_codes == ["threats", "my street", "stalking"]


def test_words_to_leave_out_go_from_a_note_in_her_own_words_and_a_description_too(desk):
    letter = waiting(
        words="Call Joan.", content_notes=["What Joan did"], with_picture=True, picture_alt="Joan"
    )
    fields = {"picture_alt": "Joan and me", "shows_people": "no", "transcript": "Dear Joan"}
    post(desk, letter, "publish", blank_words="Joan", **fields)
    public = Letter.objects.get()
    texts = [public.words, public.picture_alt, public.transcript, *public.content_notes_codes]
    assert not [text for text in texts if "Joan" in text]


def test_words_to_leave_out_that_are_not_there_are_told(desk):
    letter = waiting(words="Call Joan tonight.")
    answer = post(desk, letter, "publish", blank_words="Jaon")
    assert "This stands nowhere in the letter: Jaon" in answer.content.decode()
    assert not Letter.objects.exists()


# ------------------------------------------------------------------------------- undo


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("publish", {}),
        ("decline", {"reason": "spam", "note": "Too many links."}),
        ("pass", {}),
        ("ask", {"question": "?"}),
    ],
)
def test_each_decision_can_be_undone_for_ten_minutes(desk, amal, act, fields):
    letter = waiting()
    post(desk, letter, act, **fields)
    undo_last(desk, amal)
    letter = read_again(letter)
    assert (letter.state, letter.for_lead, letter.note) == ("waiting", False, "")
    assert not Letter.objects.exists()
    assert f"{DESK}{letter.pk}/" in desk.get(DESK).content.decode()
    assert Decision.objects.latest("pk").act == "undo"


def test_an_undone_agreement_is_none(desk, amal, bea):
    letter = waiting(held=["alike"])
    post(desk, letter, "publish")
    undo_last(desk, amal)
    assert read_again(letter).agreed_by is None


def test_after_ten_minutes_it_stays(desk, amal, monkeypatch):
    letter = waiting()
    post(desk, letter, "publish")
    decision = Decision.objects.get()
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert desk.post(f"{DESK}undo/{decision.pk}/").status_code == 404
    assert Letter.objects.exists()


def test_nobody_undoes_the_decision_of_another(desk, second_desk):
    post(desk, waiting(), "publish")
    decision = Decision.objects.get()
    assert second_desk.post(f"{DESK}undo/{decision.pk}/").status_code == 404


def test_what_is_taken_down_can_be_undone_and_then_is_gone(amal, monkeypatch):
    letter = waiting()
    letter.publish(amal)
    code = letter.letter.code
    letter.take_down(amal, "spam")
    assert not Letter.objects.public().exists()
    delete_what_was_taken_down()
    letter.undo(letter.decisions.last(), amal)
    assert Letter.objects.public().get().code == code
    letter.take_down(amal, "spam")
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    delete_what_was_taken_down()
    assert not Letter.objects.exists()
    letter.restore(amal)
    assert Letter.objects.public().get().code == code


# ------------------------------------------------------------- without a page load


def test_the_script_gets_the_next_letter_as_the_answer_to_her_decision(desk):
    first, second = waiting(20), waiting(10, words="The next one.")
    answer = desk.post(
        f"{DESK}{first.pk}/publish/", {"seen": first.seen}, headers={"X-Desk": "letter"}
    )
    page = answer.content.decode()
    assert answer.headers["X-Desk-Address"] == f"{DESK}{second.pk}/"
    assert "The next one." in page and "<html" not in page
    assert f"Letter {first.pk}: published." in page and "Undo" in page
    answer = desk.post(
        f"{DESK}{second.pk}/decline/", {"reason": "spam"}, headers={"X-Desk": "letter"}
    )
    assert (answer.status_code, answer.headers["X-Desk-Go"]) == (204, DESK)
