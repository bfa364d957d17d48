"""What only a few may read is not readable in the database, nor without the key."""

import base64
import struct

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection

from letters.intake.receive import receive
from letters.models import Submission
from portal.private import WrongKey, decrypt_bytes, encrypt_bytes

CONTACT = "canary-7f3@example.org"


@pytest.fixture
def letter(db):
    draft = {"kind": "survivor", "words": "You are not alone.", "contact": CONTACT}
    return receive(draft, "secret-of-this-letter")[0]


def column(submission):
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM letters_submission WHERE id = %s", [submission.pk])
        return cursor.fetchone()[0]


def test_a_contact_comes_back_as_it_was_given(letter):
    letter.refresh_from_db()
    assert letter.contact == CONTACT


def test_the_database_holds_no_word_of_it(letter):
    assert "canary" not in column(letter)
    assert b"canary" not in base64.urlsafe_b64decode(column(letter))


def test_the_same_contact_looks_different_every_time(letter):
    before = column(letter)
    letter.save()
    assert column(letter) != before


def test_no_contact_is_an_empty_text(db):
    submission, _receipt = receive({"kind": "survivor", "words": "You are not alone."}, "other")
    assert column(submission) == ""
    assert list(Submission.objects.filter(contact="")) == [submission]


def test_a_contact_cannot_be_searched_for(letter):
    for lookup in ("contact", "contact__contains", "contact__startswith", "contact__in"):
        with pytest.raises(FieldError):
            list(Submission.objects.filter(**{lookup: CONTACT}))


def test_the_time_of_encryption_is_not_beside_it():
    opened = base64.urlsafe_b64decode(encrypt_bytes(b"picture"))
    assert struct.unpack(">Q", opened[1:9])[0] == 0


def test_an_older_key_still_opens_and_a_newer_one_closes(settings):
    data = encrypt_bytes(b"picture")
    newer = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [newer, *settings.FIELD_KEYS]
    assert decrypt_bytes(data) == b"picture"
    assert Fernet(newer).decrypt(encrypt_bytes(b"picture")) == b"picture"


def test_a_wrong_key_fails_loudly(settings):
    data = encrypt_bytes(b"picture")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(WrongKey):
        decrypt_bytes(data)


def test_changed_data_fails_loudly():
    data = bytearray(encrypt_bytes(b"picture"))
    data[-10] ^= 1
    with pytest.raises(WrongKey):
        decrypt_bytes(bytes(data))
