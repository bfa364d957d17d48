"""Words of a letter that readers won't see: where they stand, and how they are burnt in.

A redaction is [field, start, end, code of GapReason], places counted in characters of her own
text. The public letter holds a gap instead; her own text stays as she wrote it until it is erased.
"""

import unicodedata

from letters import paper
from letters.phrases import dots
from letters.vocabulary import GapReason

# True: a single line, shown as it is, so that dots stand for what is gone.
TEXT_FIELDS = {"title": True, "words": False, "signature": True, "addressee": True}


def clean(submission, redactions):
    """The redactions that make sense for a submission, sorted, whole and apart from each other:
    one that touches a gap or another one covers both."""
    found = {name: [] for name in TEXT_FIELDS}
    for redaction in redactions or []:
        try:
            name, start, end, reason = redaction
            start, end = int(start), int(end)
        except (TypeError, ValueError):
            continue
        text = getattr(submission, name, "") if name in found else ""
        if not 0 <= start < end <= len(text):
            continue
        reason = reason if reason in GapReason.values else GapReason.OTHER.value
        found[name].append((*_whole(text, start, end), str(reason)))
    return [[name, *one] for name, spans in found.items() for one in _merged(spans)]


def _whole(text, start, end):
    """Not in the middle of a gap, nor before the marks of its last letter."""
    for match in paper.GAP.finditer(text):
        if start < match.end() and match.start() < end:
            start, end = min(start, match.start()), max(end, match.end())
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end


def _merged(spans):
    merged = []
    for start, end, reason in sorted(spans):
        if merged and start < merged[-1][1]:
            first, last, why = merged[-1]
            merged[-1] = (first, max(end, last), why)
        else:
            merged.append((start, end, reason))
    return merged


def applied(submission):
    """{field: its text with the redactions burnt in}"""
    texts = {name: getattr(submission, name) for name in TEXT_FIELDS}
    for name, one_line in TEXT_FIELDS.items():
        spans = [tuple(spot[1:]) for spot in submission.redactions if spot[0] == name]
        if one_line:
            for start, end, _reason in reversed(spans):
                texts[name] = texts[name][:start] + dots(end - start) + texts[name][end:]
        else:
            texts[name] = paper.blanked(texts[name], spans)
    return texts


def moved(redactions, name, changes):
    """The redactions after parts of a field were replaced by something shorter or longer.

    changes: (start, end, length of what stands there now), sorted and apart from each other.
    """

    def place(old, at_end):
        shift = 0
        for start, end, length in changes:
            if old >= end:
                shift += length - (end - start)
            elif old > start or (old == start and not at_end):
                return start + shift + (length if at_end else 0)
            else:
                break
        return old + shift

    return [
        [field, place(start, False), place(end, True), reason] if field == name else spot
        for spot in redactions
        for field, start, end, reason in [spot]
    ]
