"""The language of a letter: which ones there are to choose from, and which one it seems to be.

A letter may be in any language, not only in those that the site speaks.
"""

import logging
import threading
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError, localedata
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import translation

from portal import tree
from portal.languages import interface_language

logger = logging.getLogger(__name__)

# Regional variants that a letter need not name, and codes that only stand for others.
_VARIANTS = {"ar-dz", "en-au", "en-gb", "es-ar", "es-co", "es-mx", "es-ni", "es-ve", "no", "zh"}

# ------------------------------------------------------------------- to choose from


def _locale(code):
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Every language that a letter can be in: those of the site's list, and those that CLDR
    describes.
    """
    described = {name.split("_")[0] for name in localedata.locale_identifiers()}
    return frozenset((described | {code for code, _ in settings.LANGUAGES}) - _VARIANTS)


def _own_name(code):
    if name := LANG_INFO.get(code, {}).get("name_local"):
        return name
    locale = _locale(code)
    return (locale and locale.get_display_name()) or ""


def _name_in(code, reader, reader_language):
    if name := reader.languages.get(code):
        return name
    if (locale := _locale(code)) and (locale.script or locale.territory):
        if name := locale.get_display_name(reader):
            return name
    if english := LANG_INFO.get(code, {}).get("name"):
        with translation.override(reader_language):
            return translation.gettext(english)
    return Locale("en").languages.get(code, "")


def _sort_key(label):
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", label.casefold())
        if not unicodedata.combining(character)
    )


@lru_cache(maxsize=64)
def language_choices(reader_language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, "name in the reader's language — own name"), sorted by what the reader reads
    first.
    """
    reader = (
        _locale(reader_language) or _locale(interface_language(reader_language)) or Locale("en")
    )
    choices = []
    for code in codes():
        own, name = _own_name(code), _name_in(code, reader, reader_language)
        same = not own or not name or own.casefold() == name.casefold()
        if own or name:
            choices.append((code, (name or own) if same else f"{name} — {own}"))
    return tuple(sorted(choices, key=lambda choice: _sort_key(choice[1])))


def site_languages() -> set[str]:
    """The languages that visitors can read the site in."""
    return {code for site in tree.current().sites for code in site.homes}


def language_name(code: str, reader_language: str) -> str:
    """Return what the list calls a language; "" for none."""
    return dict(language_choices(reader_language)).get(code, code)


# ------------------------------------------------------------------------- to guess

# Fewer letters than this say too little. Latin script, which most languages share, takes more of
# them.
_ENOUGH_LATIN, _ENOUGH = 20, 6
_SURE = 0.6
# Near relatives of larger languages, which short texts are mistaken for, and languages of books.
_NOT_GUESSED = {"an", "ary", "arz", "eo", "ext", "gcf", "gcr", "grc", "hbo", "la", "ltg", "pcm"}
_NOT_GUESSED |= {"sdh", "uzs", "vec", "vo", "wa", "wuu", "lij", "bcl"}
_OUR_CODES = {"gug": "gn", "kik": "ki", "ku": "kmr", "no": "nb", "tl": "fil"}
_ONLY_TRADITIONAL = set("們這個來時說對會過還沒開問點樣學歡愛國後經無與為從兩頭關聽書話寫謝難讓誰")
_ONLY_SIMPLIFIED = set("们这个来时说对会过还没开问点样学欢爱国后经无与为从两头关听书话写谢难让谁")

_identifier = None
_loading = threading.Lock()


def _load():
    """Return the identifier. It takes a second and 100 MB, so only a process that guesses loads
    it.
    """
    global _identifier
    with _loading:
        if _identifier is None:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            loaded = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            loaded.set_languages(set(loaded.labels) - _NOT_GUESSED)
            _identifier = loaded
    return _identifier


def _chinese(text):
    characters = set(text)
    traditional = len(characters & (_ONLY_TRADITIONAL - _ONLY_SIMPLIFIED))
    simplified = len(characters & (_ONLY_SIMPLIFIED - _ONLY_TRADITIONAL))
    return "zh-hant" if traditional > simplified else "zh-hans"


def guess_language(text: str) -> str:
    """Return the code of the language that `text` seems to be in, or "" when it is too short or
    unclear.
    """
    letters = [character for character in text[:4000] if character.isalpha()]
    latin = sum(unicodedata.name(character, "").startswith("LATIN") for character in letters)
    if len(letters) < (_ENOUGH_LATIN if latin * 2 > len(letters) else _ENOUGH):
        return ""
    try:
        code, sure = _load().classify(text[:4000])
    except OSError as error:  # it is unpacked into a file first, which takes room on the disk
        logger.warning("Languages can't be told: %s", type(error).__name__)
        return ""
    if sure < _SURE or code == "zxx":
        return ""
    code = _chinese(text) if code == "zh" else _OUR_CODES.get(code, code)
    return code if code in codes() else ""


# Letters of a text that says for sure that it is not in the language which its writer named.
_ENOUGH_TO_CONTRADICT = 60
# Languages that are easily taken for each other.
_NEAR = [
    *(
        {"nb", "nn", "no", "da", "sv"},
        {"hr", "bs", "sr", "sl", "mk", "bg"},
        {"id", "ms", "jv", "su"},
    ),
    *({"cs", "sk"}, {"gl", "pt", "es", "ca", "ast"}, {"fa", "prs", "ps", "ur"}, {"rw", "rn"}),
    *(
        {"hi", "mr", "ne", "mai", "sa"},
        {"zu", "xh", "ss", "nr"},
        {"kmr", "ckb"},
        {"uk", "be", "ru"},
    ),
    *({"az", "tr", "tk"}, {"kk", "ky", "tt", "ba"}, {"bn", "as"}, {"fil", "ceb"}, {"af", "nl"}),
    *({"ar", "dv", "sd", "ug"}, {"fr", "oc", "ht", "br"}, {"de", "lb"}, {"it", "co", "rm"}),
    *({"st", "tn", "nso"}, {"zh", "yue"}, {"is", "fo"}, {"ga", "gd"}, {"et", "fi"}),
]


def contradicts(text: str, code: str) -> bool:
    """Return whether `text` is surely in another language than its writer said. Never of a
    language that cannot be told from its words, and not of near relatives.
    """
    if not code or sum(character.isalpha() for character in text[:4000]) < _ENOUGH_TO_CONTRADICT:
        return False
    guessed = guess_language(text)
    one, other = guessed.partition("-")[0], code.partition("-")[0]
    if not guessed or one == other or any({one, other} <= near for near in _NEAR):
        return False
    known = {_OUR_CODES.get(label, label) for label in _load().labels}
    return other in known
