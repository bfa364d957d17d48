"""A text as its words stand in it, in scripts with capitals."""

import re
from bisect import bisect_right

from letters.intake.identifying.reading import Reading

# What French and Italian write in one with the next word is a word.
_WORD = re.compile(
    r"(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quelqu|dell|nell|all|dall|un)'(?=[^\W\d_])"
    r"|[^\W\d_](?:[\w\u0300-\u036f]|['-](?=[^\W\d_]))*",
    re.IGNORECASE,
)
_BEGINS = re.compile(r'[.!?…\n¿¡:“"«*•⟧]')
# Karl's, Mehmet'in
_ENDING = re.compile(r"(?<=\w\w)'[^\W\d_]{1,4}\Z")
_INSIDE = re.compile(r"[a-z][A-Z]")  # WhatsUp, but not McAlister
_SCOTS = ("Mc", "Mac", "De", "Di", "La", "Le", "Van", "O'", "D'")
_HEADLINE = 0.7  # of its words have capitals
_HEADLINE_FROM = 8  # characters
# How a word stands to the one before: side by side, with a comma or something else between, at
# the beginning of a line or of a sentence, or as a tag.
NEXT, COMMA, APART, LINE, FIRST, TAG = range(6)


def words_of(lower: str) -> list[str]:
    return _WORD.findall(lower)


class Text:
    def __init__(self, reading: Reading, shortened):
        """shortened: titles that a full stop may follow."""
        self.plain, self.lower = reading
        spans = [match.span() for match in _WORD.finditer(self.plain)]
        self._gaps = [None] * len(spans)
        self.starts = [start for start, _end in spans]
        self.ends = [end for _start, end in spans]
        self.said = [self.lower[start:end] for start, end in spans]
        self.capitals = {at for at, start in enumerate(self.starts) if self.plain[start].isupper()}
        self.in_small = {one for at, one in enumerate(self.said) if at not in self.capitals}
        self._lines = self._headlines()
        self._shortened = shortened

    def _headlines(self):
        """Where the lines begin, and which of them write most words with a capital."""
        begins, headlines, at = [], [], 0
        for line in self.plain.split("\n"):
            if len(line) < _HEADLINE_FROM:
                begins.append(at)
                headlines.append(False)
                at += len(line) + 1
                continue
            words = [word for word in line.split() if word[0].isalpha()]
            capitals = sum(word[0].isupper() for word in words)
            begins.append(at)
            headlines.append(len(words) > 2 and capitals >= _HEADLINE * len(words))
            at += len(line) + 1
        return begins, headlines

    def is_headline(self, at):
        begins, headlines = self._lines
        return headlines[bisect_right(begins, self.starts[at]) - 1]

    # ------------------------------------------------------------- how words stand

    def gap(self, at):
        """How the word stands to the one before."""
        gap = self._gaps[at]
        if gap is None:
            gap = self._gaps[at] = self._gap(at)
        return gap

    def _gap(self, at):
        if not at:
            return TAG if self.plain[: self.starts[0]].endswith(("#", "@")) else FIRST
        end, start = self.ends[at - 1], self.starts[at]
        between = self.plain[end : min(start, end + 4)]
        if between in {"", " "}:
            return NEXT
        if between in {". ", "."} and self._is_shortened(at - 1):
            return NEXT
        if between[-1] in "#@" or self.plain[start - 1] in "#@":
            return TAG
        if between in {", ", ",\n"}:
            return COMMA
        if between == "\n":
            return LINE
        return FIRST if _BEGINS.search(self.plain, end, start) else APART

    def _is_shortened(self, at):
        said = self.said[at]
        return at in self.capitals and len(said) == 1 or said in self._shortened

    def is_name(self, at):
        """As far as its looks go."""
        if at not in self.capitals:
            return False
        word = self.plain[self.starts[at] : self.ends[at]]
        if (len(word) > 1 and word.isupper()) or any(c.isdigit() for c in word):
            return False
        return word.startswith(_SCOTS) or not _INSIDE.search(word)

    def end(self, at):
        """Where the name ends in a word, in characters."""
        start, end = self.starts[at], self.ends[at]
        ending = _ENDING.search(self.plain, start, end)
        return ending.start() if ending else end
