"""What was put back into the queue, and what was added to a public letter, is undone exactly: for
ten minutes, and never where it would bring back what was taken out since."""

import pytest
import time_machine
from django.utils import timezone
from wagtail.images import get_image_model

from letters.models import AlreadyDecided, Former, Letter, Report, Submission
from letters.models.decision import UNDO
from portal import outbox
from tests.letters.decided import DESK, LIST, correct, messages, minutes_later, now, published
from tests.letters.submissions import waiting
from tests.people import person

# Wagtail leaves the temporary files of its renditions open.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

WORDS, PICTURE = "words", "picture"


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


def last(submission):
    return submission.decisions.latest("pk")


def addition(submission):
    return submission.decisions.filter(act="publish").last()


def undo(desk, submission, decision=None):
    """What she is told."""
    decision = decision or submission.decisions.standing().latest("pk")
    return messages(desk.post(f"{DESK}undo/{decision.pk}/", follow=True))


def as_readers_see(letter):
    """All that is stored of it."""
    return Letter.objects.filter(pk=letter.pk).values().get()


def with_an_addition(moderator, **fields):
    """A public letter with words, of which the picture was published a moment ago; and what was
    stored of it before."""
    submission = waiting(
        **{"words": "Call Joan tonight.", "with_picture": True, "picture_alt": "A page"} | fields
    )
    submission.allow({WORDS})
    now(submission).publish(moderator, redactions=[["words", 5, 9, "name"]])
    before = as_readers_see(now(submission).letter)
    now(submission).allow({WORDS, PICTURE})
    added = now(submission)
    added.publish(moderator, picture_alt="A page", redactions=[], transcript="It says hello")
    return now(submission), before


# -------------------------------------------------------------------- put back


def test_a_public_letter_that_was_put_back_is_public_again_as_it_was(desk, client, amal):
    submission = published(amal, with_picture=True, picture_alt="A page", words="Joan wrote.")
    correct(desk, submission, phrases="Joan")
    before, page = as_readers_see(submission.letter), submission.letter.address
    picture = submission.letter.picture
    row = Submission.objects.filter(pk=submission.pk).values().get()
    desk.post(f"{LIST}{submission.pk}/put-back/")
    assert client.get(page).status_code == 404 and now(submission).letter is None
    assert "Undone." in undo(desk, submission)
    assert client.get(page).status_code == 200
    assert as_readers_see(submission.letter) == before
    assert picture.file.storage.exists(picture.file.name)
    assert Submission.objects.filter(pk=submission.pk).values().get() == row
    assert not Former.objects.exists()


def test_its_page_and_her_list_offer_to_undo_it(desk, amal):
    submission = published(amal)
    said = desk.post(f"{LIST}{submission.pk}/put-back/", follow=True)
    assert "You can undo this for ten minutes." in messages(said)
    button = f'action="{DESK}undo/{last(submission).pk}/"'
    assert button in said.content.decode()
    assert button in desk.get(LIST, {"mine": "1"}).content.decode()


def test_nobody_finds_it_in_the_library_or_among_the_letters_meanwhile(admin_client, site, amal):
    submission = published(amal, with_picture=True, picture_alt="A page")
    code = submission.letter.code
    listing = "/admin/snippets/letters/letter/"
    here = f"{LIST}{submission.pk}/"
    assert here in admin_client.get(listing).content.decode()
    submission.put_back(amal)
    assert len(admin_client.get(listing).context["object_list"]) == 0
    assert admin_client.get("/admin/images/").context["images"].count() == 0
    with pytest.raises(Letter.DoesNotExist):
        Report.take(Letter.objects.get(code=code), reason="about-me")


def test_a_declined_letter_that_was_put_back_is_declined_again_with_its_note(desk, amal):
    submission = waiting(with_picture=True)
    submission.traces.create(of="picture", band=1)
    submission.decline(amal, "hate", note="It calls somebody names.")
    assert submission.traces.filter(refused=True).exists()
    desk.post(f"{LIST}{submission.pk}/put-back/")
    assert now(submission).note == "" and not submission.traces.filter(refused=True).exists()
    undo(desk, submission)
    assert (now(submission).state, now(submission).note) == ("declined", "It calls somebody names.")
    assert submission.traces.filter(refused=True).exists()


def test_what_was_taken_down_and_put_back_is_undone_step_by_step(desk, client, amal):
    submission = published(amal)
    page = submission.letter.address
    submission.take_down(amal, "spam")
    now(submission).put_back(amal)
    undo(desk, submission)
    assert (now(submission).state, client.get(page).status_code) == ("declined", 404)
    undo(desk, submission)
    assert (now(submission).state, client.get(page).status_code) == ("published", 200)


def test_after_ten_minutes_it_waits_for_good_and_nothing_is_left_of_it(desk, amal):
    submission = published(amal, with_picture=True, picture_alt="A page")
    desk.post(f"{LIST}{submission.pk}/put-back/")
    decision = last(submission)
    minutes_later(9)
    assert Letter.objects.count() == 1
    minutes_later(11)
    assert not Letter.objects.exists() and not get_image_model().objects.exists()
    assert not Former.objects.exists()
    with time_machine.travel(timezone.now() + UNDO), pytest.raises(AlreadyDecided):
        now(submission).undo(decision, amal)


def test_once_it_is_published_anew_putting_it_back_is_not_undone(desk, client, amal, bea):
    submission = published(amal)
    page = submission.letter.address
    submission.put_back(amal)
    decision = last(submission)
    now(submission).publish(bea)
    assert Letter.objects.count() == 1 and client.get(page).status_code == 200
    with pytest.raises(AlreadyDecided):
        now(submission).undo(decision, amal)


@pytest.mark.parametrize(
    "act",
    [
        lambda submission: submission.blank_out(["Joan"]),
        lambda submission: submission.allow({PICTURE}),
        lambda submission: submission.withdraw(),
    ],
    ids=["blanked out", "allowed less", "withdrawn"],
)
def test_what_its_writer_takes_out_meanwhile_does_not_come_back(desk, amal, act):
    submission = published(amal, words="Joan wrote.", with_picture=True, picture_alt="A page")
    submission.put_back(amal)
    decision = last(submission)
    act(now(submission))
    assert not Letter.objects.exists() and not get_image_model().objects.exists()
    page = desk.get(LIST, {"mine": "1"}).content.decode()
    assert f"/undo/{decision.pk}/" not in page
    with pytest.raises(AlreadyDecided):
        now(submission).undo(decision, amal)


# ---------------------------------------------------------------- an addition


def test_undoing_an_addition_leaves_the_letter_public_as_it_was_and_the_addition_waits(
    desk, client, amal
):
    submission, before = with_an_addition(amal)
    assert as_readers_see(submission.letter) != before
    assert submission.letter.picture_id and submission.state == "published"
    assert "Undone." in undo(desk, submission, addition(submission))
    submission = now(submission)
    assert as_readers_see(submission.letter) == before
    assert client.get(submission.letter.address).status_code == 200
    assert (submission.state, submission.held) == ("waiting", ["more-allowed"])
    assert Letter.objects.count() == 1 and not get_image_model().objects.exists()
    assert not Former.objects.exists()
    submission.publish(amal, picture_alt="A page")
    assert now(submission).letter.picture_id


def test_the_picture_that_readers_saw_before_is_there_again(
    desk, amal, django_capture_on_commit_callbacks
):
    submission = published(amal, with_picture=True, picture_alt="A page", title="To you")
    submission.allow({PICTURE})
    before = as_readers_see(now(submission).letter)
    now(submission).allow({WORDS, PICTURE})
    outbox.drain()
    sizes = Letter.objects.get().picture.renditions
    assert sizes.exists()
    with django_capture_on_commit_callbacks(execute=True):
        now(submission).publish(amal, boxes=[[0.1, 0.1, 0.5, 0.5]])
    assert not sizes.exists()  # nobody finds it meanwhile
    assert now(submission).letter.picture_id != before["picture_id"]
    undo(desk, submission, addition(submission))
    outbox.drain()
    letter = now(submission).letter
    assert as_readers_see(letter) == before and letter.words == ""
    assert get_image_model().objects.get().pk == before["picture_id"]
    assert letter.picture.file.storage.exists(letter.picture.file.name)
    assert letter.picture.renditions.exists()


def test_what_readers_saw_before_an_addition_is_kept_for_ten_minutes(amal):
    submission, _before = with_an_addition(amal)
    assert Letter.objects.filter(hidden=True).count() == 1
    minutes_later(11)
    assert Letter.objects.get() == submission.letter and not Former.objects.exists()


def test_words_that_were_left_out_since_do_not_come_back_with_the_former_letter(desk, amal):
    submission, _before = with_an_addition(amal)
    decision = addition(submission)
    correct(desk, submission, phrases="tonight")
    assert "tonight" not in repr(list(Letter.objects.values()))
    with pytest.raises(AlreadyDecided):
        now(submission).undo(decision, amal)
    assert "tonight" not in now(submission).letter.words


def test_a_reported_addition_is_decided_among_the_reports(amal):
    submission, _before = with_an_addition(amal)
    Report.take(submission.letter, reason="about-me")
    with pytest.raises(AlreadyDecided):
        submission.undo(addition(submission), amal)
    assert now(submission).letter.picture_id


def test_undoing_a_first_publication_takes_the_whole_letter_back(desk, amal):
    submission = published(amal)
    undo(desk, submission)
    assert now(submission).state == "waiting" and not Letter.objects.exists()
