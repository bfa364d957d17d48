"""Sending is hers, sharing is ours: two acts, and a consent for each thing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Submission
from letters.vocabulary import Consent
from tests.letters.writer import WORDS
from tests.portal.pictures import PICTURES


def photo():
    return SimpleUploadedFile("me.jpg", PICTURES["JPEG"](), "image/jpeg")


def test_nothing_is_asked_before_she_has_seen_her_letter_and_nothing_is_ticked(alice):
    alice.open()
    assert not [name for name in alice.fields if name.startswith("may_")]
    alice.press(words=WORDS, picture=photo())
    asked = [tick["name"] for tick in alice.page.select("main [type=checkbox]")]
    assert asked == [consent.field for consent in Consent]
    assert not alice.page.select("main [type=checkbox][checked]")


def test_nothing_is_asked_about_what_is_not_there(alice):
    alice.open().press(words=WORDS)
    assert not alice.page.select("[name=may_publish_picture]")
    alice.open().press(picture=photo())
    assert not alice.page.select("[name=may_publish_words]")


@pytest.mark.parametrize("consent", list(Consent))
def test_each_consent_is_kept_by_itself(alice, consent):
    alice.open().press(words=WORDS, picture=photo())
    alice.press(step="send", **{consent.field: "on"})
    assert Submission.objects.get().consents == {consent}


def test_a_consent_for_a_picture_that_is_gone_is_none(alice):
    alice.open().press(words=WORDS, picture=photo())
    alice.press(step="change", may_publish_picture="on").press(remove_picture="on")
    alice.press(step="send", may_publish_words="on")
    assert Submission.objects.get().consents == {Consent.WORDS}


def test_answers_outlive_another_look_at_the_letter(alice):
    alice.open().press(words=f"{WORDS} Call +31 6 12345678.")
    blank = alice.page.select_one("button[name=blank]")["value"]
    alice.press(blank=blank, may_quote="on", contact="ana@example.org")
    assert alice.fields["may_quote"] == ["on"]
    assert alice.fields["contact"] == "ana@example.org"
    alice.press(step="kit").press(step="check")
    assert alice.fields["may_quote"] == ["on"]


def test_a_contact_that_is_too_long_is_said_where_it_stands(alice):
    alice.open().press(words=WORDS).press(step="send", contact="x" * 201, may_quote="on")
    assert alice.response.status_code == 422
    assert alice.page.select_one(".error-summary a")["href"] == "#id_contact"
    assert alice.page.select_one("#id_contact_error")
    assert alice.fields["words"] == WORDS and alice.fields["may_quote"] == ["on"]
    assert not Submission.objects.exists()
