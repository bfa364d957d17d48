"""The token of a letter that is being written.

A form that was only opened has none. The first POST mints it: 128 random bits, signed, with the
time. It is what makes sending twice one letter, and what the receipt is derived from, so it stays
in the page: addresses get a pass, which opens the unsent picture for a while and nothing else.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

LIFE = timedelta(hours=24)
PASS_LIFE = timedelta(hours=3)


class TokenError(Exception):
    """Not a token of ours, or another kind of letter's."""


class Token(NamedTuple):
    secret: str
    minted: int  # seconds since 1970
    signed: str

    @property
    def hash(self):
        return stored(self.secret)

    @property
    def age(self):
        """Seconds; 0 if the clock was set back."""
        return max(0.0, timezone.now().timestamp() - self.minted)

    @property
    def expired(self):
        return self.age > LIFE.total_seconds()


def stored(secret: str) -> str:
    """Return what the database keeps of a token; 128 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _signer(kind):
    return signing.Signer(salt=f"letters.intake.token.{kind}")


def mint(kind: str) -> Token:
    secret, minted = secrets.token_urlsafe(16), int(timezone.now().timestamp())
    return Token(secret, minted, _signer(kind).sign(f"{secret}.{minted}"))


def read(signed: str, kind: str) -> Token:
    """Return the token, also an expired one: it may have sent its letter already. Raises
    TokenError.
    """
    try:
        secret, minted = _signer(kind).unsign(signed).split(".")
    except (signing.BadSignature, ValueError):
        raise TokenError("This is no token of ours.") from None
    return Token(secret, int(minted), signed)


def picture_pass(token_hash: str) -> str:
    return signing.dumps(token_hash, salt="letters.intake.pass")


def read_pass(passed: str) -> str:
    """Return the hash of the token that the pass belongs to. Raises TokenError, also when it is
    too old.
    """
    try:
        return signing.loads(passed, salt="letters.intake.pass", max_age=PASS_LIFE)
    except signing.BadSignature:
        raise TokenError("This pass opens nothing.") from None
