"""Charts as SVG files: readable on paper, in the dark, and by a screen reader."""

from html import escape
from math import log10

WIDTH, LEFT, RIGHT = 720, 250, 90
STYLE = """
  svg { color-scheme: light dark; font: 14px system-ui, sans-serif }
  text { fill: #222; stroke: #fff; stroke-width: 4px; paint-order: stroke }
  .quiet { fill: #555 } .line, .axis { stroke: #767676; fill: none }
  .axis { stroke-width: 1 } .limit { stroke: #b00020; stroke-dasharray: 5 4; stroke-width: 2 }
  .limit-text { fill: #b00020 }
  .c0 { --c: #4a2c8f } .c1 { --c: #0b6e4f } .c2 { --c: #a8480b } .c3 { --c: #0a5a9c }
  .c4 { --c: #8a1c5b } .c5 { --c: #555 }
  rect.bar, circle { fill: var(--c) } path.curve { stroke: var(--c); fill: none; stroke-width: 2.5 }
  text.named { fill: var(--c) }
  @media (prefers-color-scheme: dark) {
    rect.paper { fill: #14121a } text { fill: #eee; stroke: #14121a } .quiet { fill: #bbb }
    .limit { stroke: #ff8a80 } .limit-text { fill: #ff8a80 }
    .c0 { --c: #b79cf5 } .c1 { --c: #5fd3a6 } .c2 { --c: #ffab70 } .c3 { --c: #7cc0ff }
    .c4 { --c: #ff9ccf } .c5 { --c: #ccc }
  }
"""


def _svg(title, said, height, parts):
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            'aria-labelledby="title said">',
            f'<title id="title">{escape(title)}</title><desc id="said">{escape(said)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{height}" rx="8" fill="#fff"/>',
            _text(20, 30, title, weight="bold"),
            *parts,
            "</svg>\n",
        ]
    )


def _text(x, y, words, css="", anchor="start", weight="normal"):
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" class="{css}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def bars(title, rows, unit, limit=None):
    """rows: [(name, value)]. limit: (name, value), drawn as a line across."""
    most = max([value for _name, value in rows] + ([limit[1]] if limit else [])) or 1
    scale = (WIDTH - LEFT - RIGHT) / most
    parts = []
    for number, (name, value) in enumerate(rows):
        y = 52 + 34 * number
        parts += [
            _text(LEFT - 10, y + 17, name, anchor="end"),
            f'<rect class="bar c0" x="{LEFT}" y="{y}" width="{max(1, value * scale):.1f}" '
            'height="24" rx="3"/>',
            _text(LEFT + value * scale + 8, y + 17, f"{value:.3g} {unit}"),
        ]
    height = 62 + 34 * len(rows)
    if limit:
        name, value = limit
        x = LEFT + value * scale
        words = [part for part in parts if part.startswith("<text")]
        parts = [part for part in parts if part not in words]
        parts += [f'<path class="limit" d="M{x:.1f} 44V{height - 6}"/>', *words]
        # Beside the line on the side where there is room.
        anchor, off = ("end", -6) if x > WIDTH / 2 else ("start", 6)
        parts.append(_text(x + off, height + 10, name, "limit-text", anchor))
        height += 24
    said = "; ".join(f"{name}: {value:.3g} {unit}" for name, value in rows)
    return _svg(title, said, height, parts)


def curves(title, lines, unit, limit=None):
    """lines: {name: {number of letters: value}}, both axes logarithmic. limit: (name, value)."""
    left, right, top, bottom = 70, 210, 56, 300
    sizes = sorted({size for points in lines.values() for size in points})
    values = [value for points in lines.values() for value in points.values() if value > 0]
    values += [limit[1]] if limit else []
    low, high = log10(min(values)) - 0.1, log10(max(values)) + 0.1
    span = (log10(sizes[-1]) - log10(sizes[0])) or 1

    def at(size, value):
        x = left + (log10(size) - log10(sizes[0])) / span * (WIDTH - left - right)
        return x, bottom - (log10(value) - low) / (high - low) * (bottom - top)

    parts = [f'<path class="axis" d="M{left} {top}V{bottom}H{WIDTH - right}"/>']
    for size in sizes:
        x, _y = at(size, values[0])
        parts.append(_text(x, bottom + 22, f"{size:,}", "quiet", "middle"))
    parts.append(_text((left + WIDTH - right) / 2, bottom + 44, "letters", "quiet", "middle"))
    for step in _steps(10**low, 10**high):
        _x, y = at(sizes[0], step)
        parts.append(f'<path class="axis" d="M{left - 4} {y:.1f}h4"/>')
        parts.append(_text(left - 8, y + 5, f"{step:g}", "quiet", "end"))
    parts.append(_text(20, top - 6, unit, "quiet"))
    ends = {name: at(max(points), points[max(points)])[1] for name, points in lines.items()}
    beside = _apart(ends, bottom - 4)
    for number, (name, points) in enumerate(lines.items()):
        places = [at(size, points[size]) for size in sorted(points)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<g class="c{number % 6}"><path class="curve" d="M{path}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in places]
        parts.append(_text(WIDTH - right + 14, beside[name], name, "named") + "</g>")
    if limit:
        name, value = limit
        _x, y = at(sizes[0], value)
        parts.append(f'<path class="limit" d="M{left} {y:.1f}H{WIDTH - right}"/>')
        parts.append(_text(left + 8, y - 6, name, "limit-text"))
    said = "; ".join(
        f"{name}: " + ", ".join(f"{value:.3g} {unit} at {size:,}" for size, value in points.items())
        for name, points in lines.items()
    )
    return _svg(title, said, bottom + 60, parts)


def _apart(wanted, lowest, height=18):
    """{name: y}, as near as can be to those wanted, so that no name lies on another."""
    found = {}
    for name, y in sorted(wanted.items(), key=lambda place: -place[1]):
        found[name] = lowest = min(y + 5, lowest)
        lowest -= height
    return found


def _steps(low, high):
    """1, 2, 5, 10, … between both."""
    power = -4
    while 10**power <= high:
        yield from (
            step for step in (10**power, 2 * 10**power, 5 * 10**power) if low <= step <= high
        )
        power += 1
