"""A second look at what tells who somebody is, before a letter leaves her hands.

It suggests and never forces: each place is shown with a button that blanks it out.
"""

from typing import NamedTuple

from letters.intake import words as rules
from letters.intake.identifying import IdentifyingKind, find

AROUND = 40  # characters shown on either side
SHOWN = 30
BLANK = "[…]"
_LOOKED_AT = {"title": False, "words": True, "picture_alt": False, "signature": False}


class Found(NamedTuple):
    """A place in one of her texts. `place` is what its button sends."""

    place: str
    kind: str
    before: str
    marked: str
    after: str


def _tidy(name, text):
    return rules.normalise(text) if _LOOKED_AT[name] else rules.normalise_line(text)


def look(draft) -> list[Found]:
    """Return what seems to identify somebody in a draft (`LetterForm.draft`)."""
    found = []
    for name in _LOOKED_AT:
        text = draft.get(name, "")
        for start, end, kind in find(text, draft.get("language", "")):
            if name == "signature" and kind == IdentifyingKind.NAME:
                continue  # how she signs is her own choice
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            found.append(
                Found(
                    place=f"{name}:{start}-{end}",
                    kind=IdentifyingKind(kind).label,
                    before=("…" if start > AROUND else "") + before.replace("## ", ""),
                    marked=text[start:end],
                    after=after.replace("## ", "") + ("…" if end + AROUND < len(text) else ""),
                )
            )
    return found[:SHOWN]


def blank(posted, place: str) -> None:
    """Put BLANK at a place of the posted texts (a QueryDict that may be changed). A place that is
    none changes nothing.
    """
    name, _colon, span = place.partition(":")
    start, _dash, end = span.partition("-")
    if name not in _LOOKED_AT or not (_is_number(start) and _is_number(end)):
        return
    text, start, end = _tidy(name, posted.get(name, "")), int(start), int(end)
    if start < end <= len(text):
        posted[name] = text[:start] + BLANK + text[end:]


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 7
