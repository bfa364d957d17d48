"""Why a letter gets a closer look. Nothing here refuses one, and nothing here asks who she is."""

from datetime import timedelta

from letters.intake import limit, origin, work
from letters.models import IntakeSwitch
from letters.vocabulary import HeldReason

TOO_FAST = 2  # seconds between seeing the check page and sending
# What looks made by machines stands this far behind in the queue; nothing waits for ever.
LATER = timedelta(days=1)
MACHINE_LIKE = {HeldReason.HONEYPOT, HeldReason.NO_WORK, HeldReason.RATE, HeldReason.FLOOD}


def reasons(request, form, token, rate, where_from) -> list[str]:
    """Return codes of `vocabulary.HeldReason`.

    form: a valid LetterForm. token: the letter's (`intake.token.Token`). rate: what
    `limit.count` said. where_from: what `origin.of` said.
    """
    applies = {
        HeldReason.NO_ORIGIN: where_from == origin.UNKNOWN,
        HeldReason.HONEYPOT: form.looks_automatic,
        HeldReason.TOO_FAST: token.age < TOO_FAST,
        HeldReason.RATE: rate == limit.HELD,
        HeldReason.FLOOD: limit.count_site("send") == limit.HELD,
        HeldReason.NO_WORK: not work.is_done(token.signed, request.POST.get("work", "")),
        HeldReason.ATTACK_DAY: IntakeSwitch.current().attack_day,
    }
    return [reason.value for reason, is_so in applies.items() if is_so]


def delay(held) -> timedelta:
    """How far behind its place in the queue a letter with these reasons stands."""
    return LATER if MACHINE_LIKE & set(held) else timedelta()
