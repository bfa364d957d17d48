"""The databases that are measured: built once, used again until what makes them changes."""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache

import psycopg
from psycopg import sql

from portal.laptop import fingerprint
from tests import databases
from tests.bench import programs
from tests.environment import ROOT, variables

MAKES = [
    *("requirements.txt", "*/migrations/*.py", "home/demo/*.py", "home/demo/**/*.toml"),
    *("letters/search/tokens.py", "letters/search/index.py", "letters/models/letter*.py"),
    *("portal/renditions.py", "tests/bench/bulk.py"),
]


@cache
def _state():
    """One for the whole run, whatever somebody changes meanwhile."""
    return fingerprint(MAKES)


@dataclass(frozen=True)
class Dataset:
    """The demo with more letters, or in more languages. server: the URL of PostgreSQL's
    maintenance database, or "" for SQLite."""

    letters: int
    languages: int = 6
    server: str = ""

    @property
    def engine(self):
        return "PostgreSQL" if self.server else "SQLite"

    @property
    def name(self):
        if not self.letters:
            return "demo"
        return f"letters_{self.letters}" + (f"_{self.languages}" if self.languages != 6 else "")

    @property
    def short(self):
        """As in "100k"."""
        if self.letters >= 1_000_000:
            return f"{self.letters // 1_000_000}M"
        return f"{self.letters // 1000}k" if self.letters >= 1000 else str(self.letters)

    @property
    def changes(self):
        """What its server's environment has otherwise than others. Copies share their files."""
        folder = programs.FOLDER / self.engine.lower()
        if self.server:
            url = f"{self.server.rpartition('/')[0]}/{self.name}"
        else:
            url = f"sqlite:///{folder / self.name}.sqlite3"
        return {
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(folder / "media"),
            "PRIVATE_ROOT": str(folder / "private"),
        }

    def ask(self, command, *arguments):
        """What a command of `inside` gives."""
        return json.loads(self._run(command, *arguments).splitlines()[-1])

    def _run(self, *words):
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.inside", *map(str, words)]
        environ = variables("bench") | self.changes
        done = subprocess.run(
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, timeout=3600
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed on {self.engine}, {self.name}")
        return done.stdout

    # ---------------------------------------------------------------------- making

    def build(self):
        """Does nothing if it is there. A copy of the demo's, or of one with as many letters."""
        folder = programs.FOLDER / self.engine.lower()
        databases.once(self.name, self._build, folder, _state())
        return self

    def _build(self):
        begin = time.monotonic()
        print(f"Building {self.engine}, {self.short or 'demo'} …", flush=True)
        if not self.letters:
            self._demo()
        elif self.languages != 6:
            self._copy(Dataset(self.letters, server=self.server).build())
            self._run("speak", self.languages)
        else:
            self._copy(Dataset(0, server=self.server).build())
            self._run("fill", self.letters)
        print(f"  {time.monotonic() - begin:.0f} s", flush=True)

    def _demo(self):
        for name in ("media", "private"):
            shutil.rmtree(programs.FOLDER / self.engine.lower() / name, ignore_errors=True)
        self._copy(None)
        environ = variables("bench") | self.changes
        databases.manage(environ, "migrate", "--noinput")
        databases.manage(environ, "demo")

    def _copy(self, source):
        if not self.server:
            path = programs.FOLDER / "sqlite" / f"{self.name}.sqlite3"
            for suffix in ("-wal", "-shm", ""):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            if source:
                databases.copy_sqlite(path.with_name(f"{source.name}.sqlite3"), path)
            return
        with psycopg.connect(self.server, autocommit=True) as server:
            name = sql.Identifier(self.name)
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            template = sql.Identifier(source.name if source else "template0")
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))
