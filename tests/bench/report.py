"""What a run found: a table in the terminal, JSON, charts, and `docs/performance.md`."""

import json
import re
from datetime import UTC, datetime
from itertools import groupby

from tests.bench import charts
from tests.bench.figures import number
from tests.bench.groups import behind_nginx, cached_page, gallery_at_size, searching
from tests.environment import ROOT

DOCUMENT = ROOT / "docs/performance.md"
CHARTS = ROOT / "docs/performance"
BEGIN, END = "<!-- the last full run -->", "<!-- until here -->"
SIZES = {"k": 1000, "M": 1_000_000}


def _cells(figure):
    target = f"{figure.sense} {number(figure.target)}" if figure.sense else ""
    spread = ""
    if figure.low is not None and figure.low != figure.high:
        spread = f"{number(figure.low)} – {number(figure.high)}"
    verdict = ("missed" if figure.missed else "met") if figure.sense else ""
    return [figure.name, number(figure.value, figure.unit), spread, target, verdict]


def _grouped(figures):
    order = list(dict.fromkeys(figure.group for figure in figures))
    figures = sorted(figures, key=lambda figure: order.index(figure.group))
    return groupby(figures, key=lambda figure: figure.group)


def table(figures):
    """For the terminal."""
    lines = []
    for group, members in _grouped(figures):
        rows = [_cells(figure) for figure in members]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        lines += ["", group]
        for row in rows:
            cells = [
                row[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
            ]
            lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(figures):
    lines = []
    for group, members in _grouped(figures):
        lines += ["", f"### {group}", "", "| | median | rounds | target | |"]
        lines.append("|---|--:|--:|--:|---|")
        for figure in members:
            name, value, spread, target, verdict = _cells(figure)
            verdict = f"**{verdict}**" if figure.missed else verdict
            lines.append(f"| {name} | {value} | {spread} | {target} | {verdict} |")
    return "\n".join(lines)


def as_json(figures, about):
    return json.dumps({**about, "figures": [f.as_json for f in figures]}, indent=1)


def about(command, machine, rounds):
    day = datetime.now(UTC).date().isoformat()
    return {"command": command, "machine": machine, "day": day, "rounds": rounds}


# ------------------------------------------------------------------------------ charts


def drawn(figures):
    """{file name: SVG} of what there is to draw."""
    found = {}
    at_page, at_nginx = cached_page.GROUP, behind_nginx.GROUP
    costs = {
        figure.name.rpartition(", ")[0]: figure.value
        for figure in figures
        if figure.group in (at_page, at_nginx) and figure.name.endswith(", processor time")
    }
    if costs:
        rows = sorted(costs.items(), key=lambda row: row[1])
        limit = (f"at most {cached_page.MOST} ms", cached_page.MOST)
        found["cached.svg"] = charts.bars(
            "A cached page: processor time of one request", rows, "ms", limit
        )
    for name, title, group, limit in (
        ("gallery.svg", "The gallery as it grows, not cached", gallery_at_size.GROUP, None),
        (
            *("search.svg", "Searching letters, not cached: 99 of 100 within", searching.GROUP),
            ("at most 50 ms", searching.MOST["PostgreSQL"]),
        ),
    ):
        lines = {
            _short(figure.name): {_size(size): value for size, value in figure.points.items()}
            for figure in figures
            if figure.group == group and figure.points
        }
        if lines:
            found[name] = charts.curves(title, lines, "ms", limit)
    return found


def _short(name):
    """ "first page on SQLite, all filters" as "first page, SQLite"."""
    engine = "PostgreSQL" if "PostgreSQL" in name else "SQLite"
    depth = re.match(r"(first page|halfway|oldest) ", name)
    return f"{depth[1]}, {engine}" if depth else engine


def _size(text):
    """ "100k" as 100000."""
    factor = SIZES.get(text[-1], 1)
    return int(text.rstrip("kM")) * factor


# ---------------------------------------------------------------------------- document


def write(figures, told):
    """Puts a full run into the document, between its two marks; what stands around is kept."""
    CHARTS.mkdir(exist_ok=True)
    (CHARTS / "figures.json").write_text(as_json(figures, told) + "\n", "utf-8")
    pictures = drawn(figures)
    for name, svg in pictures.items():
        (CHARTS / name).write_text(svg, "utf-8")
    head = (
        f"`{told['command']}` on {told['day']}: {told['machine']}; {told['rounds']} rounds. "
        f"{sum(f.missed for f in figures)} of {sum(bool(f.sense) for f in figures)} targets missed."
    )
    shown = [
        f"![{charts_title(svg)}]({CHARTS.name}/{name})" for name, svg in sorted(pictures.items())
    ]
    text = DOCUMENT.read_text("utf-8")
    before, _mark, rest = text.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    run = "\n\n".join([head, *shown]) + "\n" + markdown(figures)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{run}\n{END}{after}", "utf-8")


def charts_title(svg):
    return re.search(r"<title[^>]*>(.*?)</title>", svg)[1]
