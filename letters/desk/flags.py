"""What a moderator should look at in a letter, and why: places in its texts, and what concerns
the whole of it. It points; she decides.
"""

from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import likeness
from letters.desk import third_persons
from letters.intake import traces, watched
from letters.intake.identifying import IdentifyingKind, find
from letters.models import DecisionMaker, Submission, Trace
from letters.redactions import TEXT_FIELDS
from letters.vocabulary import GapReason, HeldReason, Kind

WATCHED = "watched"
THIRD_PERSON = "third-person"
PICTURE_WORDS = "picture-words"
NEAREST = 5
SALUTATION = 80  # characters at most
# How many traces of others are looked at, of the words and of the picture together.
ENOUGH_TRACES = 2 * likeness.BANDS * traces.ENOUGH_OF_A_BAND

# Why readers would see a gap there, unless she chooses another reason.
GAPS = {
    IdentifyingKind.PHONE: GapReason.CONTACT,
    IdentifyingKind.EMAIL: GapReason.CONTACT,
    IdentifyingKind.HANDLE: GapReason.CONTACT,
    IdentifyingKind.NUMBER: GapReason.CONTACT,
    IdentifyingKind.ADDRESS: GapReason.PLACE,
    IdentifyingKind.NAME: GapReason.NAME,
    THIRD_PERSON: GapReason.NAME,
    IdentifyingKind.LINK: GapReason.OTHER,
    WATCHED: GapReason.OTHER,
}
_LABELS = {
    WATCHED: gettext_lazy("words that editors watch for"),
    THIRD_PERSON: gettext_lazy("perhaps somebody’s name"),
}
# How she signs is her own choice, and whom she writes to is no third person.
_OF_OTHERS = ("title", "words")
_PICTURE_WORDS = gettext_lazy(
    "Look whether words in its picture name somebody, and write them down beside it."
)

# What endangers somebody comes first, what only tells of machines last. Held reasons that are
# not named stand between.
_FIRST = [
    *(WATCHED, HeldReason.REFUSED_PICTURE, HeldReason.APPEAL, HeldReason.MORE_ALLOWED),
    *(PICTURE_WORDS, "other-language", HeldReason.UNCONFIRMED, HeldReason.ALIKE),
]
_LAST = [
    *(HeldReason.MANY_LINKS, HeldReason.OTHER_FILES, HeldReason.ATTACK_DAY, HeldReason.HONEYPOT),
    *(HeldReason.TOO_FAST, HeldReason.NO_WORK, HeldReason.NO_ORIGIN, HeldReason.RATE),
    HeldReason.FLOOD,
]


# Read from the left in every language.
_FROM_THE_LEFT = {
    *(IdentifyingKind.PHONE, IdentifyingKind.NUMBER, IdentifyingKind.EMAIL, IdentifyingKind.LINK),
}


class Place(NamedTuple):
    """A place in one of its texts, in characters. kind: of `GAPS`."""

    field: str
    start: int
    end: int
    kind: str

    @property
    def label(self):
        return _LABELS.get(self.kind) or IdentifyingKind(self.kind).label

    @property
    def is_ltr(self):
        return self.kind in _FROM_THE_LEFT

    @property
    def value(self):
        """As a redaction of it is posted, see `letters.desk.marking.read`."""
        return f"{self.field}:{self.start}-{self.end}:{GAPS[self.kind].value}"


class Link(NamedTuple):
    address: str
    words: str
    count: int = 1


class Notice(NamedTuple):
    """A sentence about the letter. code: what it is about; links: where to look."""

    code: str
    words: str
    links: list[Link]


class Flags(NamedTuple):
    places: list[Place]  # in the order of TEXT_FIELDS, and apart from each other
    notices: list[Notice]  # by need: what endangers somebody first


def of(submission) -> Flags:
    """Everything that is to be looked at. At most three queries."""
    places = places_in(submission)
    reasons = dict(HeldReason.choices)
    alike = _alike(submission)
    codes = list(dict.fromkeys(submission.held))
    if any(place.kind == WATCHED for place in places):
        codes = [code for code in codes if code != HeldReason.WATCHED_WORDS]  # marked, so said
    if any(place.kind in IdentifyingKind.values for place in places):
        codes = [code for code in codes if code != HeldReason.IDENTIFYING]  # the same
    if alike and HeldReason.ALIKE not in codes:
        codes.append(HeldReason.ALIKE.value)
    notices = [
        Notice(code, reasons.get(code, code), alike if code == HeldReason.ALIKE else [])
        for code in codes
    ]
    if submission.picture_name and not submission.transcript:
        notices.append(Notice(PICTURE_WORDS, _PICTURE_WORDS, []))
    notices.sort(key=lambda notice: _need(notice.code))
    if places:
        notices.insert(0, Notice("marked", _("Marked in the letter"), _kinds(places)))
    return Flags(places, notices)


def _need(code):
    if code == HeldReason.WATCHED_WORDS:
        code = WATCHED
    if code in _FIRST:
        return _FIRST.index(code)
    return len(_FIRST) + (1 + _LAST.index(code) if code in _LAST else 0)


def anchor(number):
    """The id of the mark of a place, counted from 1."""
    return f"desk-flag-{number}"


def _kinds(places):
    counts = Counter(place.kind for place in places)
    first = {place.kind: number for number, place in reversed([*enumerate(places, 1)])}
    labels = {place.kind: place.label for place in places}
    return [
        Link(f"#{anchor(first[kind])}", labels[kind], counts[kind])
        for kind in GAPS
        if kind in counts
    ]


def places_in(submission):
    """The places of its texts that are to be looked at, in order and apart from each other."""
    lines = watched.lines(submission.language)
    known = _known(submission)
    places = []
    for name in TEXT_FIELDS:
        text = getattr(submission, name)
        apart = _Apart(len(text))
        apart.add(
            (start, end, kind.value)
            for start, end, kind in find(text, submission.language)
            # How she signs is her own choice.
            if not (name == "signature" and kind == IdentifyingKind.NAME)
        )
        apart.add((start, end, WATCHED) for start, end in watched.spans(text, lines))
        if name in _OF_OTHERS:
            persons = third_persons.find(text, submission.language, known)
            apart.add((start, end, THIRD_PERSON) for start, end in persons)
        places += [Place(name, *place) for place in sorted(apart.places)]
    return places


class _Apart:
    """Places of one text that don't touch: the one that came first stays."""

    def __init__(self, length):
        self.places, self._taken = [], bytearray(length)

    def add(self, places):
        for start, end, kind in places:
            if not any(self._taken[start:end]):
                self._taken[start:end] = b"\x01" * (end - start)
                self.places.append((start, end, kind))


def _known(submission):
    """Names that are no third person's: hers, and of whom she writes to. No query once the
    decision-makers' names are in memory."""
    known = [submission.signature, submission.addressee]
    for language in {submission.language, settings.LANGUAGE_CODE}:
        known += [name for name, _language in DecisionMaker.names_in(language).values()]
    if submission.kind == Kind.DECISION_MAKER:
        known.append(_salutation(submission.words))
    return known


def _salutation(words):
    """The first line, where it speaks to somebody."""
    first = words.lstrip().partition("\n")[0].rstrip()
    return first if len(first) <= SALUTATION and first.endswith(tuple(",،，:：!")) else ""


def _alike(submission):
    """Links to the letters of its language that are nearly the same, the likest first."""
    own = {Trace.Of.WORDS: [], Trace.Of.PICTURE: []}
    for of, band in submission.traces.values_list("of", "band"):
        own[of].append(band)
    if HeldReason.ALIKE in submission.held and not own[Trace.Of.WORDS]:
        # Too many have them, and so they were not kept.
        own[Trace.Of.WORDS] = likeness.bands(submission.words)
    enough = {
        Trace.Of.WORDS: likeness.NEARLY_THE_SAME,
        Trace.Of.PICTURE: likeness.NEARLY_THE_SAME_PICTURE,
    }
    shared = Q()
    for of, bands in own.items():
        if bands:
            shared |= Q(of=of, band__in=bands)
    if not shared:
        return []
    others = Trace.objects.filter(shared, submission__language=submission.language)
    others = others.exclude(submission=submission.pk).filter(submission__erased=False)
    rows = others.values_list("submission", "submission__state", "of")[:ENOUGH_TRACES]
    counts = Counter(rows)
    near = {}
    for (pk, state, of), count in counts.items():
        if count >= enough[of]:
            near[pk, state] = near.get((pk, state), 0) + count
    nearest = sorted(near, key=lambda one: (-near[one], one))[:NEAREST]
    return [
        Link(_page(pk, state), _("Letter %(number)s") % {"number": pk}) for pk, state in nearest
    ]


def _page(pk, state):
    name = "desk:letter" if state == Submission.State.WAITING else "desk:settled"
    return reverse(name, args=[pk])
