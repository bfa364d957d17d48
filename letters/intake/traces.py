"""After the answer: is a letter nearly the same as others, is its picture one that was refused,
does it have words that editors watch for? It marks for moderators, and refuses nothing.
"""

import re

from django.db import transaction
from django.db.models import Count

from letters import likeness, search
from letters.intake import picture
from letters.models import Submission, Trace, WordList
from letters.vocabulary import HeldReason
from portal import outbox, tree

JOB = "letters.traces"
# Letters with the same band. A campaign may send one text a hundred thousand times: the first of
# them make the others known, and all of them would make every check page slow.
ENOUGH_OF_A_BAND = 100
# Thai, Lao, Tibetan, Burmese, Khmer, Kana and Han.
_WITHOUT_SPACES = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# What an Arabic or Hebrew word is the same without: vowel marks, and the stroke that stretches it.
_VOWELS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]")
_ARABIC = re.compile("[\u0620-\u064a]")
# "and", "with", "for" and "the" are written in one with the Arabic word that follows.
_WRITTEN_IN_ONE = "(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)"


@outbox.handler(JOB)
def look(submission_id):
    """May run twice. What was taken back meanwhile leaves no trace."""
    submission = Submission.objects.defer("contact", "appeal").filter(pk=submission_id).first()
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
    }
    with transaction.atomic():
        current = (
            Submission.objects.select_for_update().only("held", "erased").get(pk=submission_id)
        )
        if current.erased:
            return
        current.traces.filter(refused=False).delete()
        bands[Trace.Of.WORDS] = _rare(bands[Trace.Of.WORDS])
        Trace.objects.bulk_create(
            Trace(submission=current, of=of, band=band) for of in bands for band in bands[of]
        )
        found = [reason.value for reason, is_so in reasons.items() if is_so]
        if added := [reason for reason in found if reason not in current.held]:
            current.held = [*current.held, *added]
            current.save(update_fields=["held"])


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


def has_watched_words(submission) -> bool:
    """Editors' words of its language, anywhere in its texts; capitals and accents don't matter."""
    lists = tree.current().remember(
        ("word-lists",), lambda: dict(WordList.objects.values_list("language", "words"))
    )
    language = submission.language
    watched = lists.get(language) or lists.get(language.partition("-")[0]) or ""
    text = _folded("\n".join([submission.title, submission.words, submission.signature]))
    return any(_has(text, _folded(line.strip())) for line in watched.splitlines())


def _folded(text):
    return _VOWELS.sub("", search.fold(text))


def _has(text, watched):
    """Whole words; in scripts without spaces between words, wherever they stand."""
    if not watched:
        return False
    if _WITHOUT_SPACES.search(watched):
        return watched in text
    before = _WRITTEN_IN_ONE if _ARABIC.match(watched) else ""
    return re.search(rf"(?<!\w){before}{re.escape(watched)}(?!\w)", text) is not None
