"""Names in Hindi: between titles, before a family's name, after a relation, and frequent ones."""

import re

from letters.desk.third_persons.hindi_words import (
    BETWEEN,
    NAMES,
    NAMES_TOO,
    NOBODY,
    OCCUPATIONS,
    RELATIONS,
    SURNAMES,
    TITLES,
    TITLES_AFTER,
    one,
)

_WORD = re.compile("[\u0900-\u0963\u0970-\u097f\u200c\u200d]{1,40}")
_NEXT = frozenset({" ", ". ", ".", ", "})
# "जी" is "to live" too.
_LIVES = frozenset(one(word) for word in "रही रहा रहे लो लूँ सकती सकता सकूँ सके लिया ली".split())
_AGENT = one("ने")
_ENDS = tuple(",।.!?;\n")
_VERBS = tuple(one(end) for end in "ता ती ते गी गा गे".split())
_SHORT_VERBS = tuple(one(end) for end in "ना या यी ये ई ए ओ".split())  # up to 5 characters
_IS = frozenset(one(word) for word in "है था थी".split())


def find(plain: str):
    """Yield (start, end)."""
    spans = [match.span() for match in _WORD.finditer(plain)]
    words = [one(plain[start:end]) for start, end in spans]
    reading = _Reading(plain, spans, words)
    at = 0
    while at < len(words):
        first, last = reading.name_at(at)
        if first is None:
            at += 1
            continue
        yield spans[first][0], spans[last][1]
        at = max(at, last) + 1


class _Reading:
    def __init__(self, plain, spans, words):
        self.plain, self.spans, self.words = plain, spans, words

    def _follows(self, at, gaps=(" ",)):
        if not 0 < at < len(self.words):
            return False
        return self.plain[self.spans[at - 1][1] : self.spans[at][0]] in gaps

    def _is(self, at, words):
        return self._follows(at) and self.words[at] in words

    def _may_be(self, at):
        return self.words[at] not in NOBODY and len(self.words[at]) > 1

    def name_at(self, at):
        """(first word, last word) of the name that begins at a word or right after it, or
        (None, None)."""
        word = self.words[at]
        if word in TITLES and self._follows(at + 1, _NEXT) and self._may_be(at + 1):
            if word not in OCCUPATIONS or self._is_led(at + 1):
                return at + 1, self._last(at + 1)
        if word in RELATIONS:
            after = at + 1
            while self._is(after, BETWEEN) and after < at + 3:
                after += 1
            if self._follows(after, _NEXT) and self._may_be(after) and self._is_led(after):
                return after, self._last(after)
        if word in NAMES:
            return at, self._last(at)
        if self._may_be(at) and self._is(at + 1, SURNAMES) and word not in SURNAMES | RELATIONS:
            return at, self._last(at)
        if self._is(at + 1, TITLES_AFTER) and self._may_be(at) and self._is_addressed(at):
            return at, at
        return None, None

    def _is_led(self, at):
        """After a relation: a name, or somebody who does something."""
        word = self.words[at]
        if word in NAMES or word in NAMES_TOO or word in SURNAMES or self._is(at + 1, SURNAMES):
            return True
        return self._is(at + 1, {_AGENT}) and word not in RELATIONS

    def _is_addressed(self, at):
        word = self.words[at]
        if self._is(at + 2, _LIVES) or word in RELATIONS or word in TITLES:
            return False
        return word in NAMES or word in NAMES_TOO or word in SURNAMES or self._is(at + 2, {_AGENT})

    def _ends(self, at):
        """The clause ends with a word that is no verb's."""
        over, word = self.plain[self.spans[at][1] : self.spans[at][1] + 1], self.words[at]
        if word.endswith(_VERBS) or (len(word) < 6 and word.endswith(_SHORT_VERBS)):
            return False
        return over in _ENDS if over != " " else self._is(at + 1, _IS)

    def _last(self, first):
        """The last word of a name."""
        last = first
        while self._follows(last + 1) and last - first < 3:
            word = self.words[last + 1]
            if word in SURNAMES or word in NAMES or word in NAMES_TOO:
                last += 1
                continue
            # Somebody's second name, where she does something.
            agent = last == first and (self._is(last + 2, {_AGENT}) or self._ends(last + 1))
            if not agent or word in TITLES_AFTER | RELATIONS | NOBODY:
                break
            last += 1
        return last
