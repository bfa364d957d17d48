"""The moment a letter becomes ours: one token, one row, one receipt."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from letters.intake import language, picture, receipt, suspicion, token, traces
from letters.models import PendingPicture, Submission
from portal import outbox

_FIELDS = (
    "kind",
    "decision_maker",
    "addressee",
    "title",
    "words",
    "language",
    "signature",
    "content_notes",
    "picture_alt",
    "may_publish_words",
    "may_publish_picture",
    "may_quote",
    "may_translate",
    "way",
    "contact",
    "campaign",
)


class PictureGone(Exception):
    """The letter says it has a picture, but that was deleted: it waited for more than three
    hours.
    """


def sent_before(secret: str) -> Submission | None:
    return Submission.objects.filter(token_hash=token.stored(secret)).first()


def receive(draft: dict, secret: str, held: list[str] = ()) -> tuple[Submission, str]:
    """Store the letter and return its row and its receipt, as twenty digits.

    draft: what LetterForm.draft gives; text that has passed letters.intake.words. `has_picture`
    takes along the picture held for this token; `picture_name` names one that was stored already.
    held: why the letter needs a second look, codes of `vocabulary.HeldReason`.

    The same token gives the same row and receipt, however often and however many at a time.
    Raises PictureGone.
    """
    receipt_digits = receipt.receipt_for(secret)
    values = {name: draft[name] for name in _FIELDS if name in draft}
    if not values.get("language"):
        values["language"] = language.guess_language(values.get("words", ""))
    try:
        with transaction.atomic():
            return _receive(draft, values, secret, receipt_digits, held), receipt_digits
    except IntegrityError:
        # Another request with this token was quicker by a moment.
        submission = sent_before(secret)
        if submission is None:
            raise
        return submission, receipt_digits


def _receive(draft, values, secret, receipt_digits, held):
    token_hash = token.stored(secret)
    picture_name = draft.get("picture_name", "")
    if draft.get("has_picture"):
        # Asked for before the row: a request beside this one makes the row and takes the picture
        # in one step.
        pending = picture.find(token_hash, locked=True)
        submission = sent_before(secret)
        if submission is not None:
            return submission
        if pending is None or not PendingPicture.objects.filter(pk=pending.pk).delete()[0]:
            # A request beside this one may have taken it, with the row, a moment ago.
            submission = sent_before(secret)
            if submission is not None:
                return submission
            raise PictureGone
        picture_name = pending.name
    now = timezone.now()
    submission = Submission.objects.create(
        **values,
        picture_name=picture_name,
        token_hash=token_hash,
        receipt_hash=receipt.stored(receipt_digits),
        held=list(held),
        received=now,
        due=now + suspicion.delay(held),
        state=Submission.State.WAITING,
    )
    outbox.enqueue(traces.JOB, submission_id=submission.pk)
    return submission
