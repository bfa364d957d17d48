"""How something is measured: many at a time by wrk, or one after the other, and always in turns,
so that whatever else the machine does is shared by all that are compared."""

import http.client
import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

TOGETHER = 4  # compared at a time: larger groups drifted by a third
TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 16


def interleaved(contenders, rounds):
    """{name: [what its function gave, a round each]}. contenders: {name: function}."""
    if len(contenders) > TOGETHER:
        raise ValueError(f"More than {TOGETHER} are compared at a time.")
    found = {name: [] for name in contenders}
    for number in range(rounds):
        # Nobody is always the first after a pause.
        names = list(contenders)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            found[name].append(contenders[name]())
    return found


# -------------------------------------------------------------------------- processor


def _processes():
    """{pid: (its parent, ticks)} of all processes; ticks with those of its children that ended."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        found[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    return found


def processor_seconds(pid):
    """Of a process and all that it started, up to now."""
    processes = _processes()
    family = {pid}
    while True:
        more = {one for one, (parent, _ticks) in processes.items() if parent in family} - family
        if not more:
            return sum(processes[one][1] for one in family if one in processes) / TICKS
        family |= more


# --------------------------------------------------------------------- many at a time


@dataclass(frozen=True)
class Load:
    """a_second: requests. processor: milliseconds that one of them took the server."""

    a_second: float
    processor: float


def load(server, path, headers=None, seconds=3, script=None):
    """Asks a server (`servers.serving`) as often as it can answer. script: for wrk. Raises
    RuntimeError if an answer is an error."""
    words = ["--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s"]
    for name, value in (headers or {}).items():
        words += ["--header", f"{name}: {value}"]
    if script:
        words += ["--script", script]
    before = processor_seconds(server.process.pid)
    done = subprocess.run(
        ["wrk", *words, server.address + path], capture_output=True, text=True, timeout=seconds + 60
    )
    spent = processor_seconds(server.process.pid) - before
    requests = re.search(r"(\d+) requests in", done.stdout)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if done.returncode or not rate or re.search("Non-2xx|Socket errors", done.stdout):
        raise RuntimeError(f"{path} of {server.address}:\n{done.stdout}{done.stderr}")
    return Load(float(rate[1]), spent * 1000 / int(requests[1]))


# ---------------------------------------------------------------- one after the other


@dataclass(frozen=True)
class Answer:
    """milliseconds: until it was there. processor: what it says of itself (`uncached`)."""

    status: int
    headers: dict  # names in small letters
    body: bytes
    milliseconds: float

    @property
    def processor(self):
        return float(self.headers["x-processor-ms"])


class Browser:
    """One connection to one server that is kept open."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)

    def ask(self, path, headers=None, body=None):
        headers = {"Accept-Encoding": "br", **(headers or {})}
        begin = time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        milliseconds = (time.perf_counter() - begin) * 1000
        names = {name.lower(): value for name, value in answer.getheaders()}
        if answer.status not in (200, 304):
            raise RuntimeError(f"{path} answers {answer.status}")
        return Answer(answer.status, names, data, milliseconds)


def in_turns(asking, times):
    """{name: [Answer, …]}, one request of each after the other. asking: {name: function}."""
    found = {name: [] for name in asking}
    for _time in range(times):
        for name, ask in asking.items():
            found[name].append(ask())
    return found


def middle(answers, what="milliseconds"):
    return median(getattr(answer, what) for answer in answers)


def percentile(values, percent):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * percent / 100))]
