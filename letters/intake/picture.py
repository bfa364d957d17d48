"""A picture between the check page and sending: cleaned, encrypted, bound to the token, gone
after three hours.
"""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.translation import gettext as _

from letters.intake import token as tokens
from letters.models import PendingPicture, Submission
from portal import clock
from portal.picture import CleanPicture, plain_webp_size, turned
from portal.private import decrypt_bytes, encrypt_bytes

LIFE = tokens.PASS_LIFE
FOLDER = "letters"


# Below both, pictures are not taken any more: the rest is for words, and for deleting.
FREE_SHARE = 0.05
FREE_BYTES = 1_000_000_000


class NoRoom(OSError):
    """The disk of the private storage is nearly full."""

    code = "no-room"

    @property
    def message(self):
        return _(
            "We have no room for pictures just now. Please send your words without the picture, "
            "or try again tomorrow."
        )


def _storage():
    return storages["private"]


def _folder():
    """Where the storage keeps its files on this machine's disk; None in object storage."""
    try:
        return Path(_storage().path(""))
    except NotImplementedError:
        return None


def _check_room():
    folder = _folder()
    if folder is None:
        return
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), Path("/"))
    disk = shutil.disk_usage(there)
    if disk.free < FREE_BYTES and disk.free < disk.total * FREE_SHARE:
        raise NoRoom


def store(webp: bytes) -> str:
    """Write an encrypted file under a random name and return the name. It is on disk when this
    returns. Raises OSError; NoRoom before the disk is full.
    """
    _check_room()
    name = f"{FOLDER}/{secrets.token_hex(16)}"
    try:
        name = _storage().save(name, ContentFile(encrypt_bytes(webp)))
    except OSError:
        with suppress(OSError):
            _storage().delete(name)  # half a file on a full disk
        raise
    folder = _folder()
    if folder is None:
        return name  # object storage acknowledges what it has kept
    path = folder / name
    # A receipt promises the picture too: first the file reaches the disk, then its name, then the
    # row.
    for place, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
        descriptor = os.open(place, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return name


def load(name: str) -> CleanPicture:
    """Return a stored picture. Raises OSError (FileNotFoundError), portal.private.WrongKey."""
    with _storage().open(name) as file:
        webp = decrypt_bytes(file.read())
    return CleanPicture(webp, *plain_webp_size(webp))


def hold(token_hash: str, webp: bytes) -> None:
    """Keep the picture for this token, instead of one that was chosen before. Raises OSError."""
    name = store(webp)
    values = {"name": name, "alt": "", "made": timezone.now()}
    pending = PendingPicture.objects.filter(token_hash=token_hash)
    # By its name: the letter may be sent with the one before at this moment, and then has its file.
    while before := pending.first():
        if PendingPicture.objects.filter(pk=before.pk, name=before.name).update(**values):
            _storage().delete(before.name)
            return
    PendingPicture.objects.update_or_create(token_hash=token_hash, defaults=values)


def turn(token_hash: str) -> CleanPicture | None:
    """Turn the held picture a quarter to the right and return it; None if there is none.

    It lives no longer for that. A double click makes one turn.
    Raises OSError, portal.picture.PictureError, portal.private.WrongKey.
    """
    pending = find(token_hash)
    if pending is None:
        return None
    try:
        picture = turned(load(pending.name).webp, 1)
    except FileNotFoundError:
        return _as_it_is_now(token_hash)
    name = store(picture.webp)
    if not PendingPicture.objects.filter(pk=pending.pk, name=pending.name).update(name=name):
        _storage().delete(name)
        return _as_it_is_now(token_hash)
    _storage().delete(pending.name)
    return picture


def _as_it_is_now(token_hash):
    """After another request has turned, replaced or taken it."""
    pending = find(token_hash)
    return load(pending.name) if pending else None


def drop(token_hash: str) -> None:
    for pending in PendingPicture.objects.filter(token_hash=token_hash):
        if PendingPicture.objects.filter(pk=pending.pk, name=pending.name).delete()[0]:
            _storage().delete(pending.name)


def find(token_hash: str, locked: bool = False) -> PendingPicture | None:
    """locked: inside a transaction, until whose end nobody else changes it."""
    rows = PendingPicture.objects.select_for_update() if locked else PendingPicture.objects
    return rows.filter(token_hash=token_hash, made__gt=timezone.now() - LIFE).first()


@clock.every(minutes=10)
def purge_pending() -> int:
    """Delete what nobody sent within three hours, and files without a row. Returns how many.

    A letter being sent takes its row first; whoever deletes the row has the file.
    """
    deleted = 0
    for pending in PendingPicture.objects.filter(made__lte=timezone.now() - LIFE):
        if PendingPicture.objects.filter(pk=pending.pk, name=pending.name).delete()[0]:
            _storage().delete(pending.name)
            deleted += 1
    return deleted + _purge_orphans()


def _purge_orphans():
    """Files whose process died between writing them and writing their row."""
    storage, deleted = _storage(), 0
    try:
        names = [f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[1]]
    except FileNotFoundError:
        return 0
    known = set(PendingPicture.objects.values_list("name", flat=True))
    known |= set(Submission.objects.exclude(picture_name="").values_list("picture_name", flat=True))
    for name in set(names) - known:
        if storage.get_modified_time(name) < timezone.now() - LIFE:
            storage.delete(name)
            deleted += 1
    return deleted
