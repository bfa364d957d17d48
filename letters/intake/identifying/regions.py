"""The countries in whose manner a letter's phone numbers are probably written."""

from functools import cache

from babel.core import get_global

# The languages of many countries, those with most people first.
_KNOWN = {
    "ar": "EG SA DZ MA SD IQ YE SY TN JO LY LB AE PS KW OM QA BH MR",
    "bn": "BD IN",
    "de": "DE AT CH",
    "en": "US GB IN NG CA AU ZA KE PK PH GH UG IE NZ SG JM TT ZW ZM",
    "es": "MX CO ES AR PE VE CL GT EC BO CU DO HN PY SV NI CR PA UY PR US",
    "fa": "IR AF TJ",
    "fr": "FR CD CA CI CM MG BE CH SN ML BF NE GN TD BJ TG HT DZ MA TN",
    "id": "ID",
    "pt": "BR PT AO MZ CV GW ST",
    "ru": "RU BY KZ KG UA",
    "sw": "TZ KE CD UG RW",
    "ta": "IN LK SG MY",
    "ur": "PK IN",
    "zh": "CN TW HK MO SG MY",
    "": "US GB IN CN ES MX FR BR DE EG NG ID PK BD KE TR IR RU JP KR",
}
_MOST = 12
_PERCENT = 20


@cache
def regions(language: str) -> tuple[str, ...]:
    """Return country codes (ISO 3166) for a language code, the likeliest first; those of the
    largest countries where nobody knows.
    """
    base, *subtags = language.lower().replace("_", "-").split("-")
    named = [tag.upper() for tag in subtags if len(tag) == 2]
    if base in _KNOWN:
        return tuple(dict.fromkeys(named + _KNOWN[base].split()))
    shares = []
    for territory, languages in get_global("territory_languages").items():
        about = languages.get(base)
        if about and (about["official_status"] or about["population_percent"] >= _PERCENT):
            shares.append((-about["population_percent"], territory))
    spoken = [territory for _share, territory in sorted(shares)[:_MOST]]
    return tuple(dict.fromkeys(named + spoken)) or tuple(_KNOWN[""].split())
