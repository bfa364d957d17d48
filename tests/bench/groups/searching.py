"""Searching letters, newest first, for words that many have and words that none has."""

from collections import defaultdict

from tests.bench import measure, servers
from tests.bench.figures import AT_MOST, Figure

GROUP = "Searching letters, newest first"
MOST = {"PostgreSQL": 50, "SQLite": 10}  # ms, 99 of 100


def run(plan):
    for engine, datasets in plan.datasets.items():
        points = {}
        for dataset in datasets:
            rounds, by_sort = _times(plan, dataset)
            everything = [time for times in rounds for time in times]
            points[dataset.short] = measure.percentile(everything, 99)
        slowest = [measure.percentile(times, 99) for times in rounds]
        plan.tell(
            Figure(
                GROUP,
                f"99 of 100 within, on {engine} at {dataset.short}",
                points[dataset.short],
                "ms",
                AT_MOST,
                MOST[engine],
                min(slowest),
                max(slowest),
                points,
            )
        )
        alone = measure.percentile(datasets[-1].ask("alone", plan.rounds), 99)
        named = f"the search without its page, 99 of 100 within, on {engine} at {dataset.short}"
        plan.tell(Figure(GROUP, named, alone, "ms"))
        for sort, times in by_sort.items():
            named = f"{sort}, half of them within, on {engine} at {dataset.short}"
            plan.tell(Figure.of(GROUP, named, times, "ms"))


def _times(plan, dataset):
    """The milliseconds of each round, and of each sort of search."""
    rounds, by_sort = [], defaultdict(list)
    with servers.serving(servers.UNCACHED, dataset, workers=1) as server:
        browser = measure.Browser(server)
        searches = dataset.ask("searches")
        for number in range(plan.rounds + 1):
            answers = [(sort, browser.ask(address)) for sort, address in searches]
            if not number:  # what a process, and the machine's memory, learn the first time
                continue
            rounds.append([answer.milliseconds for _sort, answer in answers])
            for sort, answer in answers:
                by_sort[sort].append(answer.milliseconds)
    return rounds, by_sort
