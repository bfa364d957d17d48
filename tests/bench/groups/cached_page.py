"""A page out of the portal's own cache, against bare Django on the same server."""

from contextlib import ExitStack

from tests.bench import measure, servers
from tests.bench.figures import AT_LEAST, AT_MOST, Figure

GROUP = "A cached page, app server alone"
PAGE = "/en/"
RATIO, MOST = 220, 0.05  # % of bare Django; ms
BARE = "bare Django"


def warm(portal, path, headers):
    """Until every process has it, compressed as well as it will be. Gives an Answer."""
    for _time in range(3):
        measure.load(portal, path, headers, seconds=1)
    answer = measure.Browser(portal).ask(path, headers)
    return answer


def run(plan):
    brotli = {"Accept-Encoding": "br"}
    with ExitStack() as stack:
        portal = stack.enter_context(servers.serving(servers.PORTAL, plan.main))
        bare = stack.enter_context(servers.serving(servers.BARE))
        page = warm(portal, PAGE, brotli)
        unchanged = brotli | {"If-None-Match": page.headers["etag"]}
        asked = {
            "brotli": (portal, PAGE, brotli),
            "as it is": (portal, PAGE, {"Accept-Encoding": "identity"}),
            "304, unchanged": (portal, PAGE, unchanged),
            BARE: (bare, "/", brotli),
        }
        loads = measure.interleaved(
            {
                name: lambda what=what: measure.load(*what, seconds=plan.seconds)
                for name, what in asked.items()
            },
            plan.rounds,
        )
    for name, each in loads.items():
        costs = [load.processor for load in each]
        if name == BARE:
            plan.tell(Figure.of(GROUP, f"{name}, processor time", costs, "ms"))
            continue
        by_time = [
            base.processor / load.processor * 100
            for load, base in zip(each, loads[BARE], strict=True)
        ]
        by_rate = [
            load.a_second / base.a_second * 100
            for load, base in zip(each, loads[BARE], strict=True)
        ]
        by_time = (f"{name}, bare Django’s processor time against it", by_time, "%")
        if plan.short:
            plan.tell(Figure.of(GROUP, *by_time, AT_LEAST, RATIO))
            continue
        plan.tell(
            Figure.of(
                GROUP, f"{name}, requests a second against {BARE}", by_rate, "%", AT_LEAST, RATIO
            ),
            Figure.of(GROUP, f"{name}, processor time", costs, "ms", AT_MOST, MOST),
            Figure.of(GROUP, *by_time),
        )
