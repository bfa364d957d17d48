"""Keys can be changed: afterwards the new one alone opens everything."""

import base64

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.utils import timezone

from letters.intake import picture
from letters.mail import reply
from letters.models import IncomingMail, PendingPicture, Report, Submission
from portal.models import Job
from portal.private import WrongKey, decrypt_bytes, encrypt_bytes
from tests.letters.submissions import waiting

CONTACT = "ana@example.org"


@pytest.fixture
def kept(db):
    """Something of everything that is encrypted."""
    letter = waiting(with_picture=True, contact=CONTACT, appeal="Please look again.")
    Report.objects.create(reason="about-me", words="It is me.", made=timezone.now())
    pending = PendingPicture.objects.create(
        token_hash="a",
        name=picture.store(picture.load(letter.picture_name).webp),
        made=timezone.now(),
    )
    mail = IncomingMail.objects.create(
        raw=encrypt_bytes(b"From: ana"), message_hash="a", body_hash="b", received=timezone.now()
    )
    reply.enqueue(CONTACT, "en", "secret")
    return letter.pk, pending.pk, mail.pk


def opened(kept):
    letter, pending, mail = kept
    submission = Submission.objects.get(pk=letter)
    return [
        submission.contact,
        submission.appeal,
        Report.objects.get().words,
        picture.load(submission.picture_name).width,
        picture.load(PendingPicture.objects.get(pk=pending).name).width,
        decrypt_bytes(bytes(IncomingMail.objects.get(pk=mail).raw)),
        decrypt_bytes(base64.b64decode(Job.objects.get(name=reply.JOB).payload["sealed"])),
    ]


def test_after_a_rotation_the_new_key_opens_everything_alone(
    kept, settings, django_capture_on_commit_callbacks
):
    before = opened(kept)
    old, new = settings.FIELD_KEYS, Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, *old]
    with django_capture_on_commit_callbacks(execute=True):
        call_command("rotate_keys", verbosity=0)
    settings.FIELD_KEYS = [new]
    assert opened(kept) == before
    settings.FIELD_KEYS = old
    with pytest.raises(WrongKey):
        opened(kept)


def test_with_a_wrong_key_it_stops_and_nothing_is_lost(kept, settings):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(WrongKey):
        call_command("rotate_keys", verbosity=0)
    settings.FIELD_KEYS = old
    assert opened(kept)[0] == CONTACT
