"""The receipt: twenty digits that let the writer come back, and nobody else.

It is derived from the token, so that sending again shows the same one, and stored as a keyed
hash. Without the pepper, which is kept outside the database, neither leads to the other.
"""

import hashlib
import hmac
import unicodedata

from django.conf import settings

DIGITS = 20  # more than 66 bits
GROUP = 4


def _keyed(purpose, text):
    return hmac.new(settings.RECEIPT_PEPPER.encode(), f"{purpose}:{text}".encode(), hashlib.sha256)


def receipt_for(secret: str) -> str:
    """Return the receipt of the token with this secret, as twenty digits."""
    return f"{int.from_bytes(_keyed('receipt', secret).digest()) % 10**DIGITS:0{DIGITS}d}"


def groups(receipt: str) -> list[str]:
    return [receipt[start : start + GROUP] for start in range(0, DIGITS, GROUP)]


def read(typed: str) -> str:
    """Return the receipt that was typed, in digits of any script and grouped in any way; "" if it
    can't be one.
    """
    digits = "".join(
        str(unicodedata.digit(character)) for character in typed if character.isdecimal()
    )
    rest = [character for character in typed if not character.isdecimal()]
    if len(digits) != DIGITS or any(
        unicodedata.category(character)[0] in "LNS" for character in rest
    ):
        return ""
    return digits


def stored(receipt: str) -> str:
    """Return what the database keeps of a receipt."""
    return _keyed("stored", receipt).hexdigest()


def find(typed: str):
    """Return the submission that this receipt belongs to, its contact left closed, or None."""
    from letters.models import Submission

    # Asked for even when it can't be one: a wrong receipt costs the same however it is wrong.
    return Submission.objects.defer("contact").filter(receipt_hash=stored(read(typed))).first()
