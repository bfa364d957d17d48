"""A folder of plain files with their compressed twins, of which only what changed is written.

Every file is there whole or not at all, whenever the work is cut off: it is written elsewhere and
moved into its place. A twin never says something else than its file: it goes before the file
changes, and what is missing is made at the next run.
"""

import fcntl
import os
import re
import shutil
from pathlib import Path

from portal.cache.store import compressed

MARK = ".mirror"  # in a folder that is a mirror; locked while somebody works on it
MAKING = ".making"
TWINS = {".br": "br", ".gz": "gzip"}
# The day on which a copy was made: of one that has not changed since, the first such day.
DAY = re.compile(rb'<time class="copied" datetime="[^"]*">[^<]*</time>')


class NotAMirror(Exception):
    """The folder holds something else, which would be deleted."""


class InUse(Exception):
    """Somebody else is at work on it."""


class Folder:
    """making: an empty folder beside the files, gone at the end. written, unchanged, removed: how
    many files, twins not counted."""

    def __init__(self, path):
        self.path = Path(path)
        self.making = self.path / MAKING
        self.written = self.unchanged = self.removed = 0

    def __enter__(self):
        self.path.mkdir(parents=True, exist_ok=True)
        if not (self.path / MARK).exists() and any(self.path.iterdir()):
            raise NotAMirror(self.path)
        self._lock = open(self.path / MARK, "a")  # noqa: SIM115 (closed at the end)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise InUse(self.path) from None
        shutil.rmtree(self.making, ignore_errors=True)  # of a run that was cut off
        self.making.mkdir()
        return self

    def __exit__(self, *_error):
        shutil.rmtree(self.making, ignore_errors=True)
        self._lock.close()

    def keep_only(self, names):
        """names: of the files that stay, with or without twins yet. What begins with a full stop,
        right in the folder, is the operator's."""
        names = set(names)
        for here, folders, files in os.walk(self.path, topdown=False):
            here = Path(here)
            where = here.relative_to(self.path)
            if where.parts and where.parts[0].startswith("."):
                continue
            for file in files:
                name = (where / file).as_posix()
                stem, suffix = os.path.splitext(name)
                is_twin = suffix in TWINS and stem in names
                if name in names or is_twin or not where.parts and name.startswith("."):
                    continue
                (here / file).unlink()
                self.removed += suffix not in TWINS
            links = [here / name for name in folders if (here / name).is_symlink()]
            for link in links:
                link.unlink()
            if where.parts and not any(here.iterdir()):
                here.rmdir()

    def put(self, name, data, has_twins):
        """Returns whether the file is new or another one than before."""
        path = self.path / name
        before = path.read_bytes() if path.is_file() else None
        is_new = before is None or DAY.sub(b"", before) != DAY.sub(b"", data)
        if is_new:
            path.parent.mkdir(parents=True, exist_ok=True)
            for suffix in TWINS:
                _twin(path, suffix).unlink(missing_ok=True)
            self._move_in(path, data)
        for suffix, encoding in TWINS.items():
            twin = _twin(path, suffix)
            if not has_twins:
                twin.unlink(missing_ok=True)
            elif not twin.is_file():
                self._move_in(twin, compressed(data if is_new else before, encoding, well=True))
        self.written += is_new
        self.unchanged += not is_new
        return is_new

    def _move_in(self, path, data):
        fresh = self.making / "file"
        fresh.write_bytes(data)
        os.replace(fresh, path)


def _twin(path, suffix):
    return path.with_name(path.name + suffix)
