"""The closed lists that letters are described with. Codes are stored; words are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    DECISION_MAKER = "decision-maker", _("To a decision-maker")
    SURVIVOR = "survivor", _("To a survivor")


class ContentNote(models.TextChoices):
    """What a reader may want to know before she reads on."""

    VIOLENCE = "violence", _("Violence")
    SEXUAL_VIOLENCE = "sexual-violence", _("Sexual violence")
    THREATS = "threats", _("Threats")
    STALKING = "stalking", _("Stalking")
    IMAGES = "images", _("Private pictures shared without consent")
    SELF_HARM = "self-harm", _("Self-harm")
    HATE = "hate", _("Hate")

    @classmethod
    def labels_of(cls, codes):
        return [cls(code).label for code in codes if code in cls.values]


class DeclineReason(models.TextChoices):
    PRIVATE_PERSON = "names-a-private-person", _("It names a private person")
    THREATENS = "threatens", _("It threatens somebody")
    HATE = "hate", pgettext_lazy("reason for declining a letter", "It is hateful")
    SPAM = "spam", _("It is advertising or spam")
    OFF_TOPIC = "off-topic", _("It is about something else")
    DUPLICATE = "duplicate", _("It was sent before")
    UNSAFE = "unsafe-for-writer", _("Publishing it could put the writer in danger")


class HeldReason(models.TextChoices):
    """Why intake asks for a closer look."""

    NO_ORIGIN = "no-origin", _("The browser did not say where it came from")
    HONEYPOT = "honeypot", _("A field that people do not see was filled in")
    TOO_FAST = "too-fast", _("It was sent faster than people write")
    RATE = "rate", _("Many letters came from the same network")


class GapReason(models.TextChoices):
    """Why words were blanked out before publishing."""

    NAME = "name", _("a name was left out")
    CONTACT = "contact", _("a number or address was left out")
    PLACE = "place", _("a place was left out")
    OTHER = "other", _("some words were left out")


class AddresseeKind(models.TextChoices):
    PLATFORM = "platform", _("Platform")
    GOVERNMENT = "government", _("Government")
    REGULATOR = "regulator", _("Regulator")
    COMPANY = "company", _("Company")
