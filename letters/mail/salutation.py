"""Whom a mail is to: a decision-maker whom its subject or its first lines name, or a survivor."""

import re

from django.conf import settings

from letters.models import DecisionMaker
from letters.vocabulary import Kind

OPENING = 200  # characters: further down, a name is a mention


def addressed(title: str, words: str, language: str) -> dict:
    """Return `kind` and `decision_maker` for a draft. language: of the letter, or ""."""
    opening = f"{title}\n{words[:OPENING]}".casefold()
    found = ("", "")
    for code in {language or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE}:
        for slug, (name, _language) in DecisionMaker.names_in(code).items():
            # The longest: "Ministry of Justice and Police" is not "Ministry of Justice".
            if len(name) > len(found[0]) and _names(opening, name.casefold()):
                found = (name, slug)
    rows = DecisionMaker.objects.filter(slug=found[1], locale__language_code=settings.LANGUAGE_CODE)
    decision_maker = rows.first() if found[1] else None
    kind = Kind.DECISION_MAKER if decision_maker else Kind.SURVIVOR
    return {"kind": kind.value, "decision_maker": decision_maker}


def _names(opening, name):
    if name not in opening:
        return False
    if not name.isascii():  # other scripts join words, or write them without spaces
        return True
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", opening))
