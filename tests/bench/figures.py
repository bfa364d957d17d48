"""A figure and its target. Targets are what was promised; none is moved to fit."""

import operator
from dataclasses import asdict, dataclass
from statistics import median

AT_MOST, AT_LEAST = "at most", "at least"
_MISSED = {AT_MOST: operator.gt, AT_LEAST: operator.lt}


@dataclass(frozen=True)
class Figure:
    """What was measured: the median of the rounds, and the lowest and the highest of them.

    group: the heading that it stands under. unit: "ms", "%", "times" … sense and target belong
    together; without them it is only told. points: of a curve, {"1k": …}.
    """

    group: str
    name: str
    value: float
    unit: str
    sense: str = ""
    target: float | None = None
    low: float | None = None
    high: float | None = None
    points: dict | None = None

    @classmethod
    def of(cls, group, name, values, unit, sense="", target=None, points=None):
        """values: one a round."""
        values = list(values)
        return cls(
            *(group, name, median(values), unit, sense, target, min(values), max(values), points)
        )

    @property
    def missed(self):
        return self.target is not None and _MISSED[self.sense](self.value, self.target)

    @property
    def as_json(self):
        return asdict(self) | {"missed": self.missed}


def number(value, unit=""):
    """For people: "0.040 ms", "220 %", "1,234 a second"."""
    if value == int(value) and abs(value) < 1e15:
        text = f"{int(value):,}"
    elif abs(value) >= 100:
        text = f"{value:,.0f}"
    elif abs(value) >= 1:
        text = f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    else:
        text = f"{value:.3f}"
    return f"{text} {unit}".strip()
