"""Names in scripts with capitals: what stands around them says so, or two capitals in a row."""

from collections import Counter
from functools import cache

from letters.desk.third_persons import words_of_others, words_of_the_portal
from letters.desk.third_persons.capital_text import APART, COMMA, FIRST, LINE, NEXT, TAG, Text
from letters.desk.third_persons.capital_words import (
    AND,
    ASK,
    CAPITAL_NOUNS,
    FOR,
    HAS,
    INSTITUTIONS,
    IS,
    LINKS,
    NOT_PEOPLE,
    OF,
    TITLES_AFTER,
    WHO,
    Words,
)
from letters.intake.identifying.reading import Reading

_LANGUAGES = words_of_the_portal.OF | words_of_others.OF
_LONGEST = 5  # words
_SURELY, _MAYBE = 2, 1  # what stands before a name says so: a title or a relation; a verb


def find(reading: Reading, language: str, others: frozenset[str], known: frozenset[str]):
    """Yield (start, end). others: what has a capital and is no name; known: words of names that
    need no mark. Both in lower case.
    """
    text = _Names(reading, language, others, known)
    if not text.capitals:
        return
    named = text.names()
    yield from ((text.starts[first], text.end(last)) for first, last, _sure in named)
    yield from text.again(named)


@cache
def _words(language):
    base = language.lower().partition("-")[0]
    if base in _LANGUAGES:
        return _LANGUAGES[base]
    # Words in another script than the letter's are mostly English; what is written in a language
    # that has no list may lean on any.
    if base in {"ar", "hi", "zh", "fa", "ur", "bn", "ta", "ja", "ko", "th", "he", "am", ""}:
        return _LANGUAGES["en"]
    return Words(*(frozenset().union(*lists) for lists in zip(*_LANGUAGES.values(), strict=True)))


class _Names(Text):
    def __init__(self, reading, language, others, known):
        self.words = _words(language)
        super().__init__(reading, self.words.titles)
        self.often = Counter(self.said[at] for at in self.capitals)
        self.others, self.known = others, known
        self.only_led_to = language.lower().partition("-")[0] in CAPITAL_NOUNS

    def _related(self, at):
        if not 0 <= at < len(self.said):
            return False
        said = self.said[at]
        known = self.words.relations
        return said in known or (said.startswith("ex") and said[2:].lstrip("-") in known)

    def _is(self, at, words):
        return 0 <= at < len(self.said) and self.said[at] in words

    # -------------------------------------------------------------- names

    def names(self):
        """[(first word, last word, whether something says that it is one)]"""
        named, at, count = [], 0, len(self.said)
        while at < count:
            if at not in self.capitals:
                at += 1
                continue
            end = self._run(at)
            for first, last, led in self._parts(at, end):
                last = min(last, first + _LONGEST - 1)
                while last not in self.capitals:  # Virgen de la
                    last -= 1
                if sure := self._judge(first, last, led, named):
                    named.append((first, last, sure == _SURELY))
            at = end
        return named

    def _run(self, at):
        """The word after the last of a row of capitals."""
        count, end = len(self.said), at + 1
        while end < count and self.gap(end) == NEXT:
            if end in self.capitals:
                end += 1
                continue
            beyond = end
            while beyond < min(end + 2, count) and self.said[beyond] in LINKS:
                beyond += 1
            if (
                beyond == end
                or beyond >= count
                or beyond not in self.capitals
                or self.gap(beyond) != NEXT
                or self.gap(beyond - 1) != NEXT
            ):
                break
            end = beyond + 1
        return end

    def _parts(self, at, end):
        """(first, last, `_SURELY`, `_MAYBE` or 0), for the pieces of a row between words that
        are none."""
        words, first, led = self.words, None, self._led_to(at)
        for one in range(at, end):
            said = self.said[one]
            surely = said in words.titles or self._related(one)
            if surely or said in words.naming:
                if first is not None:
                    yield first, one - 1, led
                first, led = None, _SURELY if surely else _MAYBE
            elif said in TITLES_AFTER and first is not None:
                yield first, one - 1, _SURELY
                first, led = None, 0
            elif first is not None and said in LINKS and one not in self.capitals:
                continue
            elif self._is_stop(said, led) or not (self.is_name(one) or led):
                if first is not None:
                    yield first, one - 1, led
                first, led = None, 0
            elif first is None and one in self.capitals:
                first = one
        if first is not None:
            yield first, end - 1, led

    def _is_stop(self, said, led):
        return (
            said in self.words.openers
            or said in NOT_PEOPLE
            or said in self.known
            or (said in self.others and led != _SURELY)
            or said.removesuffix("'s") in NOT_PEOPLE
        )

    def _led_to(self, at):
        """`_SURELY`, `_MAYBE` or 0: whether what stands before says that a name follows."""
        words, before, gap = self.words, at - 1, self.gap(at)
        if gap == COMMA:
            return _SURELY if self._related(before) and self._is(before - 1, words.own) else 0
        if gap not in {NEXT, LINE} or not at:
            return 0
        if self.said[before] in words.titles or self._related(before):
            return _SURELY
        if self.said[before] in words.naming or self._is_asked_for(before):
            return _MAYBE
        for _count in range(3):
            if self.said[before] not in words.between or self.gap(before) != NEXT:
                break
            before -= 1
            if self._related(before):
                return _SURELY
        # A colleague at work, un compañero de trabajo
        return _SURELY if at > 2 and self._is(at - 2, OF) and self._related(at - 3) else 0

    def _is_of_an_office(self, first, last):
        """The Minister of Digital Affairs, el Ministerio Público de Puebla, Larkmoor Clinic"""
        after = last + 1
        if self._is(after, NOT_PEOPLE) and after in self.capitals and self.gap(after) == NEXT:
            return True
        before = first - 1
        while before >= 0 and self.gap(before + 1) == NEXT and before > first - 4:
            if self.said[before] in NOT_PEOPLE:
                return True
            if self.said[before] not in LINKS | OF and before not in self.capitals:
                return False
            before -= 1
        return False

    def _is_asked_for(self, before):
        return self._is(before, FOR) and self._is(before - 1, ASK) and self.gap(before) == NEXT

    def _judge(self, first, last, led, named):
        """`_SURELY`, `_MAYBE` or 0: whether a row of capitals names somebody."""
        gap, alone = self.gap(first), first == last
        texts = self.said[first : last + 1]
        phrase = " ".join(texts)
        if gap == TAG or len(phrase) < 2 * len(texts):  # initials
            return 0
        if (phrase in self.others or phrase in INSTITUTIONS) and led != _SURELY:
            return 0
        if led or self._said_after(first, last) or self._goes_on(first, named):
            return _SURELY
        if self.only_led_to:
            return 0
        if alone:
            acts = len(phrase) > 2 and (self._acts(first, gap) or self._is_somebody(first))
            return _SURELY if acts and not self.is_headline(first) else 0
        if self.is_headline(first) or self._is_of_an_office(first, last):
            return 0
        if not all(self.is_name(first + at) or one in LINKS for at, one in enumerate(texts)):
            return 0
        if all(one in self.in_small for one in texts):
            return 0
        return 0 if gap in {FIRST, LINE} and not self._goes_on_small(last) else _MAYBE

    def _is_somebody(self, at):
        """One who is often spoken of, and is or has something."""
        said, after = self.said[at], at + 1
        return (
            self.often[said] > 1
            and said not in self.in_small
            and self._is(after, IS | HAS)
            and self.gap(after) == NEXT
        )

    def _goes_on_small(self, last):
        after = last + 1
        return (
            after < len(self.said)
            and after not in self.capitals
            and self.gap(after) in {NEXT, COMMA, APART}
        )

    def _said_after(self, first, last):
        """Karl, my boss; Karl is my boss; it was Karl who."""
        words, after = self.words, last + 1
        if after >= len(self.said):
            return False
        if self.said[after] in TITLES_AFTER and self.gap(after) == NEXT:
            return True
        if (
            self.said[after] in WHO
            and self._is(first - 1, IS)
            and self.gap(first) == self.gap(after) == NEXT
        ):
            return True
        if self.gap(after) == NEXT and self.said[after] in IS:
            after += 1
        elif self.gap(after) not in {COMMA, APART}:
            return False
        if not self._is(after, words.own):
            return False
        return self._related(after + 1) or (
            self._is(after + 1, words.between | words.own) and self._related(after + 2)
        )

    def _goes_on(self, first, named):
        """ "Anna and Ben", where Anna is a name."""
        if not named or not named[-1][2]:
            return False
        last = named[-1][1]
        if last == first - 2 and self.said[first - 1] in AND:
            return self.gap(first) == self.gap(first - 1) == NEXT
        if last != first - 1 or self.gap(first) != COMMA or first + 1 >= len(self.said):
            return False
        return self.said[first + 1] in AND or self.gap(first + 1) == COMMA

    def _acts(self, at, gap):
        """A single one, who does something to somebody."""
        words = self.words
        if at + 2 >= len(self.said) or self.gap(at + 1) != NEXT:
            return False
        acts, whom = self._is(at + 1, words.acts), self._is(at + 1, words.whom)
        if gap in {FIRST, LINE}:
            return (acts and self._is(at + 2, words.whom)) or (
                whom and (self._is(at + 2, words.acts) or self._is(at + 2, {"a", "avait"}))
            )
        return acts or (whom and self._is(at + 2, words.acts))

    # ------------------------------------------------------------ named once more

    def again(self, named):
        """Where a name stands once more, in full or in part."""
        taken, sure = set(), set()
        for first, last, led in named:
            taken.update(range(first, last + 1))
            for one in range(first, last + 1):
                said = self.said[one]
                if len(said) > 2 and said not in LINKS and (led or said not in self.in_small):
                    sure.add(self.lower[self.starts[one] : self.end(one)])
        for at in self.capitals - taken:
            if self.lower[self.starts[at] : self.end(at)] in sure and self.is_name(at):
                yield self.starts[at], self.end(at)
