"""Other machines' work, started and stopped by a test: a cache, object storage, a mail server,
and a disk that is full."""

import resource
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import requests

from tests.server import free_port


class Redis:
    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no"}
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        self.process = subprocess.Popen(
            ["redis-server", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()


class ObjectStorage:
    """moto's S3, which keeps what it has in memory: two buckets, `settings` for a server."""

    SERVE = (
        "import sys; from moto.server import ThreadedMotoServer; "
        "ThreadedMotoServer('127.0.0.1', int(sys.argv[1]), verbose=False).start(); sys.stdin.read()"
    )

    def __init__(self):
        self.port = free_port()
        endpoint = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "S3_BUCKET": "pictures",
            "S3_PRIVATE_BUCKET": "originals",
            "S3_ENDPOINT": endpoint,
            "AWS_ACCESS_KEY_ID": "tests",
            "AWS_SECRET_ACCESS_KEY": "tests-only",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", self.SERVE, str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        for bucket in ("pictures", "originals"):
            while True:
                with suppress(requests.ConnectionError):
                    assert requests.put(f"{endpoint}/{bucket}").status_code == 200
                    break
                assert time.monotonic() < deadline, "The object storage did not start"
                time.sleep(0.1)

    def names(self, bucket):
        found = requests.get(f"{self.settings['S3_ENDPOINT']}/{bucket}").text
        return [part.partition("</Key>")[0] for part in found.split("<Key>")[1:]]

    def kill(self):
        self.process.kill()
        self.process.communicate()


@contextmanager
def small_disk(kilobytes):
    """The folder of a disk of its own. Only the administrator of a machine can make one."""
    folder = Path(mkdtemp(prefix="portal-disk-"))
    try:
        options = ["-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
        subprocess.run(["mount", *options], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        shutil.rmtree(folder)


def no_file_beyond(size):
    """No file that this process writes from now on grows beyond so many bytes, as on a full
    disk."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


@contextmanager
def no_room():
    """This process can write nothing into any file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    no_file_beyond(0)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
