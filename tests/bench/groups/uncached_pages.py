"""A page that nobody has asked for yet: how many queries, and how much time; the same in 50
languages, and with as many letters as there are."""

from tests.bench import measure, servers
from tests.bench.figures import AT_MOST, Figure

GROUP = "Pages that are not cached"
LANGUAGES = "From 6 languages to 50"
QUERIES = {"home": 10, "gallery": 4, "letter": 6, "form": 3, "submission": 8}
MILLISECONDS = {"home": 8, "gallery": 4, "letter": 4, "form": 3}
TIMES = 30


def run(plan):
    for engine, datasets in plan.datasets.items():
        counted = {dataset.short: dataset.ask("queries") for dataset in datasets}
        for page, most in QUERIES.items():
            points = {size: queries[page] for size, queries in counted.items()}
            plan.tell(
                Figure(
                    GROUP,
                    f"{page}, queries on {engine}",
                    max(points.values()),
                    "queries",
                    AT_MOST,
                    most,
                    points=points,
                )
            )
        few, many = counted[datasets[0].short], plan.many_languages[engine].ask("queries")
        for page in QUERIES:
            named = f"{page}, more queries on {engine}"
            plan.tell(Figure(LANGUAGES, named, many[page] - few[page], "queries", AT_MOST, 0))
    if not plan.short:
        for engine, datasets in plan.datasets.items():
            _times(plan, engine, datasets[-1])


def _times(plan, engine, dataset):
    """Compressed for a browser that takes brotli, one after the other."""
    with servers.serving(servers.UNCACHED, dataset, workers=1) as server:
        browser = measure.Browser(server)
        asking = {
            page: lambda address=address: browser.ask(address)
            for page, address in dataset.ask("pages").items()
        }
        measure.in_turns(asking, TIMES)  # what a process learns in its first requests
        rounds = [measure.in_turns(asking, TIMES) for _round in range(plan.rounds)]
    for page in asking:
        costs = [measure.middle(answers[page], "processor") for answers in rounds]
        times = [measure.middle(answers[page]) for answers in rounds]
        named = f"{page}, processor time on {engine} at {dataset.short}"
        plan.tell(
            Figure.of(GROUP, named, costs, "ms", AT_MOST, MILLISECONDS[page]),
            Figure.of(GROUP, f"{page}, until it is there on {engine}", times, "ms"),
        )
