"""One place in a letter, and what seems to stand there."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class IdentifyingKind(TextChoices):
    # Each follows words such as "This looks like …".
    PHONE = "phone", pgettext_lazy("what could identify somebody", "a phone number")
    EMAIL = "email", pgettext_lazy("what could identify somebody", "an e-mail address")
    ADDRESS = "address", pgettext_lazy("what could identify somebody", "a postal address")
    HANDLE = "handle", pgettext_lazy("what could identify somebody", "an account name")
    LINK = "link", pgettext_lazy("what could identify somebody", "a link")
    NUMBER = "number", pgettext_lazy("what could identify somebody", "an identity number")
    NAME = "name", pgettext_lazy("what could identify somebody", "a name")


class Mark(NamedTuple):
    start: int
    end: int
    kind: IdentifyingKind
