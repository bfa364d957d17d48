"""What a writer asks for with her receipt: other consents, words left out, a second look."""

import pytest

from letters.models import Submission
from letters.vocabulary import DeclineReason
from tests.letters.receipts import alices_letter, come_back, soup, stored_row


@pytest.fixture
def sent(site):
    return alices_letter()


def test_what_she_ticks_is_what_she_allows(client, sent):
    submission, digits = sent
    page = soup(come_back(client, digits))
    ticked = [box["name"] for box in page.select("[type=checkbox][checked]")]
    assert ticked == ["may_publish_words"]
    come_back(client, digits, step="consents", may_quote="on", may_translate="on")
    row = Submission.objects.get(pk=submission.pk)
    assert row.consents == {"quote", "translate"}
    assert row.state == "kept"
    page = soup(come_back(client, digits))
    assert "Nobody outside our team sees your letter" in page.text
    ticked = [box["name"] for box in page.select("[type=checkbox][checked]")]
    assert ticked == ["may_quote", "may_translate"]


def test_a_window_that_was_left_open_allows_nothing_once_the_letter_is_taken_back(client, sent):
    submission, digits = sent
    submission.withdraw()
    page = come_back(client, digits, step="consents", may_quote="on").content.decode()
    assert "has been taken back" in page and "has been saved" not in page
    assert not Submission.objects.get().may_quote


def test_she_is_told_what_cannot_be_allowed_any_more(client, sent, admin_user):
    submission, digits = sent
    submission.decline(admin_user, DeclineReason.SPAM)
    come_back(client, digits, step="consents")
    submission.refresh_from_db()
    submission.erase()
    page = soup(come_back(client, digits, step="consents", may_publish_words="on"))
    assert "Your words have been erased by now" in page.text
    assert not page.select("[type=checkbox][checked]")


def test_what_waits_to_be_added_is_said_beside_what_is_public(client, sent, admin_user):
    submission, digits = sent
    Submission.objects.update(picture_name="letters/none", picture_alt="A drawing")
    submission.refresh_from_db()
    letter = submission.publish(admin_user)
    both = {"may_publish_words": "on", "may_publish_picture": "on"}
    page = soup(come_back(client, digits, step="consents", **both))
    assert "Your letter is published." in page.text and "beyond that is waiting" in page.text
    assert page.select_one(f"a[href='{letter.address}']")
    Submission.objects.get().decline(admin_user, DeclineReason.OFF_TOPIC)
    page = soup(come_back(client, digits)).text
    assert "What you wanted to add was not published" in page
    assert "It is about something else" in page


def test_she_leaves_words_out_of_the_public_letter(client, sent, admin_user):
    submission, digits = sent
    letter = submission.publish(admin_user)
    page = soup(come_back(client, digits))
    assert "You are not alone, says Alice." in page.select_one(".own-letter").text
    page = soup(come_back(client, digits, step="blank", phrases="alice\n\nBob & <b>"))
    assert "at 2 places" in page.text
    assert "Bob & <b>" in page.select_one("main [role=status]").text
    assert page.select_one("textarea[name=phrases]").text.strip() == "Bob & <b>"
    assert "Alice" not in client.get(letter.address).content.decode()
    row = Submission.objects.get(pk=submission.pk)
    assert (row.words, row.signature) == ("You are not alone, says ⟦writer⟧.", "[…]")


def test_of_a_letter_that_waits_only_the_number_is_shown(client, sent):
    submission, digits = sent
    page = soup(come_back(client, digits, step="blank", phrases="Alice"))
    assert "at 2 places" in page.text
    assert "says" not in page.text and not page.select(".own-letter")
    submission.refresh_from_db()
    assert "Alice" not in submission.words


@pytest.mark.parametrize(
    ("phrases", "says"),
    [
        (" \n ", "Please type the words"),
        ("Alice\na", "A single letter"),
        ("x y\n" * 600, "There is room for"),
        ("\n".join(f"number {line}" for line in range(51)), "at most 50 lines"),
    ],
)
def test_what_she_typed_stays_when_something_is_wrong_with_it(client, sent, phrases, says):
    submission, digits = sent
    response = come_back(client, digits, step="blank", phrases=phrases)
    page = soup(response)
    assert response.status_code == 422
    assert says in page.select_one(".error-summary").text
    assert page.select_one("textarea[name=phrases]").text.strip() == phrases.strip()
    submission.refresh_from_db()
    assert "Alice" in submission.words


def test_one_appeal_against_a_decline(client, sent, admin_user):
    submission, digits = sent
    assert not soup(come_back(client, digits)).select("[value=appeal]")
    come_back(client, digits, step="appeal", appeal="Too early")
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    assert soup(come_back(client, digits)).select("[value=appeal]")
    page = soup(come_back(client, digits, step="appeal", appeal="Canary, please read on."))
    assert "You asked for a second look" in page.text and "Canary" not in page.text
    row = Submission.objects.get(pk=submission.pk)
    assert (row.state, row.held, row.appeal) == ("waiting", ["appeal"], "Canary, please read on.")
    assert row.due > row.received
    assert "Canary" not in stored_row(submission)
    row.decline(admin_user, DeclineReason.SPAM)
    page = soup(come_back(client, digits))
    assert "a second time, as you asked" in page.text and not page.select("[value=appeal]")
    come_back(client, digits, step="appeal", appeal="Again")
    row.refresh_from_db()
    assert (row.state, row.appeal) == ("declined", "Canary, please read on.")


def test_an_appeal_that_is_too_long_is_not_lost(client, sent, admin_user):
    submission, digits = sent
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    page = soup(come_back(client, digits, step="appeal", appeal="a b " * 600))
    assert page.select_one("textarea[name=appeal]").text.strip() == ("a b " * 600).strip()
    submission.refresh_from_db()
    assert (submission.state, submission.appealed) == ("declined", False)


def test_there_is_no_second_look_at_what_was_erased(client, sent, admin_user):
    submission, digits = sent
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    submission.erase()
    assert not soup(come_back(client, digits)).select("[value=appeal], [value=blank]")
    come_back(client, digits, step="appeal", appeal="Please")
    submission.refresh_from_db()
    assert (submission.state, submission.appeal) == ("declined", "")


def test_who_asks_for_a_second_look_is_not_erased_at_that_moment(sent, admin_user):
    submission, _digits = sent
    submission.decline(admin_user, DeclineReason.OFF_TOPIC)
    stale = Submission.objects.get(pk=submission.pk)
    assert submission.ask_again("Please")
    stale.erase()
    submission.refresh_from_db()
    assert submission.words and submission.appeal == "Please"


def test_how_to_reach_her_is_erased_when_she_asks(client, sent):
    submission, digits = sent
    assert soup(come_back(client, digits)).select("[value=contact]")
    page = soup(come_back(client, digits, step="contact"))
    assert "We have erased how to reach you" in page.text and not page.select("[value=contact]")
    assert not soup(come_back(client, digits)).select("[value=contact]")
    submission.refresh_from_db()
    assert (submission.contact, submission.state) == ("", "waiting")
