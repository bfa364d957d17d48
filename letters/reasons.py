"""Why a letter is declined: seven reasons that come with the portal, and those of the owners.

A code is stored with the decision. Its words are what owners and translators wrote for the
reader's language, else the portal's own, else the owners' in the source language.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from wagtail_localize.models import String
from wagtail_localize.strings import StringValue

from letters.models import Decision, Reason
from letters.vocabulary import REFUSES_PICTURE, DeclineReason
from portal import tree
from portal.cache.recording import depends
from portal.languages import interface_language


def _rows():
    """{(code, language): (words, position, refuses_picture, is_offered)}, from memory."""

    def read():
        found = Reason.objects.values_list(
            *("code", "locale__language_code", "words"),
            *("position", "refuses_picture", "is_offered"),
        )
        rows = {(code, language): tuple(rest) for code, language, *rest in found}
        copied = _texts_of_the_source(rows)
        return {
            key: row
            for key, row in rows.items()
            if key[1] == settings.LANGUAGE_CODE or row[0] not in copied
        }

    depends(Reason)
    return tree.current().remember(("reasons",), read)


def _texts_of_the_source(rows):
    """The words that are of the source language, in whichever row they stand: what has no drafts
    begins its translation as a copy, and keeps that until somebody has translated it."""
    others = {row[0] for (_c, language), row in rows.items() if language != settings.LANGUAGE_CODE}
    if not others:
        return set()
    data = {StringValue.from_plaintext(words).data: words for words in others}
    known = String.objects.filter(
        locale__language_code=settings.LANGUAGE_CODE,
        data_hash__in=[String._get_data_hash(text) for text in data],
    )
    return {data[text] for text in known.values_list("data", flat=True) if text in data}


def said(code, language=None):
    """What is said of a reason to who reads a language (the reader's, unless given): (words,
    the language that they are in). ("", that language) for no reason."""
    language = language or get_language() or settings.LANGUAGE_CODE
    rows, nearest = _rows(), interface_language(language)
    for known in (language, nearest):
        if row := rows.get((code, known)):
            return row[0], known
    if code in DeclineReason.values:
        with translation.override(language):
            return str(DeclineReason(code).label), nearest
    if row := rows.get((code, settings.LANGUAGE_CODE)):
        return row[0], settings.LANGUAGE_CODE
    return code, language


def words_of(code, language=None):
    """What is said of a reason, in a language (the reader's, unless given). "" for no reason."""
    return said(code, language)[0]


def offered(language=None):
    """[(code, words)] that a moderator may choose from, in their order."""
    rows = {code: row for (code, lang), row in _rows().items() if lang == settings.LANGUAGE_CODE}
    codes = {code: position_of(code) for code in DeclineReason.values}
    for code, (_words, position, _refuses, is_offered) in rows.items():
        if is_offered:
            codes[code] = position
        else:
            codes.pop(code, None)
    return [(code, words_of(code, language)) for code in sorted(codes, key=lambda x: codes[x])]


def known():
    """Every code that a letter can be declined for, offered or not."""
    return {*DeclineReason.values, *(code for code, _language in _rows())}


def refuses_picture(code):
    """Whether a picture declined for this reason is known when it comes again."""
    row = _rows().get((code, settings.LANGUAGE_CODE))
    return row[2] if row else code in REFUSES_PICTURE


# ------------------------------------------------------------------ what owners do with them


def position_of(code):
    """Of one that comes with the portal; there is room between them."""
    return 10 * (DeclineReason.values.index(code) + 1)


def not_here_yet():
    """Codes that come with the portal and that owners have not taken over."""
    rows = _rows()
    return [code for code in DeclineReason.values if (code, settings.LANGUAGE_CODE) not in rows]


def take_over(locale):
    """Make rows of the portal's own, for owners to change. locale: of the source language.
    Returns them."""
    made = []
    for code in not_here_yet():
        with translation.override(locale.language_code):
            words = str(DeclineReason(code).label)
        values = {
            "words": words,
            "position": position_of(code),
            "refuses_picture": code in REFUSES_PICTURE,
        }
        row, created = Reason.objects.get_or_create(code=code, locale=locale, defaults=values)
        made += [row] if created else []
    return made


def is_needed(reason):
    """Whether its row says what no other does: why a letter was declined."""
    if reason.code in DeclineReason.values or reason.locale.language_code != settings.LANGUAGE_CODE:
        return False
    return Decision.objects.filter(reason=reason.code).exists()
