"""A picture between the check page and sending: cleaned, encrypted, bound to the token, gone
after three hours.
"""

import os
import secrets
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from letters.intake import token as tokens
from letters.models import PendingPicture, Submission
from portal import clock
from portal.picture import CleanPicture, plain_webp_size
from portal.private import decrypt_bytes, encrypt_bytes

LIFE = tokens.PASS_LIFE
FOLDER = "letters"


def _storage():
    return storages["private"]


def store(webp: bytes) -> str:
    """Write an encrypted file under a random name and return the name. It is on disk when this
    returns.
    """
    storage = _storage()
    name = storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(webp)))
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return name  # object storage acknowledges what it has kept
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
    """Return a stored picture. Raises FileNotFoundError, portal.private.WrongKey."""
    with _storage().open(name) as file:
        webp = decrypt_bytes(file.read())
    return CleanPicture(webp, *plain_webp_size(webp))


def hold(token_hash: str, webp: bytes) -> None:
    """Keep the picture for this token, instead of one that was chosen before."""
    name = store(webp)
    before = PendingPicture.objects.filter(token_hash=token_hash).first()
    PendingPicture.objects.update_or_create(
        token_hash=token_hash, defaults={"name": name, "alt": "", "made": timezone.now()}
    )
    if before:
        _storage().delete(before.name)


def drop(token_hash: str) -> None:
    for pending in PendingPicture.objects.filter(token_hash=token_hash):
        if PendingPicture.objects.filter(pk=pending.pk).delete()[0]:
            _storage().delete(pending.name)


def find(token_hash: str) -> PendingPicture | None:
    return PendingPicture.objects.filter(
        token_hash=token_hash, made__gt=timezone.now() - LIFE
    ).first()


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
