"""Decisions at the desk: what they make, who hears of them, what they cost."""

import re

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from letters.models import AlreadyDecided, Decision, Letter, Submission
from tests.letters.submissions import waiting
from tests.people import person, signed_in

DESK = "/admin/desk/"


def publish(desk, letter, follow=False, **fields):
    """Press "Publish" on the page that shows a letter as it is in memory."""
    if letter.picture_name and letter.may_publish_picture:
        fields = {"shows_people": "no", **fields}
    return desk.post(f"{DESK}{letter.pk}/publish/", {"seen": letter.seen, **fields}, follow=follow)


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_publishing_makes_the_letter_and_leads_to_the_next(desk, amal):
    first, second = waiting(20, words="Dear you"), waiting(10)
    response = publish(desk, first)
    assert response.headers["Location"] == f"{DESK}{second.pk}/"
    assert Letter.objects.get().words == "Dear you"
    decision = Decision.objects.get()
    assert (decision.act, decision.moderator, decision.submission) == ("publish", amal, first)


def test_declining_keeps_the_reason(desk, amal):
    letter = waiting()
    desk.post(f"{DESK}{letter.pk}/decline/", {"reason": "spam"})
    decision = Decision.objects.get()
    assert (decision.act, decision.reason, decision.moderator) == ("decline", "spam", amal)
    assert not Letter.objects.exists()


def test_declining_needs_a_reason(desk):
    letter = waiting()
    response = desk.post(f"{DESK}{letter.pk}/decline/")
    assert "Choose a reason" in response.content.decode()
    assert Submission.objects.get().state == "waiting"


def test_after_the_newest_letter_the_oldest_comes(desk):
    old, new = waiting(20), waiting(10)
    response = desk.post(f"{DESK}{new.pk}/decline/", {"reason": "spam"})
    assert response.headers["Location"] == f"{DESK}{old.pk}/"


def test_after_the_last_letter_the_desk_is_empty(desk):
    response = publish(desk, waiting(), follow=True)
    assert response.redirect_chain[-1][0] == DESK
    assert "the last one" in messages(response)


def test_the_next_letter_is_in_a_language_that_she_reads(desk):
    first, _spanish, arabic = waiting(30), waiting(20, language="es"), waiting(10, language="ar")
    response = publish(desk, first)
    assert response.headers["Location"] == f"{DESK}{arabic.pk}/"


def test_a_picture_is_published_only_with_a_description(desk):
    letter = waiting(with_picture=True)
    response = publish(desk, letter, picture_alt=" ")
    assert "error" in response.content.decode()
    assert Submission.objects.get().state == "waiting"
    publish(desk, letter, picture_alt="Red and blue.")
    published = Letter.objects.get()
    assert published.picture_alt == "Red and blue."
    assert published.picture is not None


def test_the_writers_description_is_there_to_be_improved(desk):
    letter = waiting(with_picture=True, picture_alt="My handwriting")
    assert "My handwriting</textarea>" in desk.get(f"{DESK}{letter.pk}/").content.decode()


def test_a_picture_that_readers_may_not_see_needs_no_description(desk):
    letter = waiting(with_picture=True, may_publish_picture=False)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "Description of the picture" not in page
    assert "its picture stays private" in page
    publish(desk, letter)
    published = Letter.objects.get()
    assert (published.words, published.picture) == (letter.words, None)


def test_words_that_readers_may_not_see_are_not_published_with_the_picture(desk):
    letter = waiting(with_picture=True, may_publish_words=False)
    assert "none of its words" in desk.get(f"{DESK}{letter.pk}/").content.decode()
    publish(desk, letter, picture_alt="Red and blue.")
    published = Letter.objects.get()
    assert published.words == "" and published.picture is not None


@pytest.fixture
def widened(amal):
    """A public letter whose writer allows her picture now, too."""
    letter = waiting(with_picture=True, picture_alt="Red and blue.", may_publish_picture=False)
    letter.publish(amal)
    letter.allow({"words", "picture", "quote"})
    return letter


def test_a_public_letter_whose_writer_allows_more_waits_and_keeps_its_address(desk, widened):
    before = Letter.objects.get()
    page = desk.get(f"{DESK}{widened.pk}/").content.decode()
    assert "This letter is public already" in page and before.address in page
    publish(desk, widened, picture_alt="Red and blue.")
    after = Letter.objects.public().get()
    assert (after.code, after.picture is None, before.picture) == (before.code, False, None)


def test_declining_what_she_wants_to_add_leaves_her_letter_as_it_was(desk, widened):
    desk.post(f"{DESK}{widened.pk}/decline/", {"reason": "unsafe-for-writer"})
    letter = Letter.objects.get()
    assert letter.picture is None and letter.words and not letter.hidden
    widened.refresh_from_db()
    assert widened.state == "published"
    answer = publish(desk, widened, follow=True, picture_alt="x")
    assert "has left this letter as it was" in answer.content.decode()


def test_a_letter_that_its_writer_changed_meanwhile_is_shown_again_before_it_is_published(
    desk, monkeypatch
):
    letter = waiting(words="My name is Ana.")
    really = Submission.publish

    def after_her(submission, *arguments, **options):
        Submission.objects.filter(pk=submission.pk).update(words="My name is.")
        return really(submission, *arguments, **options)

    monkeypatch.setattr(Submission, "publish", after_her)
    answer = publish(desk, letter, follow=True)
    assert answer.redirect_chain[-1][0] == f"{DESK}{letter.pk}/"
    assert "was changed while you read it" in messages(answer)
    assert not Letter.objects.exists()


def test_what_she_left_out_while_a_moderator_read_does_not_come_back_with_the_description(desk):
    letter = waiting(with_picture=True, picture_alt="A sheet, signed Ana Quispe")
    Submission.objects.get().blank_out(["Ana Quispe"])
    answer = publish(desk, letter, follow=True, picture_alt="A sheet, signed Ana Quispe")
    assert "was changed while you read it" in messages(answer)
    assert "Ana Quispe" not in answer.content.decode()
    assert not Letter.objects.exists()


def test_what_she_allows_since_a_moderator_read_it_is_read_first(desk):
    letter = waiting()
    Submission.objects.get().allow({"words", "quote"})
    assert "was changed while you read it" in messages(publish(desk, letter, follow=True))
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    desk.post(
        f"{DESK}{letter.pk}/publish/", {"seen": re.search(r'name="seen" value="(\w+)', page)[1]}
    )
    assert Letter.objects.get().may_quote


def test_nothing_is_published_that_was_not_on_a_page(desk):
    letter = waiting()
    assert "was changed while you read it" in messages(
        desk.post(f"{DESK}{letter.pk}/publish/", follow=True)
    )
    assert not Letter.objects.exists()


def test_without_consent_there_is_no_publishing(desk):
    letter = waiting(may_publish_words=False)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "did not agree to publication" in page
    assert f"{DESK}{letter.pk}/publish/" not in page
    response = publish(desk, letter, follow=True)
    assert "did not agree" in messages(response)
    assert not Letter.objects.exists()


def test_who_comes_second_is_told_what_happened(desk):
    letter = waiting()
    letter.decline(person("bea", "Moderators"), "hate")
    response = publish(desk, letter, follow=True)
    page = response.content.decode()
    assert "Your decision came second" in page
    assert "bea has declined this letter: It is hateful" in page
    assert "You wanted to publish it" in page and "ask a lead" in page.lower()
    assert not Letter.objects.exists()
    assert Decision.objects.count() == 1


def test_who_comes_second_with_a_faulty_form_is_told_the_same(desk):
    letter = waiting()
    letter.publish(person("bea", "Moderators"))
    response = desk.post(f"{DESK}{letter.pk}/decline/", follow=True)
    assert "bea has published this letter" in response.content.decode()


def test_a_letter_taken_back_meanwhile_is_not_published(desk):
    letter = waiting()
    letter.withdraw()
    response = publish(desk, letter, follow=True)
    assert "taken this letter back" in messages(response)
    assert not Letter.objects.exists()


def test_a_picture_decided_by_somebody_else_meanwhile_is_not_left_in_the_library(db):
    letter = waiting(with_picture=True, picture_alt="Red and blue.")
    same = Submission.objects.get(pk=letter.pk)
    same.decline(person("bea", "Moderators"), "spam")
    with pytest.raises(AlreadyDecided):
        letter.publish(person("cleo", "Moderators"))
    assert not get_image_model().objects.exists()


def test_a_get_decides_nothing(desk):
    letter = waiting()
    for path in ("publish/", "decline/"):
        assert desk.get(f"{DESK}{letter.pk}/{path}").status_code == 405
    assert Submission.objects.get().state == "waiting"
    assert not Decision.objects.exists()


def test_a_decision_needs_the_forms_own_token(amal):
    letter = waiting()
    browser = signed_in(Client(enforce_csrf_checks=True), amal)
    assert browser.post(f"{DESK}{letter.pk}/publish/").status_code == 403
    assert Submission.objects.get().state == "waiting"


def test_the_log_says_who_decided_and_no_word_of_the_letter(desk, amal):
    first, second = waiting(20, words="canary", title="canary"), waiting(10, words="canary")
    publish(desk, first)
    desk.post(f"{DESK}{second.pk}/decline/", {"reason": "spam"})
    entries = ModelLogEntry.objects.filter(action__startswith="letters.").order_by("pk")
    assert [(e.action, e.label, e.user) for e in entries] == [
        ("letters.publish", f"Submission {first.pk}", amal),
        ("letters.decline", f"Submission {second.pk}", amal),
    ]
    assert "canary" not in repr(list(ModelLogEntry.objects.values()))


# ----------------------------------------------------------------- the first page


def test_the_admins_first_page_counts_what_waits_for_her(desk):
    waiting(), waiting(language="ar"), waiting(language="es")
    assert "2 letters wait." in " ".join(desk.get("/admin/").content.decode().split())


# -------------------------------------------------------------------------- costs


@pytest.fixture
def counted(desk, django_assert_max_num_queries):
    desk.get(DESK)  # content types and the like
    return django_assert_max_num_queries


def test_the_list_costs_the_same_however_many_wait(desk, counted):
    waiting()
    with counted(15) as few:
        desk.get(DESK)
    for minutes in range(60):
        waiting(minutes)
    with counted(15) as many:
        desk.get(DESK)
    assert len(few) == len(many)


def test_a_letter_and_a_decision_cost_the_same_however_many_wait(desk, counted):
    letters = [waiting(100 - n) for n in range(4)]
    desk.get(f"{DESK}{letters[0].pk}/")  # what it keeps in memory
    publish(desk, letters[0])
    with counted(15) as letter_few:
        desk.get(f"{DESK}{letters[1].pk}/")
    with counted(15) as decision_few:
        publish(desk, letters[1])
    for minutes in range(60):
        waiting(minutes)
    with counted(15) as letter_many:
        desk.get(f"{DESK}{letters[2].pk}/")
    with counted(15) as decision_many:
        publish(desk, letters[2])
    assert len(letter_few) == len(letter_many)
    assert len(decision_few) == len(decision_many)
