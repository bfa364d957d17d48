"""How much comes from one corner of the network, counted without knowing who.

The counter's name is a keyed hash of the network prefix. The key is random, lives a day in the
cache and nowhere else; when it dies, nobody can tell any more whose counters those were. Tor and
mobile networks share addresses, so over the limit means held for a second look; only a flood is
refused.
"""

import hashlib
import hmac
import ipaddress
import logging
import secrets

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

logger = logging.getLogger(__name__)

FINE, HELD, FLOOD = "fine", "held", "flood"

# POSTs per hour and network prefix; ten times as many are a flood.
LIMITS = {"check": 60, "send": 20, "receipt": 20, "report": 10}
FLOOD_TIMES = 10
# POSTs per hour of everybody together: more than a campaign's best day brings.
SITE_LIMITS = {"send": 600}
HOUR, DAY = 3600, 86_400


def client_address(request) -> str:
    """Return the address that our own outermost proxy saw. What stands further left, anyone can
    write.
    """
    hops = settings.TRUSTED_PROXIES
    forwarded = [
        hop.strip()
        for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if hop.strip()
    ]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")


def prefix(address: str) -> str:
    """Return the network that shares a counter: /24, or /48 in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def _counter(act, whose):
    """The name of a counter. Its key is random, of today, and in the cache alone."""
    key = cache.get_or_set(f"intake:key:{timezone.now():%Y-%m-%d}", secrets.token_hex(32), DAY)
    name = hmac.new(key.encode(), f"{act}|{whose}".encode(), hashlib.sha256)
    return f"intake:{name.hexdigest()[:16]}"


def times(act, whose):
    """How often within the hour, this time included; None if nobody can tell."""
    try:
        counter = _counter(act, whose)
        cache.add(counter, 0, HOUR)
        return int(cache.incr(counter))
    except Exception as error:  # any cache, any fault: a letter must not be lost to it
        logger.warning("Rates can't be counted: %s", type(error).__name__)
        return None


def count(request, act: str) -> str:
    """Count one act of LIMITS and return FINE, HELD or FLOOD. Without a cache everything is
    held.
    """
    happened = times(act, prefix(client_address(request)))
    if happened is None:
        return HELD
    if happened > LIMITS[act] * FLOOD_TIMES:
        return FLOOD
    return HELD if happened > LIMITS[act] else FINE


def count_site(act: str) -> str:
    """Count one act of SITE_LIMITS, whoever did it, and return FINE or HELD."""
    happened = times(act, "everybody")
    return FINE if happened is not None and happened <= SITE_LIMITS[act] else HELD


WRONG_RECEIPTS = 60  # a minute, from everybody together


def _wrong_counter():
    return f"intake:wrong-receipts:{timezone.now():%Y-%m-%dT%H:%M}"


def wrong_receipt() -> None:
    """Count a wrong receipt, whoever typed it."""
    try:
        counter = _wrong_counter()
        cache.add(counter, 0, 120)
        cache.incr(counter)
    except Exception as error:
        logger.warning("Wrong receipts can't be counted: %s", type(error).__name__)


def receipts_paused() -> bool:
    """True while somebody seems to be guessing: until this minute is over nobody's receipt is
    looked up, be it right or wrong. Without a cache that can't be known.
    """
    try:
        return (cache.get(_wrong_counter()) or 0) > WRONG_RECEIPTS
    except Exception as error:
        logger.warning("Wrong receipts can't be counted: %s", type(error).__name__)
        return False
