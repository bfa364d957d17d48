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
LIMITS = {"check": 60, "send": 20, "receipt": 20}
FLOOD_TIMES = 10
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


def _counter(request, act):
    key = cache.get_or_set(f"intake:key:{timezone.now():%Y-%m-%d}", secrets.token_hex(32), DAY)
    name = hmac.new(
        key.encode(), f"{act}|{prefix(client_address(request))}".encode(), hashlib.sha256
    )
    return f"intake:{name.hexdigest()[:16]}"


def count(request, act: str) -> str:
    """Count one act of LIMITS and return FINE, HELD or FLOOD. Without a cache everything is
    held.
    """
    try:
        counter = _counter(request, act)
        cache.add(counter, 0, HOUR)
        times = int(cache.incr(counter))
    except Exception as error:  # any cache, any fault: a letter must not be lost to it
        logger.warning("Rates can't be counted: %s", type(error).__name__)
        return HELD
    if times > LIMITS[act] * FLOOD_TIMES:
        return FLOOD
    return HELD if times > LIMITS[act] else FINE
