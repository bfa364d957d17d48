"""Countries, the cities that clocks are named after, languages, months and days: they have
capitals, or surnames, as people do.
"""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global


@cache
def of(language: str) -> frozenset[str]:
    """In lower case, in a language and in English. language: a code such as "pt-br"."""
    return frozenset(_names(language) | _names("en") | _zones())


@cache
def _zones():
    return {
        zone.rpartition("/")[2].replace("_", " ").lower() for zone in get_global("zone_territories")
    }


@cache
def _names(language):
    locale = _locale(language)
    if not locale:
        return set()
    names = [*locale.territories.values(), *locale.languages.values()]
    names += [zone["city"] for zone in locale.time_zones.values() if "city" in zone]
    for spans in (locale.months, locale.days):
        names += spans["format"]["wide"].values()
        names += spans["stand-alone"]["wide"].values()
    return {name.lower() for name in names}


def _locale(language):
    code = language.replace("-", "_")
    for candidate in (code, code.partition("_")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return None
