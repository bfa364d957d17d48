"""MIME: the text, the pictures and whatever else a mail is made of, within limits.

`email` reads with its older rules (compat32): under the newer ones every look at a header parses
its grammar, which raises on some of what strangers send and takes minutes on some.
"""

import email
import re
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.policy import compat32

from letters.mail import markup
from portal.picture import looks_like_picture

BYTES = 25 * 1024 * 1024
PARTS, DEPTH, PICTURES = 50, 10, 10
LINES = 600_000
HEADER = 4000  # characters of one header that are looked at
TEXT, HTML = 500_000, 2_000_000  # characters of one part, with all that it quotes

# What the parser would need minutes or gigabytes for is seen before.
_SEPARATOR = re.compile(rb"[\r\n]--[^\r\n]")
_BRANCH = re.compile(rb"(?:^|[\r\n])content-type[ \t]*:\s*(?:multipart|message)/", re.IGNORECASE)
# Python has other codecs as well, some of them slow, and none of those is for letters.
_CHARSET = re.compile(
    r"(?:utf-|utf8|iso|latin|windows-|cp|koi8|gb|big5|euc|shift|sjis|ks_c_|mac|tis-|hz|us-ascii)"
    r"[\w.:-]{0,20}"
)
_MEANT = {"us-ascii": "windows-1252", "iso-8859-1": "windows-1252", "latin1": "windows-1252"}
_MEANT |= {"gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "utf8mb4": "utf-8"}
_MEANT |= {"iso-8859-8-i": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "utf-7": "utf-8"}
_HABITS = {"", "windows-1252"}


class TooMuch(Exception):
    """The mail is beyond a limit; `code` says which."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass
class Content:
    """texts and attached_texts: in their order. pictures: bytes that look like one. others: how
    many parts could not be read as either. mails: forwarded ones, as messages."""

    texts: list = field(default_factory=list)
    attached_texts: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    mails: list = field(default_factory=list)
    others: int = 0
    parts: int = 0


def message(raw: bytes) -> Message:
    """Return the parsed mail. Raises TooMuch."""
    if len(raw) > BYTES:
        raise TooMuch("too-big")
    if raw.count(b"\n") + raw.count(b"\r\r") > LINES:
        raise TooMuch("too-many-lines")
    if len(_SEPARATOR.findall(raw)) > 40 * PARTS:
        raise TooMuch("too-many-parts")
    if len(_BRANCH.findall(raw)) > 3 * DEPTH:
        raise TooMuch("too-deep")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return email.message_from_bytes(raw, policy=compat32)


def header(mail: Message, name: str) -> str:
    """Return a header as one line of text, its encoded words read; "" where there is none."""
    wanted = name.lower()
    return next((decoded(value) for key, value in mail.raw_items() if key.lower() == wanted), "")


def headers(mail: Message, name: str) -> list[str]:
    """Return every header of this name, as `header` does; at most twenty."""
    wanted = name.lower()
    return [decoded(value) for key, value in mail.raw_items() if key.lower() == wanted][:20]


def decoded(value: str) -> str:
    value = str(value)[:HEADER]
    try:
        pieces = decode_header(value)
    except Exception:  # broken base64 or worse: as it stands
        pieces = [(value, None)]
    said = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            piece = piece.encode("utf-8", "surrogateescape")
        if charset is not None or not piece.isspace():
            said.append(to_text(piece, charset))
    return " ".join("".join(said).split())


def to_text(data: bytes, charset: str | None) -> str:
    """Return text from bytes in the charset that they are said to be in, or really are in."""
    named = (charset or "").strip().strip("\"'").lower()
    named = _MEANT.get(named, named) if _CHARSET.fullmatch(named) else ""
    # Much that is labelled by habit is UTF-8, and what is not is hardly ever taken for it.
    for name in ("utf-8", named) if named in _HABITS else (named, "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("windows-1252", "replace")


def content(mail: Message) -> Content:
    """Return what the mail is made of. Raises TooMuch."""
    found = Content()
    _walk(mail, found, 0)
    if len(found.pictures) > PICTURES:
        raise TooMuch("too-many-pictures")
    return found


def _walk(part, found, depth):
    found.parts += 1
    if found.parts > PARTS:
        raise TooMuch("too-many-parts")
    if depth > DEPTH:
        raise TooMuch("too-deep")
    kind = part.get_content_type()
    # Asked of a leaf, `email` would decode it, by whatever codec it names.
    inner = part.get_payload() if part.is_multipart() else None
    if kind == "multipart/alternative" and isinstance(inner, list):
        _alternatives(inner, found, depth)
    elif kind == "message/rfc822" and isinstance(inner, list):
        found.mails += inner[:1]
    elif isinstance(inner, list):
        for each in inner:
            _walk(each, found, depth + 1)
    else:
        _leaf(part, kind, found)


def _alternatives(choices, found, depth):
    """The same thing several times: the first that says something, plain text before HTML."""
    seen = []
    for choice in choices:
        this = Content(parts=found.parts)
        _walk(choice, this, depth + 1)
        found.parts = this.parts
        seen.append((choice.get_content_type() != "text/plain", this))
    seen.sort(key=lambda pair: pair[0])
    chosen = next((this for _plain, this in seen if any(t.strip() for t in this.texts)), None)
    if chosen:
        found.texts += chosen.texts
    for _plain, this in seen:  # pictures stand in one of them only
        found.attached_texts += this.attached_texts
        found.pictures += this.pictures
        found.mails += this.mails
        found.others += this.others


def _leaf(part, kind, found):
    data = _bytes(part)
    if not data.strip():
        return
    if looks_like_picture(data):
        found.pictures.append(data)
        return
    attached = part.get_content_disposition() == "attachment" or part.get_filename()
    if kind == "text/plain" or kind == "text/html" and not attached:
        text = to_text(data, part.get_content_charset())
        if len(text) > HTML:
            raise TooMuch("too-long")
        if kind == "text/html":
            text = markup.text_of(text)
        elif _parameter(part, "format").lower() == "flowed":
            text = unflowed(text, _parameter(part, "delsp").lower() == "yes")
        if len(text) > TEXT:
            raise TooMuch("too-long")
        (found.attached_texts if attached else found.texts).append(text)
    # Outlook's winmail.dat, signatures and keys say nothing that a person wrote.
    elif kind not in _NOTHING:
        found.others += 1


_NOTHING = {
    *("application/ms-tnef", "application/vnd.ms-tnef", "application/pgp-signature"),
    *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys"),
    *("text/calendar", "text/vcard", "text/x-vcard", "text/x-amp-html", "text/watch-html"),
}


def _bytes(part):
    try:
        data = part.get_payload(decode=True)
    except Exception:  # of a broken transfer encoding
        data = None
    return data if isinstance(data, bytes) else b""


def _parameter(part, name):
    try:
        value = part.get_param(name)
    except Exception:
        return ""
    return value if isinstance(value, str) else ""


def unflowed(text: str, delete_space: bool = False) -> str:
    """Return format=flowed text (RFC 3676) with its paragraphs as single lines again."""
    lines, open_depth = [], None
    for line in text.replace("\r\n", "\n").split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest.removeprefix(" ")
        flows = rest.endswith(" ") and rest != "-- "
        said = rest[:-1] if flows and delete_space else rest
        if open_depth == depth and rest != "-- ":
            lines[-1] += said
        else:
            lines.append(f"{'>' * depth} {said}" if depth else said)
        open_depth = depth if flows else None
    return "\n".join(lines)
