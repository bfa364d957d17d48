"""Where the letters' mailbox is: IMAP_URL, taken apart."""

import ssl
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings

PORTS = {"imaps": 993, "imap": 143}


class Address(NamedTuple):
    scheme: str  # imaps: TLS from the first byte; imap: STARTTLS, and nothing before it
    host: str
    port: int
    user: str
    password: str
    folder: str

    def __repr__(self):
        return f"Address({self.scheme}://{self.host}:{self.port})"


def configured() -> Address | None:
    """Return the address in the settings (`portal.environment` has looked at it), or None."""
    if not settings.IMAP_URL:
        return None
    parts = urlsplit(settings.IMAP_URL)
    return Address(
        parts.scheme,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username),
        unquote(parts.password),
        unquote(parts.path.strip("/")) or "INBOX",
    )


def tls() -> ssl.SSLContext:
    """Certificates and names are checked. IMAP_CA_FILE: an authority of one's own."""
    return ssl.create_default_context(cafile=settings.IMAP_CA_FILE or None)
