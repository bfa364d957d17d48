"""A page behind nginx: out of its cache of the portal's answers, or as a file of a mirror."""

from contextlib import ExitStack

from tests.bench import measure, nginx, servers
from tests.bench.figures import AT_LEAST, Figure
from tests.bench.groups.cached_page import PAGE, warm

GROUP = "A cached page behind nginx"
FILE = "a file of nginx"
LEAST = {"out of nginx’s cache": 80, "a file of a mirror": 90}  # % of a plain file


def run(plan):
    brotli = {"Accept-Encoding": "br"}
    with ExitStack() as stack:
        behind = {"TRUSTED_PROXIES": "1"}
        portal = stack.enter_context(servers.serving(servers.PORTAL, plan.main, **behind))
        page = warm(portal, PAGE, brotli)
        front = stack.enter_context(nginx.serving(portal.address, page.body))
        browser = measure.Browser(front)
        browser.ask(PAGE)
        hit = browser.ask(PAGE)
        if hit.headers.get("x-cache") != "HIT" or hit.body != page.body:
            raise RuntimeError(f"nginx did not keep the page: {hit.headers}")
        if browser.ask("/mirror/en/").body != page.body:
            raise RuntimeError("nginx did not find the file of the mirror.")
        asked = {
            FILE: (front, "/file"),
            "out of nginx’s cache": (front, PAGE),
            "a file of a mirror": (front, "/mirror/en/"),
            "the portal alone": (portal, PAGE),
        }
        loads = measure.interleaved(
            {
                name: lambda what=what: measure.load(*what, brotli, seconds=plan.seconds)
                for name, what in asked.items()
            },
            plan.rounds,
        )
    for name, each in loads.items():
        ratios = [
            load.a_second / base.a_second * 100
            for load, base in zip(each, loads[FILE], strict=True)
        ]
        if name != FILE:
            target = [AT_LEAST, LEAST[name]] if name in LEAST else []
            named = f"{name}, requests a second against {FILE}"
            plan.tell(Figure.of(GROUP, named, ratios, "%", *target))
        costs = [load.processor for load in each]
        plan.tell(Figure.of(GROUP, f"{name}, processor time", costs, "ms"))
