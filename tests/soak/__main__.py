"""`make soak`: half an hour of everything at once, on two processes of the server, as production
runs them: PostgreSQL, Redis, a worker of its own.

Memory must be flat, nothing may go wrong, and nothing may be out of date. Fails if not.
"""

import argparse
import fcntl
import os
import signal
import sys
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime

import django

from tests import databases
from tests.bench import postgresql, programs, servers
from tests.bench.data import Dataset
from tests.environment import FOLDER, ROOT, variables
from tests.server import Process, Server
from tests.soak import judging

DOCUMENT = ROOT / "docs/performance.md"
BEGIN, END = "<!-- the last half hour -->", "<!-- until there -->"
LETTERS = 3000
MINUTES = 30
SAMPLES = 200  # of memory
# So that the memory for pages is full long before the second fifth of the time.
PAGES_MEMORY = "8"


def arguments(words):
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    return parser.parse_args(words)


def main(words):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = arguments(words)
    programs.FOLDER.mkdir(parents=True, exist_ok=True)
    findings = judging.Findings()
    with open(programs.FOLDER / "lock", "w") as lock, ExitStack() as stack:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the bench has its data there too
        databases.files()
        dataset = Dataset(LETTERS, server=stack.enter_context(postgresql.running())).build()
        changes = dataset.changes | {
            "CACHE_URL": stack.enter_context(servers.redis()),
            "TRUSTED_PROXIES": "1",
            "PAGES_MEMORY_MB": PAGES_MEMORY,
        }
        watched = begun(stack, changes)
        # The checker is a process too, on a machine of its own.
        os.environ.update(variables("bench") | changes)
        os.environ["PAGES_ROOT"] = str(FOLDER / "bench" / "elsewhere")
        django.setup()
        findings = soaked(asked.minutes, watched)
        for name, process in watched.items():
            for line in judging.complaints(process.log):
                findings.went_wrong(name, line[:300])
    return told(asked, findings)


def begun(stack, changes):
    """{name: process} of two servers that share a machine's folder, and the worker."""
    found = {}
    for number in (1, 2):
        server = Server("bench", **changes)
        stack.callback(server.stop)
        found[f"server {number}"] = server
    for server in found.values():
        server.wait()
    worker = Process("bench", "manage.py", "worker", **changes)
    stack.callback(worker.stop)
    return found | {"worker": worker}


def soaked(minutes, watched):
    from tests.soak.actors import Alice, Amal, Reader, Searcher, Wanderer
    from tests.soak.checker import Checker

    findings, done = judging.Findings(), threading.Event()
    Amal.password = os.environ["DEMO_PASSWORD"]
    doors = [process for name, process in watched.items() if name.startswith("server")]
    people = [Reader, Reader, Wanderer, Searcher, Alice, Amal, Checker]
    actors = [person(doors, findings, done) for person in people]
    for actor in actors:
        actor.start()
    end = time.monotonic() + minutes * 60
    try:
        while time.monotonic() < end:
            for name, process in watched.items():
                size = judging.own_memory(process.process.pid)
                findings.memory[name].append((findings.now, size))
            time.sleep(minutes * 60 / SAMPLES)
    except KeyboardInterrupt:
        print("\nEnded early.")
    finally:
        done.set()
        for actor in actors:
            actor.join(60)
    return findings


def told(asked, findings):
    report = judging.table(findings)
    minutes = findings.now / 60
    day = datetime.now(UTC).date().isoformat()
    command = "make soak" + (f' ARGS="--minutes {asked.minutes:g}"' if asked.minutes != 30 else "")
    about = f"`{command}`, {day}, {minutes:.0f} minutes, on {servers.described()}."
    print(f"\n{about}\n\n{report}")
    for second, *what in [*findings.wrong, *findings.stale][:40]:
        print(f"  after {second:.0f} s: {' '.join(what)}")
    said = judging.missed(findings)
    for sentence in said:
        print(f"Missed: {sentence}")
    if minutes >= MINUTES:
        verdict = "Everything held." if not said else f"**Missed:** {'; '.join(said)}."
        write(f"{about}\n\n{report}\n\n{verdict}")
    return 1 if said else 0


def write(text):
    before, _, rest = DOCUMENT.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
