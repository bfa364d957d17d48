"""The gallery, any page, in any filter: as quick with a million letters as with a thousand."""

from contextlib import ExitStack
from statistics import median

from tests.bench import measure, servers
from tests.bench.figures import AT_MOST, Figure

GROUP = "The gallery as it grows"
RATIO = 1.2  # times what it takes at the smallest size
TIMES, FEWER = 15, 8  # FEWER in the short form


def run(plan):
    for engine, datasets in plan.datasets.items():
        # On SQLite the server does the database's work; else its processor time says too little.
        what = "processor" if engine == "SQLite" else "milliseconds"
        with ExitStack() as stack:
            browsers = {
                dataset.short: measure.Browser(
                    stack.enter_context(servers.serving(servers.UNCACHED, dataset, workers=1))
                )
                for dataset in datasets
            }
            views = {dataset.short: dataset.ask("views") for dataset in datasets}
            found = _measure(plan, browsers, views, what)
        for depth in ("first page", "halfway", "oldest"):
            _tell(plan, engine, depth, [dataset.short for dataset in datasets], found)


def _measure(plan, browsers, views, what):
    """{view: {size: [median milliseconds, a round each]}}"""
    smallest = next(iter(views))
    found, times = {}, FEWER if plan.short else TIMES
    for view in views[smallest]:
        asking = {
            size: lambda browser=browser, address=views[size][view]: browser.ask(address)
            for size, browser in browsers.items()
        }
        measure.in_turns(asking, 3)
        rounds = [measure.in_turns(asking, times) for _round in range(plan.rounds)]
        found[view] = {
            size: [measure.middle(answers[size], what) for answers in rounds] for size in asking
        }
    return found


def _tell(plan, engine, depth, sizes, found):
    here = {view: times for view, times in found.items() if view.endswith(f", {depth}")}
    first, last = sizes[0], sizes[-1]
    ratios = {
        view: [many / few for few, many in zip(times[first], times[last], strict=True)]
        for view, times in here.items()
    }
    worst = max(ratios, key=lambda view: median(ratios[view]))
    filters = worst.rpartition(", ")[0]
    points = {size: median(median(times[size]) for times in here.values()) for size in sizes}
    named = f"{depth} on {engine}, {last} against {first}, worst filter ({filters})"
    if last != first:
        plan.tell(Figure.of(GROUP, named, ratios[worst], "times", AT_MOST, RATIO))
    named = f"{depth} on {engine}, all filters, at {last}"
    plan.tell(Figure(GROUP, named, points[last], "ms", points=points))
