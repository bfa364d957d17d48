"""The receipt: twenty digits, or six words, that let the writer come back, and nobody else.

It is derived from the token, so that sending again shows the same one, and stored as a keyed
hash. Without the pepper, which is kept outside the database, neither leads to the other.
"""

import hashlib
import hmac
import unicodedata

from django.conf import settings
from django.db.models import BooleanField, Case, Value, When

from letters.intake import receipt_words

DIGITS = 20  # more than 66 bits
GROUP = 4
TYPED = 300  # characters; six long words, and what people put between them


def _keyed(purpose, text):
    return hmac.new(settings.RECEIPT_PEPPER.encode(), f"{purpose}:{text}".encode(), hashlib.sha256)


def receipt_for(secret: str) -> str:
    """Return the receipt of the token with this secret, as twenty digits."""
    return f"{int.from_bytes(_keyed('receipt', secret).digest()) % 10**DIGITS:0{DIGITS}d}"


def groups(receipt: str) -> list[str]:
    return [receipt[start : start + GROUP] for start in range(0, DIGITS, GROUP)]


def read(typed: str) -> str:
    """Return the receipt that was typed, in digits of any script and grouped in any way, or in
    words; "" if it can't be one.
    """
    return next(iter(readings(typed)), "")


def readings(typed: str) -> list[str]:
    """Return what can be meant, in digits: one receipt, none, or for words two languages'."""
    typed = typed[:TYPED]
    digits = "".join(
        str(unicodedata.digit(character)) for character in typed if character.isdecimal()
    )
    rest = [character for character in typed if not character.isdecimal()]
    if any(unicodedata.category(character)[0] in "LNS" for character in rest):
        return receipt_words.readings(typed)
    return [digits] if len(digits) == DIGITS else []


def stored(receipt: str) -> str:
    """Return what the database keeps of a receipt."""
    return _keyed("stored", receipt).hexdigest()


def find(typed: str):
    """Return the submission that this receipt belongs to, or None. What is encrypted in it stays
    closed; `has_contact` says whether there is one.
    """
    from letters.models import Submission

    # Asked for even when it can't be one: a wrong receipt costs the same however it is wrong.
    hashes = [stored(digits) for digits in readings(typed) or [""]]
    has_contact = Case(
        When(contact="", then=Value(False)), default=Value(True), output_field=BooleanField()
    )
    rows = Submission.objects.sealed().annotate(has_contact=has_contact)
    return rows.filter(receipt_hash__in=hashes).first()
