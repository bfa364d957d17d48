"""Databases of a test run, on SQLite or PostgreSQL: one is migrated, the others are copies."""

import fcntl
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
from psycopg import sql

from portal.laptop import DEPENDS_ON, fingerprint
from tests.environment import CACHE, FOLDER, POSTGRESQL, ROOT, variables


def once(name, build, folder=FOLDER, state="done"):
    """Runs `build` in one of the workers while the others wait, unless `state` is built."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = folder / f"{name}.state"
        if not built.exists() or built.read_text() != state:
            build()
            built.write_text(state)


def manage(environ, *arguments):
    """Runs a management command in a process of its own; what it said is in the failure."""
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{result.stdout[-8000:]}")
    return result.stdout


def copy(source, target):
    """Makes the database `target` anew as a copy of `source`, which nobody may be using."""
    if POSTGRESQL:
        with psycopg.connect(POSTGRESQL, autocommit=True) as server:
            name = sql.Identifier(f"portal_tests_{target}")
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            template = sql.Identifier(f"portal_tests_{source}") if source else sql.SQL("template0")
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))
    else:
        path = FOLDER / f"{target}.sqlite3"
        for suffix in ("-wal", "-shm", ""):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        if source:
            copy_sqlite(FOLDER / f"{source}.sqlite3", path)


def copy_sqlite(source, target):
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def files():
    """The compiled catalogues and the collected static files, kept from run to run."""
    for command in ("compile_catalogues", "collectstatic"):
        options = ["--noinput"] if command == "collectstatic" else []
        once(
            command,
            lambda: manage(variables("none"), command, *options),  # noqa: B023
            CACHE,
            fingerprint(DEPENDS_ON[command]),
        )


def migrated():
    """The database `migrated`: as a new installation has it. On SQLite kept from run to run."""

    kept = CACHE / "migrated.sqlite3"
    state = fingerprint([*DEPENDS_ON["migrate"], "*/apps.py", "portal/settings.py"])

    def build():
        copy(None, "migrated")
        manage(variables("migrated"), "migrate", "--noinput")

    def build_and_keep():
        build()
        kept.unlink(missing_ok=True)
        copy_sqlite(FOLDER / "migrated.sqlite3", kept)

    def take():
        once("migrated", build_and_keep, CACHE, state)
        copy_sqlite(kept, FOLDER / "migrated.sqlite3")

    once("migrated", build if POSTGRESQL else take)


def demo():
    """The database `demo` and its folders, built by `manage.py demo`."""

    def build():
        migrated()
        copy("migrated", "demo")
        (FOLDER / "demo").mkdir(exist_ok=True)
        manage(variables("demo"), "demo")

    once("demo", build)
