"""The rules for text: what is taken out, and how much fits. Nothing is cut or changed for its
meaning.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

WORDS = 20_000  # characters, of at most four bytes each
TITLE = 200
SIGNATURE = 100
ADDRESSEE = 200
PICTURE_ALT = 500
CONTACT = 200
NOTE = 60

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# C0 and C1 without tab and line feed, the byte order mark, and halves of characters.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
# Embeddings, overrides and isolates: in one line they could turn the text beside it around.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# The brackets that stand where a moderator blanked words out (letters.paper): nobody else may set
# them.
_GAP_MARKS = re.compile("[⟦⟧]")


def normalise(text: str) -> str:
    """Return a text of any length as we keep it. Joiners and marks of every script stay as they
    are.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
    text = _GAP_MARKS.sub("", text)
    return "" if is_blank(text) else text.strip()


def normalise_line(text: str) -> str:
    """Return a title, name or other single line as we keep it."""
    return " ".join(_TURNS.sub("", normalise(text)).split())


def is_blank(text: str) -> bool:
    """True if there is nothing to see: spaces, joiners, marks without a letter."""
    return not any(unicodedata.category(character)[0] in "LNPS" for character in text)


def check_room(text: str, room: int) -> None:
    """Raise ValidationError with both numbers if `text` is longer than `room` characters."""
    if len(text) > room:
        raise ValidationError(
            _(
                "There is room for %(room)s characters here; you wrote %(length)s. Nothing was "
                "cut off."
            )
            % {
                "room": number_format(room, force_grouping=True),
                "length": number_format(len(text), force_grouping=True),
            },
            code="too-long",
        )
