"""A draft as a text file: nothing of it stays with us or in her browser.

Lines such as "Title [title]: To you" and, below a rule, the words. The names in brackets are what
`read` goes by; what stands before them is for people, in her language. How to reach her and the
picture are not in it: the file may lie on a device that others use.
"""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FILE_NAME = "notes.txt"  # says nothing about what is in it
MAX_BYTES = 400_000
RULE = "-" * 20
FIELDS = (
    *("decision_maker", "addressee", "title", "signature", "language", "content_notes"),
    *("other_note", "picture_alt", "campaign"),
)
_LINE = re.compile(r"[^\[\n]*\[([a-z_]{1,20})\]:[ \t]?(.*)")


def _labels():
    return {
        "decision_maker": _("To"),
        "addressee": _("To somebody who isn’t in the list"),
        "title": _("Title"),
        "signature": _("How do you sign?"),
        "language": _("The language of your letter"),
        "content_notes": _("It speaks of"),
        "other_note": _("Something else that readers should know first"),
        "picture_alt": _("What is in the picture?"),
        "campaign": _("Campaign"),
    }


def write(posted) -> str:
    """Return the file for what was posted (a QueryDict), whatever state it is in."""
    labels, lines = _labels(), []
    for name in FIELDS:
        for value in posted.getlist(name):
            if value.strip():
                lines.append(f"{labels[name]} [{name}]: {' '.join(value.split())}")
    words = re.sub(r"\r\n?", "\n", posted.get("words", ""))
    return "\n".join([*lines, RULE, words])


def read(data: bytes) -> dict[str, list[str]]:
    """Return {field: values} of a file that `write` made, or that an editor or she herself has
    changed; of any other text all of it is the words. Raises ValidationError.
    """
    if not data:
        raise ValidationError(_("Choose the file with your draft first."), code="no-draft")
    if len(data) > MAX_BYTES:
        raise ValidationError(_("This file is too large for a draft."), code="draft-too-large")
    text = re.sub(r"\r\n?", "\n", _decoded(data))
    # A title may be a row of dashes too: the rule is a line of its own.
    head, rule, words = f"\n{text}".partition(f"\n{RULE}\n")
    found = {}
    for line in head.split("\n") if rule else ():
        match = _LINE.fullmatch(line)
        if match and match[1] in FIELDS:
            found.setdefault(match[1], []).append(match[2])
        elif line.strip():
            return {"words": [text]}
    return {**found, "words": [words if rule else text]}


def _decoded(data):
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    # A picture or another kind of file has bytes that no text has.
    if not text.strip() or "\0" in text:
        raise ValidationError(
            _("This file could not be read as text. Choose the one that you saved here."),
            code="draft-unreadable",
        )
    return text
