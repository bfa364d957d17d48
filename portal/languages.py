"""Which languages exist: Django's, and a list of ours for those that it lacks.

The list only says which languages *can* be added in the admin, with their name and
direction. Which ones visitors see is data: a Locale whose home page is live
(`portal.tree`). Names: Unicode CLDR, and the speakers' own usage where CLDR has none.
"""

from functools import cache
from pathlib import Path

from django.conf import global_settings
from django.conf.locale import LANG_INFO

# code: (English name, own name, right-to-left, whose interface words stand in for
# those not yet translated; that language falls back to English in its turn)
OURS = {
    "ak": ("Akan", "Akan", False, "en"),
    "am": ("Amharic", "አማርኛ", False, "en"),
    "arn": ("Mapudungun", "Mapudungun", False, "es"),
    "as": ("Assamese", "অসমীয়া", False, "hi"),
    "ay": ("Aymara", "Aymar aru", False, "es"),
    "bm": ("Bambara", "Bamanankan", False, "fr"),
    "bo": ("Tibetan", "བོད་ཡིག", False, "zh-hans"),
    "ceb": ("Cebuano", "Cebuano", False, "en"),
    "dv": ("Dhivehi", "ދިވެހި", True, "en"),
    "ee": ("Ewe", "Eʋegbe", False, "en"),
    "ff": ("Fula", "Pulaar", False, "fr"),
    "fil": ("Filipino", "Filipino", False, "en"),
    "gn": ("Guaraní", "Avañe’ẽ", False, "es"),
    "ha": ("Hausa", "Hausa", False, "en"),
    "ht": ("Haitian Creole", "Kreyòl ayisyen", False, "fr"),
    "jv": ("Javanese", "Basa Jawa", False, "id"),
    "kmr": ("Kurmanji Kurdish", "Kurmancî", False, "en"),
    "ln": ("Lingala", "Lingála", False, "fr"),
    "lo": ("Lao", "ລາວ", False, "th"),
    "mai": ("Maithili", "मैथिली", False, "hi"),
    "mg": ("Malagasy", "Malagasy", False, "fr"),
    "mi": ("Māori", "Te reo Māori", False, "en"),
    "nah": ("Nahuatl", "Nāhuatl", False, "es"),
    "ny": ("Chichewa", "Chichewa", False, "en"),
    "om": ("Oromo", "Afaan Oromoo", False, "en"),
    "or": ("Odia", "ଓଡ଼ିଆ", False, "hi"),
    "prs": ("Dari", "دری", True, "fa"),
    "ps": ("Pashto", "پښتو", True, "fa"),
    "qu": ("Quechua", "Runasimi", False, "es"),
    "quc": ("K’iche’", "Qatzijob’al", False, "es"),
    "rn": ("Kirundi", "Ikirundi", False, "fr"),
    "rom": ("Romani", "Romani čhib", False, "en"),
    "rw": ("Kinyarwanda", "Ikinyarwanda", False, "en"),
    "sd": ("Sindhi", "سنڌي", True, "ur"),
    "sg": ("Sango", "Sängö", False, "fr"),
    "si": ("Sinhala", "සිංහල", False, "en"),
    "sm": ("Samoan", "Gagana Sāmoa", False, "en"),
    "sn": ("Shona", "chiShona", False, "en"),
    "so": ("Somali", "Soomaali", False, "en"),
    "st": ("Southern Sotho", "Sesotho", False, "en"),
    "su": ("Sundanese", "Basa Sunda", False, "id"),
    "tet": ("Tetum", "Tetun", False, "pt"),
    "ti": ("Tigrinya", "ትግርኛ", False, "en"),
    "tn": ("Tswana", "Setswana", False, "en"),
    "to": ("Tongan", "Lea faka-Tonga", False, "en"),
    "ts": ("Tsonga", "Xitsonga", False, "en"),
    "tzm": ("Central Atlas Tamazight", "ⵜⴰⵎⴰⵣⵉⵖⵜ", False, "fr"),
    "wo": ("Wolof", "Wolof", False, "fr"),
    "xh": ("Xhosa", "isiXhosa", False, "en"),
    "yi": ("Yiddish", "ייִדיש", True, "en"),
    "yo": ("Yoruba", "Èdè Yorùbá", False, "en"),
    "zu": ("Zulu", "isiZulu", False, "en"),
}
LANGUAGES = sorted(
    [*global_settings.LANGUAGES, *((code, name) for code, (name, *_) in OURS.items())],
    key=lambda language: language[1],
)
CODES = frozenset(code for code, _ in LANGUAGES)
RIGHT_TO_LEFT = frozenset("ar ckb dv fa he prs ps sd ug ur yi".split())
LOCALE_ROOT = Path(__file__).resolve().parent.parent / "locale"


def register_language_info():
    """Teach `django.utils.translation.get_language_info` the languages of ours."""
    for code, (name, name_local, bidi, _fallback) in OURS.items():
        LANG_INFO[code] = {"bidi": bidi, "code": code, "name": name, "name_local": name_local}
    LANG_INFO["az"]["bidi"] = False  # Django takes it for one that runs from the right


def install_fallbacks():
    """Chain the interface catalogues: Quechua falls back to Spanish, that to English."""
    from django.utils.translation import trans_real

    for code, (*_names, fallback) in OURS.items():
        if fallback != "en":
            # gettext would ask English first, and English has an answer to everything.
            trans_real.translation(code)._fallback = trans_real.translation(fallback)


def direction(code):
    """ "rtl" or "ltr" of any language code, also one that no list of ours has."""
    return "rtl" if (code or "").lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def name_local(code):
    """A language's own name, e.g. "español"; the code itself where nobody knows it."""
    return LANG_INFO[code]["name_local"] if code in LANG_INFO else code


@cache
def interface_language(code):
    """The language that interface words have on a page in language `code`: its own where
    a catalogue of ours exists, else the first of its chain that has one."""
    from django.utils.translation import to_locale

    while code != "en" and not (LOCALE_ROOT / to_locale(code) / "LC_MESSAGES/django.po").exists():
        generic = code.split("-")[0]
        if code in OURS:
            code = OURS[code][3]
        elif generic != code and generic in CODES:
            code = generic
        else:
            code = "en"
    return code
