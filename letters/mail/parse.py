"""From the bytes of a mail to a letter, or to the reason why it is none."""

import re
from dataclasses import dataclass, field
from email.message import Message
from email.utils import getaddresses

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from letters.intake import words as rules
from letters.mail import machines, parts, quotes, wishes
from letters.mail.parts import TooMuch, header

LETTER = "letter"
MANY_LINKS = 5

_REPLY_MARK = re.compile(
    r"^\s*(re|fw|fwd|aw|wg|sv|vs|antw|rv|res|enc|tr|réf|ynt|odp|ответ|на|رد|إعادة توجيه"
    r"|回复|回覆|转发|轉寄|答复)\s*(\[\d+\])?\s*[:：]\s*",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass
class Parsed:
    """What a mail says.

    outcome: LETTER, or why it is none: "auto-reply", "bounce", "ours", "list", "spam",
    "vacation", "empty", "unreadable" (only files that we can't read), "unsolved" (what `email`
    fails at), "too-big", "too-long", "too-deep", "too-many-lines", "too-many-parts",
    "too-many-pictures". title, words: by letters.intake.words. pictures: bytes that look like one.
    language: a code that the mail itself names, or "". sender: the address to answer to, or "".
    others: how many parts were left out because nothing could be read in them.
    """

    outcome: str
    title: str = ""
    words: str = ""
    pictures: list = field(default_factory=list)
    language: str = ""
    sender: str = ""
    wants_silence: bool = True
    wants_answer: bool = False
    links: int = 0
    others: int = 0


def parse(raw: bytes, own: set[str] = frozenset(), by_hand: bool = False) -> Parsed:
    """Return what the mail says; never raises. own: the portal's addresses, in lower case.
    by_hand: a person says that a person wrote it."""
    try:
        mail = parts.message(raw)
        sender = _sender(mail)
        outcome = "" if by_hand else machines.outcome(mail, sender, own)
        return Parsed(outcome) if outcome else _letter(mail, sender)
    except TooMuch as error:
        return Parsed(error.code)
    except Exception:  # noqa: BLE001 - `email` promises nothing about what it raises
        return Parsed("unsolved")


def _letter(mail: Message, sender: str) -> Parsed:
    found = parts.content(mail)
    subject = header(mail, "Subject")
    is_reply = bool(header(mail, "In-Reply-To") or header(mail, "References"))
    title = rules.normalise_line(_unmarked(subject))
    words = _words(found, is_reply or _unmarked(subject) != subject)
    if not words and found.mails:  # a mail forwarded as a file, one level deep
        forwarded = parts.content(found.mails.pop(0))
        words = _words(forwarded, False)
        found.pictures += forwarded.pictures
        found.others += forwarded.others
    asked, title, words = wishes.of(mail, title, words)
    others = found.others + len(found.mails)
    # Nothing is cut, and a mail may be nothing but its subject.
    if len(title) > rules.TITLE or not (words or found.pictures or others):
        title, words = "", f"{title}\n\n{words}".strip()
    parsed = Parsed(
        LETTER,
        title=title,
        words=words,
        pictures=found.pictures[: parts.PICTURES],
        language=header(mail, "Content-Language").split(",")[0].strip().lower()[:35],
        sender=sender,
        wants_silence=wishes.SILENT in asked or not machines.may_be_answered(mail, sender),
        wants_answer=wishes.ANSWER in asked and bool(sender),
        links=len(_LINK.findall(words)),
        others=others,
    )
    if len(found.pictures) > parts.PICTURES:
        parsed.outcome = "too-many-pictures"
    elif len(words) > rules.WORDS:
        parsed.outcome = "too-long"
    elif not words and not found.pictures:
        parsed.outcome = "unreadable" if others else "empty"
    return parsed


def _words(found, is_reply):
    texts = [quotes.own_words(text, is_reply) for text in found.texts]
    texts += found.attached_texts
    return rules.normalise("\n\n".join(text for text in texts if text.strip()))


def _unmarked(subject):
    """The subject without "Re:" and "Fwd:"."""
    for _ in range(5):
        shorter = _REPLY_MARK.sub("", subject, count=1)
        if shorter == subject:
            break
        subject = shorter
    return subject


def _sender(mail: Message) -> str:
    """The one address to answer to; "" where there is none that mail can be sent to."""
    for name in ("Reply-To", "From"):
        given = header(mail, name)
        addresses = [address for _name, address in getaddresses([given]) if address]
        if len(addresses) == 1 and len(addresses[0]) <= rules.CONTACT:
            try:
                validate_email(addresses[0])
            except ValidationError:
                continue
            return addresses[0]
    return ""
