"""`make bench`: what the portal costs, beside what was promised.

Every group is measured in rounds that take turns, at most four things at a time. `--short` takes
less than three minutes and holds only what is the same on any machine: numbers of queries,
processor time against bare Django, and 100,000 letters against 1,000.
"""

import argparse
import fcntl
import shutil
import signal
import sys
import time
from contextlib import ExitStack

from tests import databases
from tests.bench import postgresql, programs, report, servers
from tests.bench.groups import (
    behind_nginx,
    cached_page,
    first_visit,
    gallery_at_size,
    in_a_browser,
    searching,
    submissions,
    uncached_pages,
    uploads,
)
from tests.bench.plan import Plan

SHORT = [cached_page, uncached_pages, gallery_at_size, first_visit]
FULL = [
    *(cached_page, behind_nginx, uncached_pages, gallery_at_size, searching, submissions),
    *(first_visit, in_a_browser, uploads),
]
SIZES = {"PostgreSQL": [1000, 100_000, 1_000_000], "SQLite": [1000, 100_000]}


def arguments(words):
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--anew", action="store_true", help="build all data again")
    parser.add_argument("--rounds", type=int, help="5, or 3 of the short form")
    parser.add_argument("--seconds", type=int, help="of one load: 4, or 2 of the short form")
    parser.add_argument("--only", nargs="+", metavar="GROUP", help="such as cached_page")
    parser.add_argument(
        "--at-most", type=int, metavar="LETTERS", default=1_000_000, help="no larger data"
    )
    parser.add_argument("--without", nargs="+", metavar="ENGINE", default=[], choices=list(SIZES))
    return parser.parse_args(words)


def groups_of(asked):
    groups = SHORT if asked.short else FULL
    if asked.only:
        groups = [group for group in FULL if group.__name__.rpartition(".")[2] in asked.only]
    for group in (behind_nginx, in_a_browser):
        if group in groups and (absent := group.missing()):
            print(f"{', '.join(absent)}: not installed, so this is left out: {group.GROUP}")
            groups = [each for each in groups if each is not group]
    return groups


def main(words):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = arguments(words)
    programs.install()
    if asked.anew:
        shutil.rmtree(programs.FOLDER, ignore_errors=True)
    programs.FOLDER.mkdir(parents=True, exist_ok=True)
    with open(programs.FOLDER / "lock", "w") as lock, ExitStack() as stack:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at a time would measure each other
        databases.files()
        plan = planned(asked, stack)
        for group in groups_of(asked):
            begin = time.monotonic()
            print(f"{group.GROUP} …", end=" ", flush=True)
            group.run(plan)
            print(f"{time.monotonic() - begin:.0f} s", flush=True)
    return finish(asked, plan.figures)


def planned(asked, stack):
    engines = ["SQLite"] if asked.short else list(SIZES)
    sizes = {
        engine: [size for size in SIZES[engine] if size <= asked.at_most]
        for engine in engines
        if engine not in asked.without
    }
    plan = Plan(
        short=asked.short,
        rounds=asked.rounds or (3 if asked.short else 5),
        seconds=asked.seconds or (2 if asked.short else 4),
        sizes=sizes,
    )
    if "PostgreSQL" in sizes:
        plan.server = stack.enter_context(postgresql.running())
    if not asked.short:
        plan.redis = stack.enter_context(servers.redis())
    # Before anything is measured: nothing else is done meanwhile.
    if plan.datasets and plan.many_languages:
        time.sleep(2)
    return plan


def finish(asked, figures):
    print(report.table(figures))
    command = " ".join(["make bench", *(["SHORT=1"] if asked.short else [])])
    told = report.about(command, servers.described(), asked.rounds or (3 if asked.short else 5))
    kept = programs.FOLDER / ("short.json" if asked.short else "full.json")
    kept.write_text(report.as_json(figures, told))
    is_whole = not (asked.short or asked.only or asked.without or asked.rounds or asked.seconds)
    if is_whole and asked.at_most >= 1_000_000:
        report.write(figures, told)
        print(f"\nWritten into {report.DOCUMENT}")
    missed = [figure for figure in figures if figure.missed]
    print(f"\n{kept}: {len(missed)} of {sum(bool(f.sense) for f in figures)} targets missed")
    for figure in missed:
        print(f"  {figure.group}: {figure.name}")
    return 1 if missed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
