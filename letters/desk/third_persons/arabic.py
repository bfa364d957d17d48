"""Names in Arabic: after a title or a relation, frequent names, and fathers and mothers of."""

import re

from letters.desk.third_persons.arabic_words import (
    BETWEEN,
    FATHERS,
    NAMES,
    NAMES_TOO,
    NOBODY,
    RELATIONS,
    SONS,
    TITLES,
    bare,
)

_WORD = re.compile("[\u0621-\u065f\u0670-\u06d3\u06d5\u06fa-\u06ff]{1,40}")
_NEXT = frozenset({" ", "، ", ". ", ": ", " «", "، «"})
_ONE = "وفبلك"  # and, so, with, to, like: written in one with the next word
_SIGN = re.compile("[ً-ٰٟ]")
_ENDS = tuple(".،؛!؟\n)»")
_LONGEST = 4  # words
_PROPHET = frozenset({"النبي", "رسول", "سيدنا", "نبينا", "سورة", "ال"})


def find(plain: str):
    """Yield (start, end)."""
    spans = [match.span() for match in _WORD.finditer(plain)]
    words = [bare(plain[start:end]) for start, end in spans]
    at = 0
    while at < len(words):
        first, ahead = _begins(plain, spans, words, at)
        if first is None:
            at += 1
            continue
        last = _goes_on(plain, spans, words, first, ahead)
        start = spans[first][0] + _in_one(plain, spans[first], words[first])
        yield start, spans[last][1]
        at = last + 1


def _forms(word):
    """A word as it stands, and without what may be written in one with it."""
    yield word
    if word.startswith("لل"):
        yield "ا" + word[1:]
    if len(word) > 3 and word[0] in _ONE:
        yield word[1:]
        if word[0] in "وف" and word[1] in "بلك" and len(word) > 4:
            yield "ا" + word[2:] if word.startswith("لل", 1) else word[2:]


def _is(word, words):
    return any(form in words for form in _forms(word))


def _in_one(plain, span, word):
    """How many characters before the name are written in one with it."""
    if word in NAMES or word in NAMES_TOO or word in FATHERS:
        return 0
    for form in _forms(word):
        if form != word and (form in NAMES or form in NAMES_TOO or form in FATHERS):
            at = span[0] + len(word) - len(form)
            # Vowel signs count, where there are any.
            shift = 0
            while bare(plain[at + shift : span[1]]) != form and at + shift < span[1]:
                shift += 1
            while _SIGN.match(plain, at + shift):
                shift += 1
            return at + shift - span[0]
    return 0


def _is_next(plain, spans, at, gaps=(" ",)):
    return 0 < at < len(spans) and plain[spans[at - 1][1] : spans[at][0]] in gaps


def _begins(plain, spans, words, at):
    """(the first word of a name that begins here or after this word, whether something led to
    it), or (None, False)."""
    word = words[at]
    if _is(word, FATHERS) and at + 1 < len(words) and _is_next(plain, spans, at + 1):
        if words[at + 1] in NAMES or words[at + 1] in NAMES_TOO:
            return at, True
    if _is(word, TITLES):
        after = at + 1
        gaps = (" ", ". ", "/", " / ", "./ ") if len(word) < 3 else (" ", " / ", "/ ", "/")
        while after < len(words) and _is_next(plain, spans, after, gaps) and words[after] in TITLES:
            after += 1
        # A single letter is a title only with its stop.
        shortened = len(word) > 1 or plain[spans[at][1] : spans[at][1] + 1] in {".", "/"}
        if shortened and _is_next(plain, spans, after, gaps) and _may_be(words[after]):
            return after, True
    if _is(word, RELATIONS):
        after, count = at + 1, 0
        while count < 2 and after < len(words) and words[after] in BETWEEN:
            after, count = after + 1, count + 1
        if after < len(words) and plain[spans[after - 1][1] : spans[after][0]] in _NEXT:
            if _is(words[after], TITLES):
                return None, False
            if words[after] in NAMES or words[after] in NAMES_TOO:
                return after, True
    sure = _is(word, NAMES) or word == "عبد" and _is_next(plain, spans, at + 1)
    if sure and (word != "عبد" or words[at + 1].startswith("ال")):
        return (None, False) if at and words[at - 1] in _PROPHET else (at, False)
    # Two frequent names in a row, though each is a word too.
    if word in NAMES_TOO and _is_next(plain, spans, at + 1) and words[at + 1] in NAMES:
        return at, False
    return None, False


def _may_be(word):
    """After a title: anything but what a sentence goes on with."""
    if word in NAMES or word in NAMES_TOO:
        return True
    if word in NOBODY or len(word) < 3:
        return word in SONS
    return not (
        (word[0] in "يت" and len(word) < 7)  # he, she does
        or (word[-1] == "ت" and len(word) < 6)  # she did
        or word.endswith(("ني", "وا", "نا", "ها", "هم"))
        or word in BETWEEN
        or (word[0] in _ONE and (word[1:] in NOBODY or word.startswith("ال", 1)))
    )


def _goes_on(plain, spans, words, first, led):
    last = first
    while last + 1 < len(words) and last - first < _LONGEST - 1:
        after = last + 1
        if not _is_next(plain, spans, after):
            break
        word = words[after]
        a_name = word in NAMES or word in NAMES_TOO
        if a_name or (word in SONS and _is_next(plain, spans, after + 1)):
            last = after + 1 if not a_name and after + 1 < len(words) else after
            continue
        # A family's name; after it nothing more.
        if word.startswith("ال") and 4 < len(word) < 11 and _may_be(word) and word not in TITLES:
            return after
        return _unknown(plain, spans, words, first, last, led)
    return last


def _unknown(plain, spans, words, first, last, led):
    """Up to two more words after a first name, where the clause ends with them."""
    if last > first or not (led or words[first] in NAMES):
        return last
    for after in range(last + 1, min(last + 3, len(words))):
        word = words[after]
        if not (_is_next(plain, spans, after) and _may_be(word)) or _is(word, RELATIONS):
            break
        if plain[spans[after][1] : spans[after][1] + 1] in _ENDS:
            return after
    return last
