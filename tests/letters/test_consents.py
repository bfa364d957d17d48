"""Four consents, each honoured on every surface."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.models import Letter, NoConsent
from letters.vocabulary import Consent
from portal import outbox
from tests.letters.surfaces import Marked, Surfaces

# Willow leaves files to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

CONSENTS = [consent.value for consent in Consent]
ALL_SETS = [set(some) for size in range(5) for some in combinations(CONSENTS, size)]
SHAPES = {"words": (True, False), "picture": (False, True), "both": (True, True)}


@pytest.fixture
def surfaces(site, client, monkeypatch):
    return Surfaces(site, client, monkeypatch)


def expected(words, picture, may_quote, may_translate):
    """Where each piece of a letter is to be seen. words, picture: shown at all."""
    there = {"letter"} if words or picture else set()
    text = {"words", "title"} if words else set()
    alt = {"alt"} if picture else set()
    quoted = text | alt if may_quote else set()
    return {
        "page": there | text | alt,
        "preview": there | text | alt,
        "gallery": there | text | alt,
        "feed": there | (text or alt),
        "sitemap": there,
        "search for words": {"letter"} if words else set(),
        "search for alt": {"letter"} if picture else set(),
        "newest": there | quoted,
        "block": there | quoted,
        "head": {"words"} if words and may_quote else set(),
        "quoting": (there | text) if may_quote else set(),
        "translation": (there | text) if may_translate else set(),
    }


def compare(surfaces, marked, shared, wanted):
    found = surfaces.of(marked, shared)
    files = found.pop("files")
    assert found == wanted
    assert bool(files) == ("alt" in wanted["page"])


def test_sixteen_consents_by_three_kinds_of_letter_on_every_surface(surfaces):
    cases = []
    for consents in ALL_SETS:
        for has_words, has_picture in SHAPES.values():
            marked = Marked(consents, has_words, has_picture, campaign=surfaces.campaign)
            words = has_words and "words" in consents
            picture = has_picture and "picture" in consents
            if words or picture:
                marked.submission.publish(None)
            else:
                with pytest.raises(NoConsent):
                    marked.submission.publish(None)
            may = "quote" in consents, "translate" in consents
            cases.append((marked, expected(words, picture, *may)))
    assert len(cases) == 48
    assert Letter.objects.count() == 32 - 4
    outbox.drain()
    surfaces.feature(list(Letter.objects.all()))
    shared = surfaces.look()
    for marked, wanted in cases:
        compare(surfaces, marked, shared, wanted)


SOME = st.sets(st.sampled_from(CONSENTS))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=SOME, after=SOME, shape=st.sampled_from(list(SHAPES)))
def test_a_consent_taken_back_is_honoured_at_once_and_a_new_one_after_a_decision(
    surfaces, before, after, shape
):
    has_words, has_picture = SHAPES[shape]
    marked = Marked(before, has_words, has_picture, campaign=surfaces.campaign)
    if marked.submission.is_publishable:
        marked.submission.publish(None)
    was_public = marked.letter is not None
    marked.submission.allow(after)

    def shows(consents):
        words = has_words and "words" in consents
        picture = has_picture and "picture" in consents
        return expected(words, picture, "quote" in after, "translate" in after)

    check(surfaces, marked, shows(before & after) if was_public else expected(*[False] * 4))
    marked.submission.refresh_from_db()
    if marked.submission.state == "waiting" and marked.submission.is_publishable:
        marked.submission.publish(None)
        check(surfaces, marked, shows(after))


def check(surfaces, marked, wanted):
    outbox.drain()
    letter = marked.letter
    surfaces.feature([letter] if letter else [])
    compare(surfaces, marked, surfaces.look(), wanted)
