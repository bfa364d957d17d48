"""Letters that come in: what one costs, and how many a second there can be."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench import letter_form, measure, servers
from tests.bench.figures import AT_LEAST, AT_MOST, Figure

GROUP = "Letters that come in"
MOST, RATIO, LEAST = 5, 1.2, 300  # ms of processor time; times; a second
TIMES = 20
A_SECOND = 1500  # more than can come
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-Fetch-Site": "same-origin",
    "Accept-Encoding": "br",
}
SCRIPT = """
local bodies = {{}}
for line in io.lines("{bodies}") do bodies[#bodies + 1] = line end
local number = 0
request = function()
    number = number + 1
    wrk.headers["X-Forwarded-For"] = "10." .. math.floor(number / 250) % 250 .. "."
        .. number % 250 .. ".9"
    return wrk.format("POST", "{where}", nil, bodies[number])
end
"""


def network(number):
    """Each in one of her own: what comes from one network is limited."""
    return {"X-Forwarded-For": f"172.{number // 250 % 250}.{number % 250}.9"}


def run(plan):
    changes = {"CACHE_URL": plan.redis, "TRUSTED_PROXIES": "1"}
    for engine, datasets in plan.datasets.items():
        _costs(plan, engine, datasets, changes)
    if "PostgreSQL" in plan.datasets:
        _rate(plan, plan.datasets["PostgreSQL"][-1], changes)


def _costs(plan, engine, datasets, changes):
    ends = {dataset.short: dataset for dataset in (datasets[0], datasets[-1])}
    before = {size: dataset.ask("marks") for size, dataset in ends.items()}
    count = TIMES * (plan.rounds + 1)
    with ExitStack() as stack:
        asking = {}
        for size, dataset in ends.items():
            server = stack.enter_context(
                servers.serving(servers.UNCACHED, dataset, workers=1, **changes)
            )
            asking[size] = _sender(server, dataset.ask("tokens", count))
        measure.in_turns(asking, TIMES)
        rounds = [measure.in_turns(asking, TIMES) for _round in range(plan.rounds)]
    _forget(ends, before, count)
    what = "processor" if engine == "SQLite" else "milliseconds"
    middles = [{size: measure.middle(answers[size], what) for size in asking} for answers in rounds]
    last, first = datasets[-1].short, datasets[0].short
    costs = [measure.middle(answers[last], "processor") for answers in rounds]
    times = [measure.middle(answers[last]) for answers in rounds]
    ratios = [middle[last] / middle[first] for middle in middles]
    plan.tell(
        Figure.of(GROUP, f"processor time on {engine} at {last}", costs, "ms", AT_MOST, MOST),
        Figure.of(GROUP, f"until the receipt is there, on {engine} at {last}", times, "ms"),
    )
    if last != first:
        named = f"{last} against {first} on {engine}"
        plan.tell(Figure.of(GROUP, named, ratios, "times", AT_MOST, RATIO))


def _sender(server, tokens):
    browser, waiting = measure.Browser(server), list(enumerate(tokens))

    def send():
        number, token = waiting.pop()
        headers = HEADERS | network(number)
        answer = browser.ask(letter_form.WHERE, headers, letter_form.body(token))
        if b'id="receipt"' not in answer.body:
            raise RuntimeError("A letter was answered without a receipt.")
        return answer

    return send


def _forget(datasets, before, count):
    for size, dataset in datasets.items():
        kept = dataset.ask("forget", *before[size])
        if kept != count:
            raise RuntimeError(f"{count} letters were sent, and {kept} kept.")


def _rate(plan, dataset, changes):
    before, rates = dataset.ask("marks"), []
    with (
        servers.serving(servers.PORTAL, dataset, **changes) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        for number in range(plan.rounds + 1):
            bodies = Path(folder) / "bodies"
            tokens = dataset.ask("tokens", A_SECOND * plan.seconds)
            bodies.write_text("\n".join(map(letter_form.body, tokens)))
            script = Path(folder) / "script.lua"
            script.write_text(SCRIPT.format(bodies=bodies, where=letter_form.WHERE))
            load = measure.load(server, letter_form.WHERE, HEADERS, plan.seconds, script)
            if number:  # the processes have begun by then
                rates.append(load.a_second)
    kept, sent = dataset.ask("forget", *before), sum(rates) * plan.seconds
    if kept < sent * 0.95:
        raise RuntimeError(f"{sent:.0f} letters were sent, and {kept} kept.")
    named = f"with two processes on PostgreSQL at {dataset.short}"
    plan.tell(Figure.of(GROUP, named, rates, "a second", AT_LEAST, LEAST))
