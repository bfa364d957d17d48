"""Kept pages on disk, where an operator wants them to outlive a restart. None that may be recalled.

A file belongs to one release of the portal and to one file of counters: what has changed since
is known, so what is still good is sent, and what is not is better than an error.
"""

import json
import os
import secrets
import time
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from portal import clock
from portal.cache.store import Page

FOLDER = "kept"
DAYS = 7


@cache
def release():
    """A name for the code, the templates and the words that pages are made by."""
    root, digest = Path(settings.BASE_DIR), blake2b(digest_size=8)
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(".") or folder.name in ("var", "tests", "docs"):
            continue
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if path.suffix in (".py", ".html", ".mo", ".css", ".js", ".txt"):
                digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def _path(key):
    name = blake2b(repr((release(), key)).encode(), digest_size=16).hexdigest()
    return Path(settings.PAGES_ROOT) / FOLDER / name[:2] / name


def save(page, counters):
    if page.recallable or page.key[-1]:
        return
    path = _path(page.key)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    head = {
        "key": page.key,
        "headers": [pair for pair in page.headers if pair[0] != "ETag"],
        "tags": sorted(page.tags),
        "count": page.count,
        "boot": counters.boot,
        "until": page.until,
        "made": page.made,
    }
    fresh.write_bytes(json.dumps(head).encode() + b"\n" + page.body)
    os.replace(fresh, path)


def load(key, counters):
    """The Page, or None."""
    if key[-1]:
        return None
    try:
        head, _, body = _path(key).read_bytes().partition(b"\n")
        head = json.loads(head)
    except (OSError, ValueError):
        return None
    if tuple(head["key"][:2]) != key[:2]:
        return None
    page = Page(
        key,
        [tuple(pair) for pair in head["headers"]],
        body,
        tags=frozenset(head["tags"]),
        count=head["count"],
        until=head["until"],
        recallable=False,
    )
    page.made = head["made"]
    page.known_stale = head["boot"] != counters.boot
    return page


def _hosts():
    return Path(settings.PAGES_ROOT) / "hosts.json"


def save_hosts(sites):
    """{host: key of its site}: without it nobody knows whose pages these are."""
    fresh = _hosts().with_name(f"hosts.{secrets.token_hex(4)}")
    fresh.write_text(json.dumps(sites))
    os.replace(fresh, _hosts())


def load_hosts():
    try:
        return json.loads(_hosts().read_text())
    except (OSError, ValueError):
        return {}


@clock.every(hours=6)
def forget_old_pages():
    oldest = time.time() - DAYS * 86400
    for path in Path(settings.PAGES_ROOT, FOLDER).glob("*/*"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            pass  # somebody else was quicker
