"""The closed lists that letters are described with. Codes are stored; words are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    DECISION_MAKER = "decision-maker", _("To a decision-maker")
    SURVIVOR = "survivor", _("To a survivor")


class Way(models.TextChoices):
    FORM = "form", _("By the form")
    MAIL = "mail", _("By e-mail")


class Consent(models.TextChoices):
    """What a writer may allow us, each for itself."""

    WORDS = "words", _("You may publish my words on this site.")
    PICTURE = "picture", _("You may publish my picture on this site.")
    QUOTE = "quote", _("The campaign may quote from my letter.")
    TRANSLATE = "translate", _("Volunteers may translate my letter.")

    @property
    def field(self):
        """The name of its field: of a submission, and of the forms."""
        return f"may_publish_{self}" if self in (self.WORDS, self.PICTURE) else f"may_{self}"


class ContentNote(models.TextChoices):
    """What a reader may want to know before she reads on. A letter's list may also hold a note
    in its writer's own words.
    """

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

    @classmethod
    def own_of(cls, codes):
        """Those in the writer's own words, and so in her language."""
        return [code for code in codes if code not in cls.values]


class DeclineReason(models.TextChoices):
    PRIVATE_PERSON = "names-a-private-person", _("It names a private person")
    THREATENS = "threatens", _("It threatens somebody")
    HATE = "hate", pgettext_lazy("reason for declining a letter", "It is hateful")
    SPAM = "spam", _("It is advertising or spam")
    OFF_TOPIC = "off-topic", _("It is about something else")
    DUPLICATE = "duplicate", _("It was sent before")
    UNSAFE = "unsafe-for-writer", _("Publishing it could put the writer in danger")


REFUSES_PICTURE = {
    *(DeclineReason.PRIVATE_PERSON, DeclineReason.THREATENS, DeclineReason.HATE),
    DeclineReason.SPAM,
}


class HeldReason(models.TextChoices):
    """Why intake asks for a closer look."""

    NO_ORIGIN = "no-origin", _("The browser did not say where it came from")
    HONEYPOT = "honeypot", _("A field that people do not see was filled in")
    TOO_FAST = "too-fast", _("It was sent faster than people write")
    RATE = "rate", _("Many letters came from the same network")
    FLOOD = "flood", _("Very many letters came at the same time")
    NO_WORK = "no-work", _("The browser did not do its sum against machines")
    ATTACK_DAY = "attack-day", _("It came while everything was held")
    ALIKE = "alike", _("It is nearly the same as other letters")
    REFUSED_PICTURE = "refused-picture", _("Its picture is like one that was refused")
    WATCHED_WORDS = "watched-words", _("It has words that editors watch for")
    OTHER_LANGUAGE = (
        "other-language",
        _("It seems to be in another language than its writer said"),
    )
    IDENTIFYING = "identifying", _("It has a number or an address that may identify somebody")
    MANY_LINKS = "many-links", _("It has many links")
    OTHER_FILES = "other-files", _("It came with files that could not be opened")
    UNCONFIRMED = "unconfirmed", _("It came by e-mail and is not confirmed yet")
    APPEAL = "appeal", _("Its writer asks for a second look")
    MORE_ALLOWED = "more-allowed", _("Its writer allows more than when it was published")


class GapReason(models.TextChoices):
    """Why words were blanked out before publishing."""

    NAME = "name", _("a name was left out")
    CONTACT = "contact", _("a number or address was left out")
    PLACE = "place", _("a place was left out")
    WRITER = "writer", _("its writer left some words out")
    OTHER = "other", _("some words were left out")


class ReportReason(models.TextChoices):
    """Why somebody asks us to take a letter down."""

    ABOUT_ME = "about-me", _("It is about me or somebody close to me")
    MY_PICTURE = "my-picture", _("It shows me, or a picture of mine")
    THREATENS = "threatens", _("It threatens somebody")
    ILLEGAL = "illegal", _("It breaks the law in another way")
    OTHER = "other", pgettext_lazy("reason for reporting a letter", "Something else")


class AddresseeKind(models.TextChoices):
    PLATFORM = "platform", _("Platform")
    GOVERNMENT = "government", _("Government")
    REGULATOR = "regulator", _("Regulator")
    COMPANY = "company", _("Company")
