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
from letters.vocabulary import ContentNote, GapReason

# As she may choose: what the writer left out is marked by the writer.
REASONS = [reason for reason in GapReason if reason != GapReason.WRITER]
SIDES = ("left", "top", "width", "height")
MOST_BOXES = 200
WHOLE = [0.0, 0.0, 1.0, 1.0]
# No characters: they stand for the brackets of a gap while a text is put into our form.
_OPENS, _CLOSES = "\ufdd0", "\ufdd1"
_KNOWN_GAP = re.compile(f"⟦({'|'.join(GapReason.values)})⟧")
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
    return redactions.clean(submission, found + read_words(posted, submission))


def read_words(posted, submission) -> list:
    """As `read`, without the places that the page has counted: they say nothing in a text that
    was changed since."""
    found, reason = [], _reason(posted)
    for phrase in _phrases(posted):
        for name in TEXT_FIELDS:
            spans = phrases.spans(getattr(submission, name), phrase)
            found += [[name, start, end, reason] for start, end in spans]
    return redactions.clean(submission, found)


def not_found(posted, submission) -> list[str]:
    """The words to leave out that stand nowhere in the letter: somebody may have mistyped what
    must not be published."""
    texts = [getattr(submission, name) for name in TEXT_FIELDS]
    texts += ContentNote.own_of(submission.content_notes)
    texts += [posted.get(name, getattr(submission, name)) for name in ("picture_alt", "transcript")]
    return [
        phrase
        for phrase in _phrases(posted)
        if not any(phrases.spans(text, phrase) for text in texts)
    ]


def without(posted, values) -> dict:
    """What is published beside the texts in which places are marked, without the words to leave
    out. values: {field of `Submission.approve`: value}; others than these three stay."""
    found, reason = _phrases(posted), GapReason(_reason(posted))
    changed = {}
    if "picture_alt" in values:
        changed["picture_alt"] = _one_line(values["picture_alt"], found)
    if values.get("transcript") is not None:
        changed["transcript"] = phrases.blanked(values["transcript"], found, reason=reason)[0]
    if values.get("content_notes") is not None:
        changed["content_notes"] = [
            note if note in ContentNote.values else _one_line(note, found)
            for note in values["content_notes"]
        ]
    return {**values, **changed}


def _one_line(text, found):
    return phrases.blanked(text, found, one_line=True)[0] if text else text


def _reason(posted):
    reason = posted.get("blank_reason", "")
    return reason if reason in GapReason.values else GapReason.OTHER.value


def _phrases(posted):
    lines = rules.normalise(posted.get("blank_words", "")).splitlines()
    return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def read_transcript(posted) -> str | None:
    """What she wrote down of the picture, with the text rules of intake and without the words to
    leave out; None where the page has no field for it. Gaps that stand in it stay."""
    if "transcript" not in posted:
        return None
    text = posted["transcript"].replace(_OPENS, "").replace(_CLOSES, "")
    text = rules.normalise(_KNOWN_GAP.sub(rf"{_OPENS}\1{_CLOSES}", text))
    text = text.replace(_OPENS, "⟦").replace(_CLOSES, "⟧")
    return without(posted, {"transcript": text})["transcript"]


def read_boxes(posted) -> list:
    """The boxes of a page as [left, top, width, height], 0 to 1 of the sides of the picture.
    posted: a QueryDict; `box` from the script, else a row of percents for each box. Rather a box
    that is too large than one that is left out."""
    boxes = [value.split(",") for value in posted.getlist("box")]
    rows = zip(*(posted.getlist(f"box_{side}") for side in SIDES), strict=False)
    boxes += [[_percent(value) for value in row] for row in rows if "".join(row).strip()]
    found = [box for box in map(_box, boxes) if box]
    return found if len(found) <= MOST_BOXES else [*found[:MOST_BOXES], WHOLE]


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
        numbers.append(number)
    left, top, width, height = numbers
    # Drawn from its other corner.
    left, width = min(left, left + width), abs(width)
    top, height = min(top, top + height), abs(height)
    left, top, width, height = (min(1.0, max(0.0, x)) for x in (left, top, width, height))
    width, height = min(width, 1 - left), min(height, 1 - top)
    if width <= 0 or height <= 0:
        return None
    return [round(number, 5) for number in (left, top, width, height)]
