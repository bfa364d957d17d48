"""A real server process on a free port of this machine."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.environment import FOLDER, ROOT, variables


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(name, **changes):
    """Serves the database and the folders called `name` as production does; gives the address.

    `changes` are settings for this server alone, such as WORKER_IN_SERVER="true".
    """
    port = free_port()
    log = FOLDER / f"server-{port}.log"
    options = "--interface wsgi --workers 1 --blocking-threads 4 --no-ws --log-level warning"
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", *options.split()),
                *("--host", "127.0.0.1", "--port", str(port), "portal.wsgi:application"),
            ],
            cwd=ROOT,
            env=variables(name, port) | changes,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 60
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start:\n{log.read_text()[-8000:]}")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("HEAD", "/robots.txt")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
