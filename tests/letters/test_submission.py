"""What may happen to a letter that was sent in."""

import threading

import pytest
from django.core.files.storage import default_storage, storages
from django.db import connection, transaction
from django.db.models import ProtectedError
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex, Revision

from home.models import HomePage
from letters.models import AlreadyDecided, Decision, Letter, LetterIndexPage, Submission
from portal import outbox
from portal.models import Job
from tests.letters.submissions import waiting
from tests.people import person
from tests.trees import child, plant, publish


@pytest.fixture
def amal(db):
    return person("amal", "Moderators")


def stored(storage, folder):
    try:
        return storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


# ---------------------------------------------------------------------- deciding


def test_publishing_makes_a_public_letter_of_the_public_parts(amal):
    submission = waiting(
        title="To you",
        words="You are not alone.",
        signature="Ana",
        content_notes=["threats"],
        contact="ana@example.org",
        language="es",
    )
    letter = submission.publish(amal)
    assert (letter.kind, letter.language, letter.title) == ("survivor", "es", "To you")
    assert (letter.words, letter.signature) == ("You are not alone.", "Ana")
    assert letter.content_notes_codes == ["threats"]
    assert "ana@example.org" not in repr(Letter.objects.values().get())
    submission.refresh_from_db()
    assert (submission.state, submission.letter) == ("published", letter)


def test_a_decision_says_who_what_and_why(amal):
    submission = waiting()
    submission.decline(amal, "spam")
    decision = Decision.objects.get()
    assert (decision.submission, decision.moderator) == (submission, amal)
    assert (decision.act, decision.reason) == ("decline", "spam")


def test_without_consent_nothing_is_published(amal):
    submission = waiting(may_publish_words=False)
    with pytest.raises(ValueError, match="agreed"):
        submission.publish(amal)
    assert not Letter.objects.exists() and not Decision.objects.exists()


def test_a_picture_without_a_description_is_not_published(amal):
    submission = waiting(with_picture=True)
    with pytest.raises(ValueError, match="description"):
        submission.publish(amal)
    assert submission.publish(amal, picture_alt="A page of handwriting").picture_alt


@pytest.mark.parametrize("first", ["publish", "decline", "withdraw"])
@pytest.mark.parametrize("second", ["publish", "decline"])
def test_what_is_decided_is_not_decided_again(amal, first, second):
    acts = {
        "publish": lambda submission: submission.publish(amal),
        "decline": lambda submission: submission.decline(amal, "spam"),
        "withdraw": lambda submission: submission.withdraw(),
    }
    submission = waiting()
    stale = Submission.objects.get(pk=submission.pk)
    acts[first](submission)
    before = (Letter.objects.count(), Decision.objects.count())
    with pytest.raises(AlreadyDecided):
        acts[second](stale)
    assert (Letter.objects.count(), Decision.objects.count()) == before


def at_once(*acts):
    """Runs each in a thread with a connection of its own; gives results or errors."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_of_two_moderators_at_once_one_decides(transactional_db):
    submission = waiting(with_picture=True, picture_alt="A page")
    copies = [Submission.objects.get(pk=submission.pk) for _ in range(4)]
    results = at_once(
        lambda: copies[0].publish(None),
        lambda: copies[1].decline(None, "spam"),
        lambda: copies[2].publish(None),
        lambda: copies[3].decline(None, "spam"),
    )
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 3, results
    assert Decision.objects.count() == 1
    published = Letter.objects.count()
    assert published == (Submission.objects.get().state == "published")
    assert get_image_model().objects.count() == published
    assert len(stored(storages["private"], "original_images")) == published


def test_a_writer_and_a_moderator_at_once_leave_nothing_public(transactional_db):
    for _round in range(3):
        submission = waiting()
        copies = [Submission.objects.get(pk=submission.pk) for _ in range(2)]
        results = at_once(lambda c=copies: c[0].publish(None), lambda c=copies: c[1].withdraw())
        assert results[1] is None, results
        submission.refresh_from_db()
        assert submission.state == "withdrawn"
        assert not Letter.objects.exists()


# -------------------------------------------------------------------- blanking out


def test_blanked_words_are_nowhere_in_the_public_letter(amal):
    words = "Marisol of Quito wrote this. Call Marisol."
    spans = [("words", *span) for span in [(0, 7, "name"), (11, 16, "place"), (34, 41, "name")]]
    submission = waiting(words=words)
    letter = submission.publish(amal, redactions=spans)
    assert letter.words == "⟦name⟧ of ⟦place⟧ wrote this. Call ⟦name⟧."
    row = repr(Letter.objects.values().get(pk=letter.pk)).lower()
    assert "marisol" not in row and "quito" not in row
    assert letter.was_redacted
    acts = Decision.objects.values_list("act", flat=True)
    assert sorted(acts) == ["publish", "redact"]


# ------------------------------------------------------------------------ decisions


def test_a_decision_is_not_changed(amal):
    waiting().decline(amal, "spam")
    decision = Decision.objects.get()
    decision.reason = "hate"
    for change in (
        decision.save,
        decision.delete,
        lambda: Decision.objects.update(reason="hate"),
        lambda: Decision.objects.all().delete(),
        lambda: Decision.objects.bulk_update([decision], ["reason"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            change()
    assert Decision.objects.get().reason == "spam"


def test_a_decision_outlives_its_moderator_and_holds_its_submission(amal):
    submission = waiting()
    submission.decline(amal, "spam")
    amal.delete()
    assert Decision.objects.get().moderator is None
    with pytest.raises(ProtectedError):
        submission.delete()


def test_names_of_rows_hold_no_word_of_a_letter(amal):
    submission = waiting(title="Canary", words="Canary", signature="Canary", addressee="Canary")
    letter = submission.publish(amal)
    for thing in (submission, letter, Decision.objects.get()):
        assert "canary" not in (str(thing) + repr(thing)).lower()


# ----------------------------------------------------------------------- taking back


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_withdrawn_letter_is_gone_everywhere(transactional_db, client, amal):
    site = plant("en", "es")
    child(site.en, LetterIndexPage, "Letters", slug="letters")
    submission = waiting(
        words="Canary words of hers", with_picture=True, picture_alt="Canary", signature="Canary"
    )
    other = waiting(words="Another letter", may_quote=True).publish(amal)
    letter = submission.publish(amal)
    site.en.body = [("letters", {"title": "Read", "letters": [letter, other]})]
    publish(site.en)
    outbox.drain()
    renditions = [r.file.name for r in letter.picture.renditions.all()]
    assert renditions and all(default_storage.exists(name) for name in renditions)
    places = {
        "page": letter.address,
        "gallery": "/en/letters/",
        "search": "/en/letters/?q=canary",
        "feed": "/en/letters.atom",
        "sitemap": "/sitemap-en-letters-1.xml",
        "block": "/en/",
        "picture": f"/media/{renditions[0]}",
    }
    for name, place in places.items():
        answer = client.get(place)
        body = answer.getvalue()
        answer.close()
        assert answer.status_code == 200, name
        if name != "picture":
            assert letter.code in body.decode(), name

    submission.withdraw()

    for name, place in places.items():
        answer = client.get(place)
        body = answer.getvalue()
        answer.close()
        assert answer.status_code == (404 if name in ("page", "picture") else 200), name
        if name != "picture":
            assert letter.code not in body.decode(), name
            assert "Canary" not in body.decode(), name
    assert "Another letter" in client.get("/en/").content.decode()
    assert not get_image_model().objects.exists()
    assert stored(storages["private"], "original_images") == []
    assert stored(storages["private"], "letters") == []
    assert stored(default_storage, "images") == []
    assert "Canary" not in repr(Submission.objects.filter(pk=submission.pk).values())
    assert not ReferenceIndex.objects.filter(to_object_id=str(letter.pk)).exclude(
        base_content_type__model="homepage"
    )
    assert "Canary" not in repr(list(Revision.objects.values_list("content")))
    assert HomePage.objects.get(pk=site.en.pk).live


def test_a_waiting_and_a_declined_letter_can_be_taken_back(amal):
    declined = waiting(words="Canary")
    declined.decline(amal, "spam")
    for submission in (waiting(words="Canary"), declined):
        submission.withdraw()
        submission.refresh_from_db()
        assert (submission.state, submission.words) == ("withdrawn", "")


def test_taking_back_twice_changes_nothing(amal):
    submission = waiting()
    submission.publish(amal)
    submission.withdraw()
    submission.withdraw()
    assert not Letter.objects.exists()
    assert Submission.objects.get().state == "withdrawn"


def test_a_letter_published_meanwhile_is_taken_back_too(amal):
    submission = waiting()
    hers = Submission.objects.get(pk=submission.pk)
    submission.publish(amal)
    hers.withdraw()
    assert not Letter.objects.exists()
    submission.refresh_from_db()
    assert (submission.state, submission.words) == ("withdrawn", "")


def test_a_picture_that_nobody_published_is_not_in_the_library(amal):
    submission = waiting(with_picture=True, picture_alt="A page")
    stale = Submission.objects.get(pk=submission.pk)
    submission.decline(amal, "spam")
    with pytest.raises(AlreadyDecided):
        stale.publish(amal)
    assert not get_image_model().objects.exists()
    assert stored(storages["private"], "original_images") == []
    assert not Job.objects.exists()
