"""A sum that a browser does once a letter, and that costs a machine which sends thousands.

The challenge is the letter's own token, so an answer serves one letter and nothing has to be
kept: find a number whose SHA-256 together with the token begins with enough zero bits
(hashcash). The browser does it in a worker (letters/work.js) while she reads the check page.
Without JavaScript there is no answer, and the letter waits a little longer.
"""

import hashlib

from letters.models import IntakeSwitch

BITS = 18  # a quarter of a million hashes: under two seconds on a slow phone
ATTACK_BITS = 21


def bits() -> int:
    return ATTACK_BITS if IntakeSwitch.current().attack_day else BITS


def is_done(signed: str, answer: str) -> bool:
    """signed: a token as the page holds it. answer: decimal digits, as the browser sends them."""
    if not (answer.isascii() and answer.isdigit() and len(answer) <= 16):
        return False
    return zero_bits(signed, answer) >= bits()


def zero_bits(signed: str, answer: str) -> int:
    """How many bits are zero before the first that is not; at most 64 are looked at."""
    digest = hashlib.sha256(f"{signed}:{answer}".encode()).digest()
    return 64 - int.from_bytes(digest[:8]).bit_length()
