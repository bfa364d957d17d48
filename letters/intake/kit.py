"""Sending is her own act: what she needs to send a letter herself. Nothing is stored, and the
site sends nothing.
"""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language

from letters import paper
from portal import tree
from portal.languages import direction

FILE_NAME = "letter.txt"
MAIL_LINK = 1_900  # characters of a mailto: address that every mail program takes


class Way(NamedTuple):
    """One way to reach a decision-maker, as the page shows it.

    kind: a code of ChannelKind. value: an address, in several lines by post. href: what a link
    opens, or "". fits: an e-mail link holds the whole letter.
    """

    kind: str
    label: str
    value: str
    href: str
    fits: bool
    source: str
    checked_on: object
    is_unverified: bool


def letter_text(draft, attached=None) -> str:
    """Return the whole letter as plain text, with title and signature; and, attached to words
    for a survivor, where Be Safe is (a `BeSafe`).
    """
    words = "\n".join(
        line[3:] if line.startswith("## ") else line
        for line in paper.plain(draft["words"]).split("\n")
    )
    safe = ""
    if attached and words:
        safe = f"{attached.title}\n{attached.address}\n{attached.helplines}"
    return "\n\n".join(part for part in (draft["title"], words, draft["signature"], safe) if part)


def mail_link(address, subject, body) -> str:
    """Return a mailto: link with the letter in it, or "" where it would be cut by mail programs."""
    query = urlencode({"subject": subject, "body": body.replace("\n", "\r\n")}, quote_via=quote)
    link = f"mailto:{quote(address, safe='@+')}?{query}"
    return link if len(link) <= MAIL_LINK else ""


def ways(draft, subject) -> list[Way]:
    """Return the ways to a decision-maker of the list, those that were checked first."""
    decision_maker = draft["decision_maker"]
    if decision_maker is None:
        return []
    text = letter_text(draft)
    return [
        Way(
            kind=channel.kind,
            label=channel.get_kind_display(),
            value=channel.value,
            href=_href(channel, subject, text),
            fits=channel.kind != "email" or bool(mail_link(channel.value, subject, text)),
            source=channel.source,
            checked_on=channel.checked_on,
            is_unverified=channel.is_unverified,
        )
        for channel in decision_maker.channels_for_sending()
    ]


def _href(channel, subject, text):
    if channel.kind == "email":
        # Too long for a link: an empty mail to paste the letter into.
        return mail_link(channel.value, subject, text) or f"mailto:{quote(channel.value, '@+')}"
    return "" if channel.kind == "post" else channel.value


class BeSafe(NamedTuple):
    """What is printed with a letter to a survivor."""

    language: str
    dir: str
    title: str
    intro: str
    address: str
    guides: list
    helplines: str


def attached_to(kind, draft) -> BeSafe | None:
    """Return what goes with a letter of this kind, in its language."""
    return be_safe(draft["language"] or get_language()) if kind == "survivor" else None


def be_safe(language) -> BeSafe | None:
    """Return Be Safe in a language, or in the source language where that isn't live; None without
    one. Addresses are whole, because they are read on paper.
    """
    homes = tree.current().homes
    language = language if language in homes else settings.LANGUAGE_CODE
    pages = apps.get_model("safety", "SafetyIndexPage").objects.live().public()
    index = pages.filter(locale__language_code=language).first()
    if index is None:
        return None
    guides = apps.get_model("safety", "SafetyGuidePage").objects.live().public().child_of(index)
    origin = settings.BASE_URL
    return BeSafe(
        language=language,
        dir=direction(language),
        title=index.title,
        intro=index.intro,
        address=origin + index.address,
        guides=[
            {"title": guide.title, "intro": guide.intro, "address": origin + guide.address}
            for guide in guides.order_by("path")
        ],
        helplines=f"{origin}/{language}/helplines/",
    )
