"""A letter's text in pieces that know where they stand in it, cut at flags, gaps and lines' ends.

Everything in them is plain text: the templates escape it.
"""

import re
from typing import NamedTuple

from letters import paper
from letters.desk.flags import Place, anchor
from letters.vocabulary import GapReason

_CUT = re.compile(rf"\n|{paper.GAP.pattern}")


class Piece(NamedTuple):
    """A stretch of the text that is shown in one manner.

    kind: "text", "break" (of a line) or "gap" (of the writer's own). at: where it stands,
    "words:123". gap: what readers see instead of it, and value how that is posted; begins:
    whether to show the gap here.
    """

    kind: str
    text: str
    at: str
    gap: str = ""
    value: str = ""
    begins: bool = False


class Run(NamedTuple):
    """Pieces with the same flag, or without one. anchor: the id of the flag where it begins;
    ends: whether it ends here."""

    pieces: list[Piece]
    flag: Place | None = None
    anchor: str = ""
    ends: bool = False


class FieldText:
    """One of the texts of a submission; numbered: all its flags with their numbers."""

    def __init__(self, submission, name, numbered):
        self.name, self.text = name, getattr(submission, name)
        self.flags = [(number, place) for number, place in numbered if place.field == name]
        self.gaps = [spot[1:] for spot in submission.redactions if spot[0] == name]
        self._shown = set()

    def runs(self, start=0, end=None):
        """The runs between two places."""
        end = len(self.text) if end is None else end
        runs, at = [], start
        for number, place in self.flags:
            first, last = max(place.start, start), min(place.end, end)
            if first >= last:
                continue
            if at < first:
                runs.append(Run(self._pieces(at, first)))
            id_ = anchor(number) if place.start >= start else ""
            runs.append(Run(self._pieces(first, last), place, id_, last == place.end))
            at = last
        if at < end:
            runs.append(Run(self._pieces(at, end)))
        return runs

    def _pieces(self, start, end):
        pieces, at = [], start
        for first, last, reason in self.gaps:
            hidden_from, hidden_to = max(first, start), min(last, end)
            if hidden_from >= hidden_to:
                continue
            pieces += self._visible(at, hidden_from)
            value = f"{self.name}:{first}-{last}:{reason}"
            for piece in self._visible(hidden_from, hidden_to):
                gap = f"[{GapReason(reason).label}]"
                begins = value not in self._shown
                pieces.append(piece._replace(gap=gap, value=value, begins=begins))
                self._shown.add(value)
            at = hidden_to
        return pieces + self._visible(at, end)

    def _visible(self, start, end):
        """Pieces of what nobody has left out yet."""
        pieces, at = [], start
        for match in _CUT.finditer(self.text, start, end):
            pieces += self._unbroken(at, match.start())
            kind = "break" if match[0] == "\n" else "gap"
            pieces.append(Piece(kind, paper.plain(match[0]), f"{self.name}:{match.start()}"))
            at = match.end()
        return pieces + self._unbroken(at, end)

    def _unbroken(self, start, end):
        """Without the marks that `paper.calm` shows nobody; the places stay true."""
        kept = paper.calm(self.text[start:end])
        spans, place = [], start
        for character in kept:
            while self.text[place] != character:
                place += 1
            if spans and spans[-1][1] == place:
                spans[-1] = (spans[-1][0], place + 1)
            else:
                spans.append((place, place + 1))
            place += 1
        return [
            Piece("text", self.text[first:last], f"{self.name}:{first}") for first, last in spans
        ]
