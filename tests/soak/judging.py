"""What became of it: every request, what was out of date, and the memory of each process."""

import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from statistics import median

FLAT = 5  # percent


class Findings:
    """Filled by many threads. seconds: how long the run is."""

    def __init__(self):
        self.begin = time.monotonic()
        self.milliseconds = defaultdict(list)  # kind -> of each request
        self.wrong = []  # (seconds since the begin, kind, what)
        self.stale = []  # (seconds since the begin, what)
        self.checked = 0
        self.memory = defaultdict(list)  # process -> (seconds since the begin, MB)
        self._lock = threading.Lock()

    @property
    def now(self):
        return time.monotonic() - self.begin

    def answered(self, kind, milliseconds):
        with self._lock:
            self.milliseconds[kind].append(milliseconds)

    def went_wrong(self, kind, what):
        with self._lock:
            self.wrong.append((self.now, kind, what))

    def read_back(self, is_right, what):
        with self._lock:
            self.checked += 1
            if not is_right:
                self.stale.append((self.now, what))


def share(values, percent):
    """The value that so many percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def growth(samples):
    """(MB in the second fifth of the time, MB in the last one, percent between them); before that
    a process learns. None for fewer than ten samples (seconds, MB): too short to tell."""
    if len(samples) < 10:
        return None
    end = samples[-1][0]
    early = median(size for second, size in samples if end / 5 <= second < end * 2 / 5)
    late = median(size for second, size in samples if second >= end * 4 / 5)
    return early, late, (late / early - 1) * 100


def family(pid):
    """A process and all that it started."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):
                waiting += map(int, children.read_text().split())
    return found


def own_memory(pid):
    """MB that only this process and those it started hold."""
    total = 0
    for one in family(pid):
        with suppress(OSError):  # it has ended meanwhile
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Private_"):
                    total += int(line.split()[1])
    return total / 1024


def complaints(log):
    """Lines of a server's log that should not be there."""
    words = ("ERROR", "CRITICAL", "Traceback", "panicked")
    text = log.read_text(errors="replace")
    return [line for line in text.splitlines() if any(word in line for word in words)]


def missed(findings):
    """Sentences; none if everything held."""
    said = []
    if findings.wrong:
        said.append(f"{len(findings.wrong)} errors")
    if findings.stale:
        said.append(f"{len(findings.stale)} of {findings.checked} readings were out of date")
    if not findings.checked:
        said.append("nothing was read back")
    for process, samples in findings.memory.items():
        grown = growth(samples)
        if grown is None:
            said.append(f"{process} was watched too shortly")
        elif abs(grown[2]) > FLAT:
            said.append(f"{process} went from flat by {grown[2]:+.1f} %")
    return said


def table(findings):
    """Markdown."""
    lines = ["| | requests | median | p99 | slowest |", "|---|--:|--:|--:|--:|"]
    for kind, all_of_it in sorted(findings.milliseconds.items()):
        middle, most = share(all_of_it, 50), share(all_of_it, 99)
        lines.append(
            f"| {kind} | {len(all_of_it):,} | {middle:.1f} ms | {most:.0f} ms "
            f"| {max(all_of_it):.0f} ms |"
        )
    lines += ["", "| own memory | second fifth | last fifth | |", "|---|--:|--:|--:|"]
    for process, samples in findings.memory.items():
        if grown := growth(samples):
            early, late, percent = grown
            lines.append(f"| {process} | {early:.1f} MB | {late:.1f} MB | {percent:+.1f} % |")
    lines += ["", f"Errors: {len(findings.wrong)}. Read back from every process: "]
    lines[-1] += f"{findings.checked:,} times, out of date {len(findings.stale)}."
    return "\n".join(lines)
