"""A real server process on a free port of this machine."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

from tests.environment import FOLDER, ROOT, variables


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A Python process of the portal's, in a session of its own; `log`, the path of all that it
    says. words: what Python is to run; changes: settings for it alone."""

    called = "process"

    def __init__(self, name, *words, port=8000, before=None, **changes):
        self.log = FOLDER / f"{self.called}-{port}.log"
        with open(self.log, "wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=variables(name, port) | changes,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=before,
            )

    def kill(self):
        """kill -9 of all its processes, as when the power fails."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            pass
        self.kill()


class Server(Process):
    """`address`, such as http://127.0.0.1:43210."""

    called = "server"

    def __init__(
        self, name, application="portal.wsgi:application", workers=1, before=None, **changes
    ):
        """Serves the database and the folders called `name`. changes: settings for this server
        alone. before: called in the new process before the server begins."""
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        options = f"--interface wsgi --workers {workers} --blocking-threads 32 --no-ws"
        words = ["-m", "granian", *options.split(), "--log-level", "warning"]
        words += ["--host", "127.0.0.1", "--port", str(self.port), application]
        super().__init__(name, *words, port=self.port, before=before, **changes)

    def wait(self):
        """Until it answers."""
        deadline = time.monotonic() + 60
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-8000:]}")
            time.sleep(0.1)
        return self


@contextmanager
def serving(name, **changes):
    """Serves the database and the folders called `name` as production does; gives the address.

    `changes` are settings for this server alone, such as WORKER_IN_SERVER="true".
    """
    server = Server(name, **changes)
    try:
        yield server.wait().address
    finally:
        server.stop()


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("HEAD", "/robots.txt")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
