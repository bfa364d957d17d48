"""Mails that no program writes: good ones, changed by chance, the same ones for the same seed."""

import random
import time

from letters.intake import words as rules
from letters.mail.parse import parse
from letters.mail.parts import PICTURES

SECONDS = 20  # for one mail, on a busy machine

_WORDS = [
    *("You are not alone.", "أنتِ لست وحدك", "你不是一个人", "तुम अकेली नहीं हो", "Señora", "❤️‍🔥"),
    *("> quoted", "On Mon, 3 May 2021 at 10:33, Ana <a@b.example> wrote:", "-- ", "Sent from my"),
    *("From: x@y.example", "________________________________", "-----Original Message-----"),
    *("<p>love</p>", "<!--", "<style>", "<b a=\"'>", "&#x110000;", "<blockquote>", "</pre>"),
    *("\x00", "\x02", "\u202e", "=?utf-8?b?4pyJ?=", "=?utf-8?q?=ff?=", "=E2=9C", "--limit", "--"),
]
_KINDS = [
    *("text/plain", "text/html", "multipart/mixed", "multipart/alternative", "multipart/related"),
    *("multipart/report", "message/rfc822", "message/delivery-status", "image/jpeg", "/", "text"),
    *("application/ms-tnef", "text/plain/html", "multipart/", "TEXT/PLAIN ; x", "application/pdf"),
]
_CHARSETS = [
    *("utf-8", "UTF-16", "utf-7", "koi8-r", "gb18030", "iso-2022-jp", "hz", "zlib", "idna", "x"),
    *("punycode", "unicode_escape", "undefined", "''", '"utf-8', "utf-8''en", "rot13", "mbcs"),
]
_CODINGS = ["7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "uuencode", "binary", "="]
_HEADERS = [
    *("From", "To", "Reply-To", "Subject", "Message-ID", "Return-Path", "Content-Language"),
    *("Auto-Submitted", "List-Id", "Precedence", "Authentication-Results", "In-Reply-To", "Cc"),
    *("X-Spam-Flag", "X-MS-Exchange-Organization-SCL", "Content-Disposition", "Mime-Version"),
]
_VALUES = [
    *("a@b.example", "<>", "<a@b", "a@b, c@d", '"', "=?utf-8?b?4pyJ", "=?x?q?a?=", "=?utf-8?b?=",),
    *("letters+silent@p.example", "no", "auto-replied", "YES", "99999999999", "(((((", "[",),
    *("Please don’t reply", "نعم", "a" * 5000, "a@" + "b." * 500, "\x00", "\udc80", ";;=;*0*="),
]  # fmt: skip


def mail(seed: int) -> bytes:
    """A mail of up to some hundred kilobytes, made of parts that parsers trip over."""
    chance = random.Random(seed)
    data = _part(chance, 0)
    for _ in range(chance.choice((0, 0, 1, 5, 50))):
        data = _hurt(chance, data)
    return data


def _part(chance, depth):
    lines = []
    for _ in range(chance.randint(0, 6)):
        lines.append(f"{chance.choice(_HEADERS)}: {chance.choice(_VALUES)}")
    kind, boundary = chance.choice(_KINDS), f"limit{chance.randint(0, 3)}"
    if depth < 14 and chance.random() < 0.6:
        kind = chance.choice(_KINDS[2:7])
    lines.append(
        f"Content-Type: {kind}; charset={chance.choice(_CHARSETS)}; boundary={boundary}"
        f"; format={chance.choice(('flowed', 'fixed'))}"
    )
    if chance.random() < 0.5:
        lines.append(f"Content-Transfer-Encoding: {chance.choice(_CODINGS)}")
    chance.shuffle(lines)
    end = chance.choice(("\r\n", "\n", "\r"))
    head = end.join(lines).encode("utf-8", "surrogateescape")
    inner = b""
    if kind.startswith("multipart") and depth < 14:
        for _ in range(chance.randint(0, 4 if depth < 3 else 1)):
            inner += f"{end}--{boundary}{end}".encode() + _part(chance, depth + 1)
        inner += chance.choice((f"{end}--{boundary}--{end}".encode(), b""))
    elif kind.startswith("message") and depth < 14:
        inner = _part(chance, depth + 1)
    else:
        said = chance.choices(_WORDS, k=chance.choice((0, 1, 5, 40)))
        inner = end.join(said).encode("utf-8") * chance.choice((1, 1, 1, 100))
        if chance.random() < 0.2:
            inner = b"\xff\xd8\xff" + inner
    return head + 2 * end.encode() + inner


def _hurt(chance, data):
    """One change: bytes replaced, taken out, doubled or moved."""
    at, length = chance.randint(0, len(data)), chance.choice((1, 2, 10, 100))
    piece = data[at : at + length]
    return data[:at] + chance.choice(
        (
            chance.randbytes(len(piece)) + data[at + length :],
            data[at + length :],
            piece * chance.choice((2, 200)) + data[at:],
            data[at + length :] + piece,
        )
    )


def look(raw: bytes) -> str:
    """Read a mail and return its outcome; raises AssertionError if a rule is broken."""
    began = time.monotonic()
    said = parse(raw)
    assert time.monotonic() - began < SECONDS, "It took too long."
    assert said.outcome, "A mail must come to something."
    assert said == parse(raw), "The same mail was read in two ways."
    if said.outcome == "letter":
        assert said.words or said.pictures, "There is no letter in the letter."
        assert len(said.words) <= rules.WORDS and len(said.title) <= rules.TITLE
        assert len(said.pictures) <= PICTURES
        assert rules.normalise(said.words) == said.words, "The rules for text were not applied."
        assert rules.normalise_line(said.title) == said.title
        said.words.encode()
        assert said.sender.count("@") <= 1 and not set(said.sender) & set("\r\n ,<>")
    return said.outcome


def main(count: int = 1000, seed: int = 0) -> list[str]:
    """Read this many mails, say how many came to what, and return what went wrong."""
    outcomes, wrong = {}, []
    for number in range(seed, seed + count):
        try:
            outcome = look(mail(number))
        except Exception as error:
            wrong.append(f"mail {number}: {type(error).__name__} {error}")
        else:
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
    print(f"{count} mails:", ", ".join(f"{n} {name}" for name, n in sorted(outcomes.items())))
    return wrong
