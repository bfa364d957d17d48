"""Encryption of what only a few may read: contacts, and pictures nobody has decided about yet.

The keys are in `settings.FIELD_KEYS`, outside the database, newest first: the first one encrypts,
all of them decrypt. To change keys put a new one in front, run `manage.py rotate_keys`, then drop
the old one.
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull

rotations = []  # functions that encrypt anew what is in no EncryptedTextField; apps add theirs


class WrongKey(Exception):
    """None of the keys opens this: it was encrypted with another one, or it was changed."""


@lru_cache(maxsize=8)
def _box(keys):
    return MultiFernet([Fernet(key) for key in keys])


def _current_box():
    return _box(tuple(settings.FIELD_KEYS))


def encrypt_bytes(data: bytes) -> bytes:
    # Fernet writes the second of encryption in clear beside the data. When somebody wrote is
    # nobody's business.
    return _current_box().encrypt_at_time(data, current_time=0)


def decrypt_bytes(data: bytes) -> bytes:
    """Raises WrongKey."""
    try:
        return _current_box().decrypt(data)
    except InvalidToken:
        raise WrongKey("None of the keys in FIELD_KEYS opens this data.") from None


class EncryptedTextField(models.TextField):
    """Text that the database can't read. It can't be searched; only "is it empty?" can be asked."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt_bytes(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        return decrypt_bytes(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name):
        return {"exact": _IsEmpty, "isnull": IsNull}.get(lookup_name)


class _IsEmpty(Exact):
    def get_prep_lookup(self):
        if self.rhs != "":
            raise FieldError("An encrypted field can only be compared with the empty text.")
        return self.rhs
