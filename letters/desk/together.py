"""Up to fifty letters decided together: what would happen to each, and the deciding.

A picture is looked at before readers see it, so a letter with one is never published here.
"""

from collections import Counter, defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from letters import redactions
from letters.desk import first_lines, flags
from letters.desk.queue import shown
from letters.desk.ticks import MOST, keys_of
from letters.models import (
    AlreadyDecided,
    ChangedMeanwhile,
    Decision,
    DecisionMaker,
    NoConsent,
    SamePerson,
)
from letters.vocabulary import ContentNote
from portal.private import WrongKey

PUBLISH, DECLINE, PASS = ACTS = ("publish", "decline", "pass")

# Why a letter is not published together with others.
NO_CONSENT = gettext_lazy("Its writer did not agree to publication")
NO_DESCRIPTION = gettext_lazy("Its picture has no description")
LOOK_FIRST = gettext_lazy("Its picture is to be looked at first")
AGREED = gettext_lazy("You have agreed to it already: somebody else must, too")


class Together:
    """The letters that a moderator has chosen, of those that wait for her.

    keys: numbers of submissions. With `whole_bursts` each brings those of the same words along.
    Gives `letters`, at most fifty, each with what hinders it; `too_many`: how many of the chosen
    wait for another time; `gone`: the numbers of those that are not waiting any more.
    """

    def __init__(self, queue, keys, whole_bursts=True):
        self.queue = queue
        keys = set(keys)
        found = queue.submissions().waiting().select_related("decision_maker", "claimed_by")
        if not queue.leads:
            found = found.filter(for_lead=False)
        chosen = Q(pk__in=keys)
        if whole_bursts:
            chosen |= Q(burst_of__in=keys)
        # Asked for by their keys first: a burst may have thousands.
        places = list(found.filter(chosen).values_list("pk", "burst_of"))
        order = {pk: place for place, (pk, _first) in enumerate(places)}
        places.sort(key=lambda row: (order.get(row[1], order[row[0]]), row[1] is not None))
        self.too_many = max(0, len(places) - MOST)
        self.gone = sorted(keys - set(order))
        rows = found.in_bulk([pk for pk, _first in places[:MOST]])
        self.letters = [self._looked_at(rows[pk]) for pk, _first in places[:MOST] if pk in rows]

    def _looked_at(self, submission):
        submission.hindrance = hindrance(submission, self.queue.user)
        submission.is_first_of_two = (
            not submission.hindrance and submission.agreed_by_id is None and submission.needs_two()
        )
        submission.read_by_another = submission.is_claimed_by_another(self.queue.user)
        return submission

    def to_read(self):
        """`letters`, with what their page shows of each."""
        return [_shown(letter) for letter in self.letters]

    def summary(self, unticked=()):
        """What publishing would do to those that are ticked, once they are `to_read`: {at_once,
        first_of_two, marked: how many, hindered: {why: how many}}; has_marked, may_publish: whether
        any of them, ticked or not, is marked, or could be published."""
        ticked = [letter for letter in self.letters if letter.pk not in unticked]
        hindered = Counter({letter.hindrance: 0 for letter in self.letters if letter.hindrance})
        hindered.update(letter.hindrance for letter in ticked if letter.hindrance)
        first = sum(letter.is_first_of_two for letter in ticked)
        return {
            "at_once": len(ticked) - first - hindered.total(),
            "first_of_two": first,
            "hindered": dict(hindered),
            "marked": sum(bool(letter.places and not letter.hindrance) for letter in ticked),
            "has_marked": any(letter.places and not letter.hindrance for letter in self.letters),
            "may_publish": not all(letter.hindrance for letter in self.letters),
        }

    def decide(self, act, seen, batch, *, reason="", note=""):
        """Decide them, each for itself. seen: {number: what stood for it as it was read}; see
        `Submission.seen`. Returns {what became of it: [numbers]}; keys: codes of Decision.Act,
        "second" (decided meanwhile), "changed" (not as it was read), and sentences that say why
        not."""
        became = defaultdict(list)
        became["second"] += self.gone
        # The first of a burst last: otherwise each would hand the others on to the next.
        for letter in sorted(self.letters, key=lambda letter: letter.burst_of_id is None):
            try:
                if act != PASS and seen.get(letter.pk) != letter.seen:
                    raise ChangedMeanwhile
                done = self._decide(letter, act, reason, note, batch)
            except ChangedMeanwhile:
                done = "changed"
            except AlreadyDecided:
                done = "second"
            except NoConsent:
                done = str(NO_CONSENT)
            except SamePerson:
                done = str(AGREED)
            except WrongKey:
                done = _("It cannot be opened. Ask whoever runs this site.")
            became[done].append(letter.pk)
        return {done: sorted(numbers) for done, numbers in became.items() if numbers}

    def _decide(self, letter, act, reason, note, batch):
        user, done = self.queue.user, act
        if act == PASS:
            letter.pass_on(user, batch=batch)
        elif act == DECLINE:
            letter.decline(user, reason, note=note, batch=batch)
        elif letter.hindrance:
            return letter.hindrance
        elif letter.approve(user, batch=batch) is None:
            done = Decision.Act.AGREE.value
        log(letter, f"letters.{done}", user=user)
        return done


def _shown(submission):
    shown(submission)
    texts = redactions.applied(submission)
    submission.shown_title = texts["title"]
    submission.body, submission.rest = first_lines.parted(texts["words"], heading_level=4)
    submission.shown_signature = texts["signature"]
    listed = submission.decision_maker
    names = DecisionMaker.names_in(submission.language) if listed else {}
    name, language = names.get(listed.slug, ("", "")) if listed else ("", "")
    submission.to = name or texts["addressee"]
    submission.to_language = language if name else submission.language
    submission.notes = ContentNote.labels_of(submission.content_notes)
    submission.own_notes = ContentNote.own_of(submission.content_notes)
    submission.places = _places(submission)
    return submission


def _places(submission):
    """How many places of its texts are marked that nobody has left out yet."""
    left_out = submission.redactions
    return sum(
        not any(
            name == place.field and start < place.end and place.start < end
            for name, start, end, _reason in left_out
        )
        for place in flags.places_in(submission)
    )


def hindrance(letter, user):
    """Why it can't be published together with others, as a sentence; "" if it can."""
    if not letter.is_publishable:
        return str(NO_CONSENT)
    if letter.agreed_by_id is not None and letter.agreed_by_id == user.pk:
        return str(AGREED)
    if letter.picture_name and letter.may_publish_picture:
        return str(LOOK_FIRST if letter.picture_alt else NO_DESCRIPTION)
    return ""


def seen_of(posted):
    """{number: what stood for it as it was read}, of fields "seen-12"."""
    found = {}
    for name, value in posted.items():
        for key in keys_of([name.removeprefix("seen-")]):
            found[key] = value
    return found
