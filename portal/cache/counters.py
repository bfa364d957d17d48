"""When what last changed, in memory that all processes of a machine share.

A file of 64-bit numbers, mapped into each process. A change moves the first number, the machine's
count of changes, and writes the new count into the place of each tag that it touches. A page that
was made when the count was N holds good while no place of its tags says more than N: looking costs
neither a query nor a system call.

Two tags may share a place; then a page is made anew once too often, which is the safe mistake.
"""

import fcntl
import mmap
import os
import secrets
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

# The head, in numbers of 64 bits.
COUNT, BOOT, HEARD, NEWEST = range(4)
HEAD = 16
PLACES = 1 << 16
SEEN = 1 << 13
SIZE = 8 * (HEAD + PLACES + SEEN)

EVERYTHING = "everything"  # every page depends on it


def place(tag):
    return HEAD + crc32(tag.encode()) % PLACES


class Counters:
    """folder: where the file is; made when it is missing."""

    def __init__(self, folder):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.lock_path = folder / "counters.lock"
        self._lock = threading.Lock()
        with self._alone():
            path = folder / "counters"
            if not path.exists() or path.stat().st_size != SIZE:
                fresh = path.with_suffix(".new")
                fresh.write_bytes(bytes(SIZE))
                os.replace(fresh, path)
            with open(path, "r+b") as file:
                self._map = mmap.mmap(file.fileno(), SIZE)
            self.numbers = memoryview(self._map).cast("Q")
            if not self.numbers[BOOT]:
                self.numbers[BOOT] = secrets.randbits(62) | 1
                self.numbers[COUNT] = 1
            if self.numbers[HEARD] > time.monotonic_ns():
                self.numbers[HEARD] = 0  # of before the machine was started

    @contextmanager
    def _alone(self):
        """Among the threads of this process and the processes of this machine."""
        with self._lock, open(self.lock_path, "a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    # ------------------------------------------------------------------- reading

    @property
    def count(self):
        return self.numbers[COUNT]

    @property
    def boot(self):
        """Which file this is: counts of another one mean nothing here."""
        return self.numbers[BOOT]

    def changed_since(self, places, count):
        """Whether any of the places has changed after the machine's count was `count`."""
        numbers = self.numbers
        return any(numbers[at] > count for at in places)

    def silence(self):
        """Seconds since this machine last knew that it has heard of every change."""
        return (time.monotonic_ns() - self.numbers[HEARD]) / 1e9

    def has_seen(self, key):
        return self.numbers[HEAD + PLACES + key % SEEN] == key

    # ------------------------------------------------------------------- writing

    def apply(self, key, tags):
        """A change: what depends on its tags is out of date. key: a number of its own, so that
        whoever hears of it a second time does not count it again. Returns whether it was new."""
        seen = HEAD + PLACES + key % SEEN
        with self._alone():
            if self.numbers[seen] == key:
                return False
            self.numbers[seen] = key
            count = self.numbers[COUNT] + 1
            # The places before the count: who sees the count sees them as well.
            for tag in tags:
                self.numbers[place(tag)] = count
            self.numbers[COUNT] = count
        return True

    def forget_everything(self):
        self.apply(secrets.randbits(62) | 1, [EVERYTHING])

    def heard(self, newest):
        """This machine knows of all changes up to the row `newest`."""
        self.numbers[NEWEST] = newest
        self.numbers[HEARD] = time.monotonic_ns()

    @property
    def newest(self):
        return self.numbers[NEWEST]
