"""What a writer allows can be changed later, and is honoured at once."""

from itertools import product

import pytest
from django.core.files.storage import default_storage, storages
from django.utils import timezone
from wagtail.images import get_image_model

from letters.intake import picture
from letters.models import AlreadyDecided, Letter, Report, Submission
from letters.models.moderators_acts import ChangedMeanwhile
from letters.vocabulary import Consent
from portal import outbox
from portal.picture import clean_picture
from tests.letters.submissions import waiting
from tests.portal.pictures import red_left_blue_right, saved

# Wagtail leaves the temporary files of its renditions open.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

WORDS, PICTURE, QUOTE, TRANSLATE = Consent
ALL = set(Consent)


@pytest.fixture
def published(transactional_db):
    """A letter with words and a picture, and all of it public."""
    submission = waiting(
        title="Canary title",
        words="Canary words",
        signature="Ana",
        with_picture=True,
        picture_alt="A drawing",
        may_quote=True,
        may_translate=True,
    )
    submission.publish(None)
    outbox.drain()
    return submission


def as_it_is(submission):
    return Submission.objects.get(pk=submission.pk)


def files(storage, folder):
    try:
        return storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def test_without_its_words_a_letter_keeps_only_the_picture(client, published, site):
    address = published.letter.address
    published.allow({PICTURE})
    letter = Letter.objects.get()
    assert (letter.title, letter.words, letter.excerpt) == ("", "", "")
    assert letter.picture is not None and letter.picture_alt == "A drawing"
    assert "canary" not in repr(Letter.objects.values().get()).lower()
    assert as_it_is(published).state == "published"
    page = client.get(address)
    assert page.status_code == 200 and "Canary" not in page.content.decode()


def test_without_its_picture_nothing_of_it_is_left_in_public(client, published, site):
    names = [rendition.file.name for rendition in published.letter.picture.renditions.all()]
    assert names and all(default_storage.exists(name) for name in names)
    published.allow({WORDS})
    letter = Letter.objects.get()
    assert (letter.picture, letter.picture_alt, letter.words) == (None, "", "Canary words")
    assert not get_image_model().objects.exists()
    assert not any(default_storage.exists(name) for name in names)
    assert {client.get(f"/media/{name}").status_code for name in names} == {404}
    assert files(storages["private"], "original_images") == []
    assert as_it_is(published).picture_name  # she may allow it again


def test_with_neither_the_letter_is_gone_and_kept_back(client, published, site):
    address = published.letter.address
    Report.objects.create(letter=published.letter, reason="other", made=timezone.now())
    published.allow({QUOTE, TRANSLATE})
    assert client.get(address).status_code == 404
    assert not Letter.objects.exists() and not get_image_model().objects.exists()
    row = as_it_is(published)
    assert (row.state, row.words, row.letter) == ("kept", "Canary words", None)
    assert Report.objects.get().state == "granted"


def test_quoting_and_translating_are_honoured_at_once_both_ways(published):
    published.allow({WORDS, PICTURE})
    assert not Letter.objects.quotable().exists() and not Letter.objects.translatable().exists()
    published.allow({WORDS, PICTURE, QUOTE})
    assert Letter.objects.quotable().exists() and not Letter.objects.translatable().exists()
    published.allow(ALL)
    assert Letter.objects.translatable().exists()
    assert as_it_is(published).state == "published"


def test_words_newly_allowed_wait_for_a_decision_while_the_letter_stays(published, db):
    published.allow({PICTURE})
    before = timezone.now()
    published.allow(ALL)
    row = as_it_is(published)
    assert (row.state, row.held) == ("waiting", ["more-allowed"])
    assert before <= row.due <= timezone.now()
    letter = Letter.objects.get()
    assert letter.words == "" and letter.may_quote
    code, picture_id = letter.code, letter.picture_id
    row.publish(None)
    letter = Letter.objects.public().get()
    assert (letter.code, letter.words) == (code, "Canary words")
    assert letter.picture_id != picture_id


def test_what_was_blanked_out_stays_so_when_more_is_published(db):
    submission = waiting(
        words="Canary Joan words", with_picture=True, picture_alt="A drawing", title="To you"
    )
    submission.allow({WORDS})
    as_it_is(submission).publish(None, redactions=[("words", 7, 11, "name")])
    as_it_is(submission).allow({WORDS, PICTURE})
    as_it_is(submission).publish(None)
    letter = Letter.objects.public().get()
    assert letter.words == "Canary ⟦name⟧ words" and letter.was_redacted
    assert letter.picture_id and letter.title == "To you"


def test_a_letter_that_was_hidden_meanwhile_stays_hidden_when_more_is_published(published):
    published.allow({PICTURE})
    published.allow(ALL)
    row = as_it_is(published)
    assert row.letter.hidden is False  # as the moderator's page has read it
    Report.take(Letter.objects.get(), reason="about-me")
    row.publish(None)
    assert as_it_is(published).letter.hidden


def test_she_may_change_her_mind_while_more_is_waiting(published):
    published.allow({PICTURE})
    published.allow({PICTURE, WORDS})
    published.allow({PICTURE})
    assert as_it_is(published).state == "published"
    assert Letter.objects.get().words == ""


def test_a_letter_that_was_kept_back_waits_again(db):
    submission = waiting()
    submission.allow(set())
    assert as_it_is(submission).state == "kept"
    submission.allow({TRANSLATE})
    assert as_it_is(submission).state == "kept"
    submission.allow({WORDS})
    assert as_it_is(submission).state == "waiting"
    submission.publish(None)
    assert Letter.objects.get().words == "You are not alone."


def test_a_picture_that_was_never_there_needs_no_decision(db):
    submission = waiting(may_publish_picture=False)
    submission.publish(None)
    submission.allow({WORDS, PICTURE})
    assert as_it_is(submission).state == "published"


def test_what_was_erased_cannot_be_allowed_again(published):
    published.allow({PICTURE, QUOTE})
    published.erase()
    assert published.allow(ALL) == {WORDS}
    row = as_it_is(published)
    assert row.consents == {PICTURE, QUOTE, TRANSLATE}
    assert row.state == "published"
    assert published.allow(set()) == set()
    assert as_it_is(published).state == "kept" and not Letter.objects.exists()
    assert published.allow(ALL) == {WORDS, PICTURE}
    assert as_it_is(published).state == "kept"


def test_a_hidden_letter_stays_hidden(published):
    Letter.objects.update(hidden=True)
    published.allow({WORDS})
    assert Letter.objects.get().hidden


def test_what_was_taken_back_is_not_changed(db):
    submission = waiting()
    stale = as_it_is(submission)
    submission.withdraw()
    assert stale.allow(ALL) == set()
    assert as_it_is(submission).state == "withdrawn"


def test_a_decision_made_meanwhile_is_not_lost(db):
    submission = waiting()
    hers = as_it_is(submission)
    submission.publish(None)
    hers.allow({WORDS, QUOTE})
    row = as_it_is(submission)
    assert row.state == "published" and Letter.objects.get().may_quote
    hers = as_it_is(submission)
    hers.allow(set())
    assert not Letter.objects.exists()


def test_a_moderator_who_read_it_before_publishes_nothing_that_she_took_out(db):
    submission = waiting(with_picture=True, picture_alt="A page", may_publish_words=True)
    stale = as_it_is(submission)
    submission.allow({PICTURE})
    with pytest.raises(ChangedMeanwhile):
        stale.publish(None)
    stale = as_it_is(submission)
    submission.blank_out(["page"])
    with pytest.raises(AlreadyDecided):
        stale.publish(None)
    assert not Letter.objects.exists() and not get_image_model().objects.exists()
    assert as_it_is(submission).state == "waiting"
    as_it_is(submission).publish(None)
    assert Letter.objects.get().picture_alt == "A […]"


def test_a_decline_meets_the_letter_as_it_is_now(published):
    published.allow({WORDS})
    published.allow({WORDS, PICTURE})
    stale = as_it_is(published)
    published.allow({PICTURE})  # the letter is gone, its picture still waits
    with pytest.raises(ChangedMeanwhile):
        stale.decline(None, "spam")
    as_it_is(published).decline(None, "spam")
    assert as_it_is(published).state == "declined"


COMBINATIONS = [
    {consent for consent, chosen in zip(Consent, choice, strict=True) if chosen}
    for choice in product([True, False], repeat=4)
]


@pytest.fixture(scope="module")
def drawing():
    return clean_picture(saved(red_left_blue_right(), "JPEG")).webp


@pytest.mark.parametrize(
    "after", COMBINATIONS, ids=lambda consents: "+".join(sorted(consents)) or "none"
)
def test_from_any_answer_the_letter_shows_what_she_allows_and_no_more(db, drawing, after):
    for before in ({WORDS, PICTURE}, {WORDS}, {PICTURE}):
        submission = waiting(
            picture_name=picture.store(drawing),
            picture_alt="A drawing",
            **{consent.field: consent in before for consent in Consent},
        )
        submission.publish(None)
        submission.allow(after)
        row, letter = as_it_is(submission), as_it_is(submission).letter
        assert row.consents == after
        seen = before & after & {WORDS, PICTURE}
        assert (letter is None) == (not seen)
        if letter:
            assert bool(letter.words) == (WORDS in seen)
            assert bool(letter.picture) == (PICTURE in seen)
            assert (letter.may_quote, letter.may_translate) == (QUOTE in after, TRANSLATE in after)
        more = after & {WORDS, PICTURE} - before
        assert row.state == ("waiting" if more else "published" if seen else "kept")
