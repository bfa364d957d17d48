"""A PostgreSQL server whose data is kept from run to run. It writes as a real one does (fsync),
or submissions would look cheaper than they are."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tests.bench import programs
from tests.run import postgresql_folder

SETTINGS = {
    "listen_addresses": "",
    "max_connections": 300,
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "max_wal_size": "8GB",
    "random_page_cost": 1.1,
}


def _account():
    """For Popen: who runs it, because PostgreSQL refuses to run as root."""
    if os.geteuid():
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _make(binaries, data, owner):
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    data.chmod(0o700)
    if owner:
        os.chown(data, owner["user"], owner["group"])
    command = [binaries / "initdb", "--pgdata", data, "--username", "bench", "--auth", "trust"]
    command += ["--encoding", "UTF8", "--locale", "C.UTF-8"]
    made = subprocess.run(command, cwd="/", capture_output=True, text=True, **owner)
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")


@contextmanager
def running():
    """Gives the URL of its maintenance database."""
    binaries, owner = postgresql_folder(), _account()
    if binaries is None:
        raise RuntimeError("PostgreSQL 15 or newer is not installed; `make test` installs it.")
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True)
    data = programs.FOLDER / f"postgresql-{re.search(r'[0-9]+', said.stdout)[0]}"
    if not (data / "PG_VERSION").exists():
        _make(binaries, data, owner)
    if (data / "postmaster.pid").exists():  # of a run that was killed
        stop = [binaries / "pg_ctl", "stop", "-D", data, "-m", "fast"]
        subprocess.run(stop, cwd="/", capture_output=True, timeout=120, **owner)
    sockets = Path(tempfile.mkdtemp(prefix="bench-pg-"))  # a socket's path must be short
    server = None
    try:
        if owner:
            os.chown(sockets, owner["user"], owner["group"])
        options = SETTINGS | {"unix_socket_directories": sockets}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with open(programs.FOLDER / "postgresql.log", "wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, *words],
                cwd="/",
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **owner,
            )
        _wait(binaries, sockets, server)
        yield f"postgresql://bench@{str(sockets).replace('/', '%2F')}/postgres"
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # disconnects everybody
            server.wait()
        shutil.rmtree(sockets, ignore_errors=True)


def _wait(binaries, sockets, server):
    deadline = time.monotonic() + 120  # after a crash it has to recover
    ready = [binaries / "pg_isready", "--quiet", "--host", sockets]
    while subprocess.run(ready).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (programs.FOLDER / "postgresql.log").read_text()
            raise RuntimeError(f"PostgreSQL failed:\n{log[-4000:]}")
        time.sleep(0.1)
