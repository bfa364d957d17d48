"""After the answer: is a letter nearly the same as others, is its picture one that was refused,
does it have words that editors watch for? It marks for moderators, and refuses nothing.
"""

from django.db import transaction
from django.db.models import Count

from letters import likeness
from letters.intake import language, picture, watched
from letters.intake.identifying import IdentifyingKind, find
from letters.models import Submission, Trace
from letters.vocabulary import HeldReason
from portal import clock, outbox

JOB = "letters.traces"
_IDENTIFYING = {
    *(IdentifyingKind.PHONE, IdentifyingKind.EMAIL, IdentifyingKind.ADDRESS),
    *(IdentifyingKind.NUMBER, IdentifyingKind.HANDLE),
}
# Letters with the same band. A campaign may send one text a hundred thousand times: the first of
# them make the others known, and all of them would make every check page slow.
ENOUGH_OF_A_BAND = 100


@outbox.handler(JOB)
def look(submission_id):
    """May run twice. What was taken back meanwhile leaves no trace."""
    submission = Submission.objects.sealed().filter(pk=submission_id).first()
    if submission is None or submission.erased:
        return
    bands = {Trace.Of.WORDS: likeness.bands(submission.words)}
    if submission.picture_name:
        webp = picture.load(submission.picture_name).webp
        bands[Trace.Of.PICTURE] = likeness.picture_bands(webp)
    reasons = {
        HeldReason.ALIKE: any(_alike(of, bands[of], submission) for of in bands),
        HeldReason.REFUSED_PICTURE: _alike(
            Trace.Of.PICTURE, bands.get(Trace.Of.PICTURE, []), submission, refused=True
        ),
        HeldReason.WATCHED_WORDS: has_watched_words(submission),
        HeldReason.IDENTIFYING: identifies(submission),
        HeldReason.OTHER_LANGUAGE: language.contradicts(submission.words, submission.language),
    }
    with transaction.atomic():
        current = Submission.objects.sealed().select_for_update(of=["self"]).get(pk=submission_id)
        if current.erased:
            return
        put_together(current)
        current.traces.filter(refused=False).delete()
        bands[Trace.Of.WORDS] = _rare(bands[Trace.Of.WORDS])
        Trace.objects.bulk_create(
            Trace(submission=current, of=of, band=band) for of in bands for band in bands[of]
        )
        found = [reason.value for reason, is_so in reasons.items() if is_so]
        if added := [reason for reason in found if reason not in current.held]:
            current.held = [*current.held, *added]
            current.save(update_fields=["held"])


def put_together(submission):
    """Remember what its words are the same as, and have it stand behind the first letter of the
    same words that waits. One with a picture, or that is public already, stands for itself."""
    submission.same_words = likeness.same_words(
        f"{submission.title}\n{submission.words}".strip(), submission.language, submission.kind
    )
    found = Submission.objects.waiting().filter(same_words=submission.same_words, burst_of=None)
    found = found.filter(picture_name="", letter=None).exclude(pk=submission.pk)
    # Locked: whoever decides the first one hands on those that stand behind it.
    found = found.select_for_update(of=["self"])
    waits_alone = (
        submission.same_words
        and submission.state == Submission.State.WAITING
        and not (submission.picture_name or submission.letter_id or submission.burst_of_id)
        and not submission.burst.exists()
    )
    if waits_alone:
        submission.burst_of_id = found.values_list("pk", flat=True).first()
    submission.save(update_fields=["same_words", "burst_of"])


def _rare(bands):
    """Those of a text's bands that not so many letters have already."""
    known = Trace.objects.filter(of=Trace.Of.WORDS, band__in=bands).values("band")
    counted = known.annotate(letters=Count("pk")).filter(letters__gte=ENOUGH_OF_A_BAND)
    common = set(counted.values_list("band", flat=True))
    return [band for band in bands if band not in common]


def _alike(of, bands, submission, **narrower):
    if not bands:
        return False
    enough = {
        Trace.Of.WORDS: likeness.NEARLY_THE_SAME,
        Trace.Of.PICTURE: likeness.NEARLY_THE_SAME_PICTURE,
    }[of]
    shared = Trace.objects.filter(of=of, band__in=bands, **narrower).exclude(submission=submission)
    counted = shared.values("submission").annotate(shared=Count("pk"))
    return counted.filter(shared__gte=enough).exists()


def identifies(submission) -> bool:
    """It has a phone number, an e-mail or postal address, an account or an identity number."""
    text = "\n\n".join([submission.title, submission.words, submission.signature])
    return any(kind in _IDENTIFYING for _start, _end, kind in find(text, submission.language))


def has_watched_words(submission) -> bool:
    """Editors' words of its language, anywhere in its texts; capitals and accents don't matter."""
    lines = watched.lines(submission.language)
    texts = (submission.title, submission.words, submission.signature)
    return any(watched.spans(text, lines) for text in texts)


@clock.every(minutes=1)
def free_what_stands_behind_nothing():
    """A letter of a burst whose first was decided at the very moment when it became the first."""
    behind = Submission.objects.waiting().order_by().filter(burst_of__isnull=False)
    behind.exclude(burst_of__state=Submission.State.WAITING).update(burst_of=None)
