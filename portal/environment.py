"""What the settings ask of the environment's variables."""

from contextlib import suppress
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from environs import ValidationError

LOCALHOST = {"localhost", "127.0.0.1", "::1"}


def must(condition, message):
    """What environs asks of a value: `message` is shown where the condition does not hold."""

    def check(value):
        with suppress(ValueError):
            if condition(value):
                return
        raise ValidationError(message)

    return check


long = must(lambda text: len(text) >= 40, "It must have at least 40 characters.")
origin = must(
    lambda url: (
        (parts := urlsplit(url)).hostname
        and not parts.path
        and (parts.scheme == "https" or parts.scheme == "http" and parts.hostname in LOCALHOST)
    ),
    "It must be https:// and a host (http:// is for localhost only), without a slash at the end.",
)
hosts = must(lambda hosts: hosts and "*" not in hosts, "It must name hosts, and not *.")
keys = must(
    lambda keys: keys and all(map(Fernet, keys)),
    "It must hold Fernet keys: each 32 bytes in URL-safe base64.",
)
redis = must(
    lambda url: not url or urlsplit(url).scheme in {"redis", "rediss", "unix"},
    "It must be redis://…",
)
imap = must(
    lambda url: (
        not url
        or (parts := urlsplit(url)).scheme in {"imaps", "imap"}
        and parts.hostname
        and parts.username
        and parts.password
        and parts.port != 0
    ),
    "It must be imaps://user:password@host/INBOX (imap:// begins with STARTTLS).",
)
urls = must(
    lambda found: all(urlsplit(url).scheme in {"http", "https"} for url in found),
    "It must hold http://host:port, parted by commas.",
)
secret = must(lambda text: not text or len(text) >= 40, "It must have at least 40 characters.")


def stop(faults):
    """Raise ImproperlyConfigured with all of them. faults: {name of a variable: [sentences]}."""
    raise ImproperlyConfigured(
        "The environment is not right:\n"
        + "\n".join(f"  {name}: {' '.join(texts)}" for name, texts in sorted(faults.items()))
    )
