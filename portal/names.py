"""Names of countries and languages in their readers' languages, from Unicode CLDR."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


@cache
def _locale(language):
    code = (language or "en").replace("-", "_")
    for candidate in (code, code.split("_")[0], "en"):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue


def country_name(code):
    return _locale(get_language()).territories.get(code, code)


def language_name(code):
    """ "portugués (Brasil)" for "pt-br" in Spanish; the code itself where nobody knows it."""
    reader = _locale(get_language())
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return reader.languages.get(code, code)


def countries():
    """Choices for a form: (ISO 3166 code, name), sorted by name."""
    territories = _locale(get_language()).territories
    known = [(c, n) for c, n in territories.items() if len(c) == 2 and c.isalpha()]
    return sorted(known, key=lambda country: country[1])
