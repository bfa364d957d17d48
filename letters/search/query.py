"""What somebody asks for: words, all of which must be there; the last one, and those with an
asterisk, may be the beginning of a word; "in quotes", words just as they follow each other.
Whatever else is typed means nothing and does no harm."""

import re
from dataclasses import dataclass

from letters.search.tokens import fold, neighbours, pairs, runs

MAX_LENGTH = 100  # characters
MAX_TERMS = 6

_QUOTES = re.compile("[“”„‟«»「」『』〝〞]")


@dataclass(frozen=True)
class Term:
    """Tokens that follow each other; of the last one the beginning is enough if is_begun."""

    tokens: tuple
    is_begun: bool

    @property
    def needle(self):
        """What `tokens.text_of` a text holds where this is found."""
        return f" {' '.join(self.tokens)}{'' if self.is_begun else ' '}"

    @property
    def indexed(self):
        """What an index has of each letter in which this is found: tokens, and whether the
        beginning is enough. Few letters have two words next to each other, so there is no need
        to ask for each of them."""
        whole = self.tokens[:-1] if self.is_begun else self.tokens
        tokens = neighbours(whole) if len(whole) > 1 else whole
        return [
            *((one, False) for one in tokens),
            *((one, True) for one in self.tokens[len(whole) :]),
        ]


@dataclass(frozen=True)
class Query:
    terms: tuple
    was_cut: bool  # not all that was typed is looked for

    @classmethod
    def of(cls, text):
        """Takes any text. Without a letter or a digit in it there are no terms."""
        # Some signs stand for a whole sentence.
        asked = fold(text[:MAX_LENGTH])[: 2 * MAX_LENGTH]
        parts = _QUOTES.sub('"', asked).split('"')
        terms = []
        for number, part in enumerate(parts):
            if number % 2 and number < len(parts) - 1:
                terms.append(_term(part, is_begun=False))
                continue
            chunks = part.split()
            for chunk in chunks:
                is_last = number == len(parts) - 1 and chunk is chunks[-1]
                terms.append(_term(chunk, is_begun=is_last or chunk.endswith("*")))
        terms = list(dict.fromkeys(filter(None, terms)))
        return cls(tuple(terms[:MAX_TERMS]), len(text) > MAX_LENGTH or len(terms) > MAX_TERMS)

    def __bool__(self):
        return bool(self.terms)

    @property
    def phrases(self):
        """The terms for which an index without places is not enough."""
        return [term for term in self.terms if len(term.tokens) > 1]

    def matches(self, search_text):
        return all(term.needle in search_text for term in self.terms)

    def score(self, search_text):
        """How well a letter fits: often, near the top, as whole words, in few words."""
        title = search_text.partition("\n")[0]
        length = 0.3 + 0.9 * len(search_text.partition("\n @")[0]) / 800
        total = 0.0
        for term in self.terms:
            times = search_text.count(term.needle)
            total += times / (times + length)
            total += 0.6 * (term.needle in title)
            total += 0.3 * (term.is_begun and f"{term.needle} " in search_text)
        return total


def _term(text, is_begun):
    found = runs(text)
    if not found:
        return None
    tokens = []
    for number, (is_cut, signs) in enumerate(found):
        is_last = number == len(found) - 1
        tokens += pairs(signs) if is_cut else signs
        # Where the run goes on in a letter, its last sign does not stand alone there.
        if is_cut and not (is_last and len(signs) > 1):
            tokens.append(signs[-1])
    is_cut, signs = found[-1]
    return Term(tuple(tokens), is_begun or (is_cut and len(signs) == 1))
