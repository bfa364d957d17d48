"""The link of the answer, and the page that it leads to: who may confirm a letter, and once.

The link holds the secret of the letter's token, signed, for a week. It can't be made into a
receipt without the pepper, and it is no use after the letter is confirmed.
"""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing

LIFE = timedelta(days=7)
_SALT = "letters.mail.link"


class LinkError(Exception):
    """No link of ours."""


class LinkExpired(LinkError):
    """A link of ours, from more than a week ago."""


def to(secret: str) -> str:
    """Return the part of the address that stands for the letter with this secret."""
    return signing.dumps(secret, salt=_SALT)


def read(link: str) -> str:
    """Return the secret. Raises LinkError, LinkExpired."""
    try:
        secret = signing.loads(link, salt=_SALT, max_age=LIFE)
    except signing.SignatureExpired:
        raise LinkExpired from None
    except signing.BadSignature:
        raise LinkError from None
    return secret


def _nonce_signer(secret):
    return signing.Signer(salt=f"letters.mail.nonce.{hashlib.sha256(secret.encode()).hexdigest()}")


def nonce(secret: str) -> str:
    """Return what one opening of the page carries: sent again, it is the same confirmation."""
    return _nonce_signer(secret).sign(secrets.token_urlsafe(16))


def stored_nonce(secret: str, signed: str) -> str:
    """Return what is kept of a nonce: 64 characters. Raises LinkError if it is not of this
    letter's page."""
    try:
        return hashlib.sha256(_nonce_signer(secret).unsign(signed).encode()).hexdigest()
    except signing.BadSignature:
        raise LinkError from None
