"""A letter as a moderator reads it: its flags marked, what is to be left out shown as gaps, and
every piece of its text with the place where it stands.

Pages post what is to be left out as `redaction=words:12-20:name` (places in characters of the
writer's own text), boxes in the picture as `box=0.1,0.2,0.3,0.1` (of its sides).
"""

import math
import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from letters import phrases, redactions
from letters.desk.flags import GAPS
from letters.desk.pieces import FieldText, Run
from letters.intake import words as rules
from letters.redactions import TEXT_FIELDS
from letters.vocabulary import GapReason

# As she may choose: what the writer left out is marked by the writer.
REASONS = [reason for reason in GapReason if reason != GapReason.WRITER]
SIDES = ("left", "top", "width", "height")
MOST_BOXES = 50
_PLACE = re.compile(r"([a-z]{1,20}):([0-9]{1,6})-([0-9]{1,6}):([a-z-]{1,20})")
_PARTING = re.compile(r"\n\s*\n|\n(?=## )")


class Block(NamedTuple):
    tag: str  # h3 or p
    runs: list[Run]


class Choice(NamedTuple):
    """Something to leave out, for a page without a script. label: why; gap: what readers see."""

    value: str
    text: str
    label: str
    gap: str
    chosen: bool


class Marked(NamedTuple):
    addressee: list[Run]
    title: list[Run]
    blocks: list[Block]
    signature: list[Run]
    choices: list[Choice]
    reasons: list[GapReason]
    boxes: list[dict]  # {"left": percent of the width, …} as text, and an empty one


def of(submission, flags) -> Marked:
    """flags: what `letters.desk.flags.of` says of it. Everything in it is plain text: the
    templates escape it."""
    numbered = list(enumerate(flags.places, 1))
    texts = {name: FieldText(submission, name, numbered) for name in TEXT_FIELDS}
    return Marked(
        addressee=texts["addressee"].runs(),
        title=texts["title"].runs(),
        blocks=_blocks(texts["words"]),
        signature=texts["signature"].runs(),
        choices=_choices(submission, flags.places),
        reasons=REASONS,
        boxes=[_row(box) for box in submission.boxes] + [dict.fromkeys(SIDES, "")],
    )


def _blocks(words):
    """Headings and paragraphs, parted as `paper.html` parts them."""
    blocks = []
    start, last = _stripped(words.text, 0, len(words.text))
    for parting in [*_PARTING.finditer(words.text, start, last), None]:
        end = parting.start() if parting else last
        blocks += _parted(words, start, end)
        start = parting.end() if parting else end
    return blocks


def _parted(words, start, end):
    text = words.text
    while start + 3 <= end and text.startswith("## ", start):
        over = text.find("\n", start, end)
        over = end if over < 0 else over
        yield Block("h3", words.runs(*_stripped(text, start + 3, over)))
        start = min(over + 1, end)
    start, end = _stripped(text, start, end)
    if start < end:
        yield Block("p", words.runs(start, end))


def _stripped(text, start, end):
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _choices(submission, places):
    """What is left out already, then what is flagged."""
    choices = [
        Choice(
            f"{name}:{start}-{end}:{reason}",
            getattr(submission, name)[start:end],
            _("left out"),
            GapReason(reason).label,
            True,
        )
        for name, start, end, reason in submission.redactions
    ]
    for place in places:
        if not any(
            name == place.field and start <= place.start and place.end <= end
            for name, start, end, _reason in submission.redactions
        ):
            text = getattr(submission, place.field)[place.start : place.end]
            gap = GAPS[place.kind].label
            choices.append(Choice(place.value, text, place.label, gap, False))
    return choices


def _row(box):
    # Text: a browser takes a number with a decimal comma for none.
    return {side: f"{value * 100:.6g}" for side, value in zip(SIDES, box, strict=True)}


# --------------------------------------------------------------------- what was posted


def read(posted, submission) -> list:
    """What a page asks to leave out, as `submission.approve(redactions=…)` takes it. posted: a
    QueryDict. What stands nowhere in the letter is left alone: see `not_found`."""
    found = [
        [match[1], int(match[2]), int(match[3]), match[4]]
        for match in map(_PLACE.fullmatch, posted.getlist("redaction"))
        if match
    ]
    reason = posted.get("blank_reason", GapReason.OTHER.value)
    for phrase in _phrases(posted):
        for name in TEXT_FIELDS:
            spans = phrases.spans(getattr(submission, name), phrase)
            found += [[name, start, end, reason] for start, end in spans]
    return redactions.clean(submission, found)


def not_found(posted, submission) -> list[str]:
    """The words to leave out that stand nowhere in the letter: somebody may have mistyped what
    must not be published."""
    return [
        phrase
        for phrase in _phrases(posted)
        if not any(phrases.spans(getattr(submission, name), phrase) for name in TEXT_FIELDS)
    ]


def _phrases(posted):
    lines = rules.normalise(posted.get("blank_words", "")).splitlines()
    return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def read_transcript(posted) -> str | None:
    """What she wrote down of the picture, with the text rules of intake; None where the page has
    no field for it."""
    return rules.normalise(posted["transcript"]) if "transcript" in posted else None


def read_boxes(posted) -> list:
    """The boxes of a page as [left, top, width, height], 0 to 1 of the sides of the picture.
    posted: a QueryDict; `box` from the script, else a row of percents for each box. Rather a box
    that is too large than one that is left out."""
    boxes = [value.split(",") for value in posted.getlist("box")]
    rows = zip(*(posted.getlist(f"box_{side}") for side in SIDES), strict=False)
    boxes += [[_percent(value) for value in row] for row in rows if "".join(row).strip()]
    found = [box for box in map(_box, boxes) if box]
    return found[:MOST_BOXES]


def _percent(value):
    try:
        return str(float(value.replace(",", ".")) / 100)
    except ValueError:
        return ""


def _box(values):
    if len(values) != 4:
        return None
    numbers = []
    for value, missing in zip(values, (0.0, 0.0, 1.0, 1.0), strict=True):
        try:
            number = float(value)
        except ValueError:
            number = missing
        if not math.isfinite(number):
            return None
        numbers.append(min(1.0, max(0.0, number)))
    left, top, width, height = numbers
    width, height = min(width, 1 - left), min(height, 1 - top)
    if width <= 0 or height <= 0:
        return None
    return [round(number, 5) for number in (left, top, width, height)]
