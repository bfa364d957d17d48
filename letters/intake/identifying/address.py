"""Postal addresses: a street and its house number side by side, in the order of the language."""

import re
from collections.abc import Iterator

from letters.intake.identifying.mark import IdentifyingKind, Mark
from letters.intake.identifying.reading import Reading, runs_on

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_W = r"[^\W\d_][\w'.\-]{0,30}"  # any word
_CAP = rf"[{_UP}][\w'.\-]{{0,30}}"  # a word with a capital
_LINK = r"(?:de|del|la|las|los|le|les|el|du|des|da|do|das|dos|di|della|dei|y|e|van|von|der|den)"
_HOUSE = r"\d{1,5}(?:[/\-]\d{1,4}){0,2}(?: ?[A-Za-z])?(?![\w%])"
_NO = r"(?:,? ?(?:no\.?|n°|nº|n\.º|nr\.?|num\.?|núm\.?|número|numero|nomor|namba|nambari|#|№)"
_NO += r"[: ]{0,2})"
_FLAT = (
    r"(?:[,/]? ?(?:flat|apartment|apto?\.?|unit|suite|room|floor|piso|depto\.?|dpto\.?|puerta"
    r"|esc\.?|bloque|bloco|casa|interior|int\.?|portal|bâtiment|bât\.?|appt\.?|étage|escalier"
    r"|scala|interno|whg\.?|wohnung|kat|daire|d|кв\.?|квартира|корп\.?|подъезд|эт\.?|m\.|rt|rw"
    r"|kel\.?|blok)[ .:]{0,2}\d{0,4}[ºª°]?[A-Za-z]?\b[ºª°]?"
    r"|,? ?\d{1,3}\.?[ºª°]\.? ?[A-Za-z]?\b){0,4}"
)
_STREET = "street|avenue|road|lane|boulevard|crescent|terrace"
_STREET_CAP = (
    "St|Rd|Ave|Ln|Dr|Blvd|Drive|Way|Close|Court|Ct|Place|Pl|Square|Sq|Grove|Gardens|Mews|Hill"
    "|Row|Walk|Parade|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Estate|Nagar|Marg|Chowk|Colony"
)
_SMALL = (
    r"(?:the|a|an|of|on|in|to|at|my|your|our|his|her|their|and|or|by|from|down|up|per|more|other"
    r"|days?|weeks?|months?|years?|hours?|minutes?|times?|people|women|men|girls|km|miles?|metres?"
    r"|meters?|blocks?|lane|different|long|busy|dark|empty|main|side|am|pm|people's|that|this)\b"
)

# A street's word with capitals kept: read from the plain text.
_WRITTEN = [
    # English: 12 Baker Street, 221b Upper Baker St.
    rf"\b\d{{1,5}}(?:-\d{{1,5}})?[A-Za-z]?,? (?:(?!(?i:{_SMALL})){_W} ){{1,3}}(?i:{_STREET})\b"
    rf"(?i:{_FLAT})",
    rf"\b\d{{1,5}}(?:-\d{{1,5}})?[A-Za-z]?,? (?:(?:[NSEW]\.? )?(?:{_CAP}"
    rf"|\d{{1,3}}(?:st|nd|rd|th)) ){{1,3}}(?:{_STREET_CAP})\b\.?(?i:{_FLAT})",
    rf"\b\d{{1,5}} (?:[NSEW]\.? |(?:North|South|East|West) )?\d{{1,3}}(?:st|nd|rd|th) "
    rf"(?i:{_STREET}|st|ave)\b\.?(?i:{_FLAT})",
    rf"\b(?i:house|plot|flat|h\.? ?no|apartment|door) ?(?i:no\.?|number|#)? ?\d{{1,5}}[A-Za-z]?, "
    rf"(?i:(?:{_W} ){{0,3}}(?:{_STREET}|street|sector|block|phase|nagar|colony|marg))\b"
    r"(?: ?\d{1,3})?",
    # Spanish, Portuguese, Italian, Catalan …: Calle Mayor 5, 2º B; Rua das Flores, 123
    rf"\b(?i:calle|c/|avenida|avda\.?|av\.|paseo|pº|plaza|pza\.?|carrera|cra\.?|calzada|callejón"
    rf"|camino|ronda|travesía|jirón|jr\.|pasaje|psje\.?|rua|r\.|travessa|alameda|largo|praça"
    rf"|rodovia|via|viale|piazza|corso|vicolo|carrer|strada|bulevardul|ulica) ?"
    rf"(?:{_LINK} ){{0,3}}(?:l'|d')?{_CAP}(?: (?:(?:{_LINK} ){{0,2}}{_CAP})){{0,3}}"
    rf"(?:(?i:{_NO})|,? ){_HOUSE}(?i:{_FLAT})",
    # Colombia and Mexico: Calle 45 # 12-30
    rf"\b(?i:calle|carrera|cra\.?|cl\.?|kra\.?|transversal|diagonal|avenida|av\.?) ?\d{{1,3}}[A-Z]?"
    rf"(?: (?i:sur|norte|bis))?(?:(?i:{_NO})"
    rf"| (?i:con) )\d{{1,3}}[A-Z]?(?: ?- ?\d{{1,3}})?(?i:{_FLAT})",
    # German, Dutch, the North: Hauptstraße 12
    rf"\b[{_UP}][\w\-]{{1,40}}(?:straße|strasse|str\.|gasse|platz|allee|damm|ufer|steig|straat|laan"
    rf"|plein|gracht|kade|dreef|weg|gatan|vägen|veien|vegen|ergade|sgade|vej|katu|kuja|tie)"
    rf" {_HOUSE}(?i:{_FLAT})",
    rf"\b[{_UP}][\w\-]{{1,40}} (?:Straße|Str\.|Strasse|Weg|Platz|Allee|Gasse|Ring) {_HOUSE}",
    # Turkish: Atatürk Caddesi No: 12
    rf"(?:\b{_CAP} ){{1,3}}(?:Mahallesi|Mah\.|Caddesi|Cad\.|Cd\.|Sokağı|Sokak|Sok\.|Sk\.|Bulvarı)"
    rf"(?:,? {_CAP}){{0,4}}(?:(?i:{_NO})|,? ){_HOUSE}(?i:{_FLAT})",
    # Indonesian, Malay; Swahili; Vietnamese; Filipino
    rf"\b(?i:jalan|jl\.?|jln\.?|gang|gg\.|lorong) (?:{_CAP} ){{0,3}}{_CAP}(?:(?i:{_NO})"
    rf"|,? ){_HOUSE}"
    rf"(?i:{_FLAT})",
    rf"\b(?i:mtaa wa|mtaa|barabara ya|nyumba) (?:{_CAP}(?: {_CAP}){{0,2}},? )?(?i:nyumba )?"
    rf"(?:(?i:namba|nambari|na\.|no\.) ?)?{_HOUSE}",
    rf"\b(?i:số nhà|số|ngõ|hẻm) {_HOUSE},? (?i:đường|phố|ngõ|ngách|hẻm"
    rf"|tổ) {_CAP}(?: {_CAP}){{0,3}}",
    rf"\b{_HOUSE} (?i:đường|phố) {_CAP}(?: {_CAP}){{0,3}}",
    # Boxes at the post office
    r"\b(?i:p\.? ?o\.? box|apartado(?: postal)?|caixa postal|boîte postale|b\.?p\.|casella postale"
    r"|postfach|s\.?l\.?p\.?|posta kutusu|kotak pos)(?i: no\.?)? ?\d{1,6}\b",
    # British and American post codes, where they stand with a place
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?) \d[ABD-HJLNP-UW-Z]{2}\b",
    rf"\b{_CAP}(?: {_CAP}){{0,2}}, (?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]"
    r"|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]),? \d{5}(?:-\d{4})?\b",
]

_A2 = r"[\u0600-\u06ff\u200c]{2,20}"  # a word in Arabic letters
_D2 = r"[\u0900-\u0dff\u200c\u200d]{1,25}"  # a word in an Indian script
_CY = r"[а-яёіїєґ][а-яёіїєґ'.\-]{0,25}"
_HAN = r"[\u3400-\u9fff]"

# Scripts and languages where capitals say nothing: read from the lower-case text.
_LOWERED = [
    # French: 15 rue de la Paix, 3 bis boulevard Voltaire
    rf"\b\d{{1,4}}(?: ?(?:bis|ter|quater)\b)?,? (?:rue|avenue|av\.|boulevard|bd\.?|allée|impasse"
    rf"|chemin|quai|ruelle|square|résidence|faubourg|esplanade) (?:{_LINK} ){{0,2}}(?:[dl]')?{_W}"
    rf"(?: (?:{_LINK} ){{1,2}}(?:[dl]')?{_W}|-{_W}){{0,2}}{_FLAT}",
    # Russian, Ukrainian, Bulgarian, Serbian, Polish, Greek
    rf"\b(?:ул\.|улиц[аеу]|вул\.|вулиц[яі]|проспект[еа]?|пр-т|пр\.|переул(?:ок|ке)|пер\."
    rf"|бульвар[ае]?"
    rf"|набережн(?:ая|ой)|шоссе|площадь|пл\.) ?{_CY}(?: {_CY}){{0,2}},? ?(?:д\.|дом|буд\.|№"
    rf"|бр\.)? ?"
    rf"{_HOUSE}{_FLAT}",
    rf"\b(?:ul\.|al\.|os\.|pl\.|ulica|ulicy|aleja|osiedle) ?(?:{_W} ){{1,3}}{_HOUSE}"
    r"(?:,? ?m\. ?\d{1,3})?",
    rf"\b(?:οδός|οδό|οδού|λεωφόρος|λεωφ\.|πλατεία) (?:{_W} ){{1,3}}{_HOUSE}",
    # Arabic, Persian, Urdu, Hebrew
    rf"(?<!\w)(?:و?(?:ب|في )?شارع|حارة|زقاق|طريق|جادة|نهج|حي) (?:{_A2} ?){{1,4}}?[،, ]{{0,2}}"
    rf"(?:رقم|عمارة|بناية|مبنى|شقة|منزل|بيت|فيلا|بلوك|قطعة)(?: رقم)?[: ]{{0,2}}\d{{1,5}}"
    r"(?:[،, ]{1,2}(?:رقم|عمارة|بناية|شقة|منزل|طابق|الطابق|الدور|بلوك"
    r"|فيلا)(?: رقم)?[: ]{0,2}\d{1,4}){0,3}",
    rf"(?<!\w)(?:ب|ل)?(?:شارع|حارة|زقاق|نهج|جادة) (?:{_A2} ){{1,3}}?\d{{1,5}}(?![\d%]| {_A2})"
    r"(?:[،, ]{1,2}(?:عمارة|شقة|بناية|الطابق|الدور)(?: رقم)? ?\d{1,4}){0,3}",
    rf"(?<![\w/])\d{{1,4}}(?: ?مكرر)?,? ?شارع {_A2}(?: {_A2})?",
    rf"(?<!\w)(?:عمارة|بناية|شقة|فيلا|منزل)(?: رقم)? \d{{1,4}}[،, ]{{1,2}}(?:شارع|حي"
    rf"|طريق) {_A2}(?: {_A2})?",
    r"(?<!\w)(?:ص\.? ?ب\.?|صندوق بريد|صندوق پستی)[: ]{0,2}\d{1,6}",
    rf"(?<!\w)(?:خیابان|کوچه|بلوار|میدان|بزرگراه) (?:{_A2}[،, ]{{1,2}}){{1,6}}?(?:پلاک|واحد"
    rf"|شماره|کوچه)"
    r"[: ]{0,2}\d{1,4}(?:[،, ]{1,2}(?:واحد|طبقه|پلاک)[: ]{0,2}\d{1,3}){0,2}",
    r"(?<!\w)(?:مکان|گھر|گلی|فلیٹ)(?: نمبر)? ?\d{1,5}"
    r"(?:[،, ]{1,3}(?:گلی|سیکٹر|بلاک|محلہ|روڈ)(?: نمبر)? ?\d{0,4}){0,3}",
    r"(?<!\w)(?:ברחוב|רחוב|רח'|שדרות|שד') (?:[\u0590-\u05ff\"']{2,20} ){1,3}\d{1,4}(?:/\d{1,3})?",
    # India's scripts: house, lane, street and their numbers
    r"(?<!\w)(?:मकान|घर|फ्लैट|फ़्लैट|म\.? ?नं\.?|प्लॉट|क्वार्टर|बाड़ी|गली|সড়ক|রোড|বাড়ি"
    r"|বাড়ি|বাসা|ফ্ল্যাট"
    r"|হোল্ডিং|கதவு|வீட்டு|எண்|ఇంటి|ఇల్లు|ಮನೆ|വീട്ടു|ઘર|મકાન|ਮਕਾਨ|ਘਰ|घर क्र|सदनिका)"
    r"(?: ?(?:नंबर|नम्बर|नं\.?|संख्या|क्रमांक|नमबर|নং|নম্বর|নাম্বার|எண்|నంబర్|నెం\.?|ಸಂಖ್ಯೆ"
    r"|ನಂ\.?|നമ്പർ|નંબર|નં\.?|ਨੰਬਰ|ਨੰ\.?)"
    r"){1,2}[.: ]{0,2}\d{1,5}(?:[/\-]\d{1,4})?(?:[a-z]\b)?"
    rf"(?:,? ?(?:(?:{_D2} ){{0,2}}(?:गली|रोड|सेक्टर|ब्लॉक|वार्ड|মহল্লা|রোড|সড়ক|গলি|ব্লক"
    rf"|সেক্টর|தெரு|சாலை|వీధి|రోడ్డు|ರಸ್ತೆ|ગલી|ਗਲੀ)"
    r"(?: (?:नंबर|नं\.?|নং|নম্বর))?[ :]{0,2}\d{0,4})){0,3}",
    rf"(?<!\w)\d{{1,5}}(?:/\d{{1,4}})?,? (?:{_D2} ){{1,3}}(?:मार्ग|रोड|स्ट्रीट|गली|सड़क|রোড"
    rf"|সড়ক|লেন|স্ট্রিট"
    r"|தெரு|சாலை|వీధి|రోడ్డు|ರಸ್ತೆ|ബീഥി|റോഡ്|માર્ગ|ਰੋਡ)(?!\w)",
    # Thai
    r"(?:บ้านเลขที่|เลขที่) ?\d{1,5}(?:/\d{1,4})?(?: ?(?:หมู่|ม\.|ซอย|ซ\.|ถนน"
    r"|ถ\.) ?[\u0e00-\u0e7f\d]{1,20}){0,3}",
    r"\d{1,5}(?:/\d{1,4})? ?(?:หมู่ ?\d{1,3}|ถนน ?[\u0e00-\u0e7f]{2,20}"
    r"|ซอย ?[\u0e00-\u0e7f\d]{1,20})",
    # Japanese and Korean
    rf"(?:〒 ?\d{{3}}-?\d{{4}}[ 　]?)?(?:(?![在住址是]){_HAN}){{2,10}}"
    r"[都道府県市区町村郡][\u3040-\u30ff\u3400-\u9fffヶ]{1,12}"
    r"\d{1,4}(?:丁目|番地?|-)(?:\d{1,4}(?:丁目|番地?|号|-)?){0,3}(?:\d{1,4}号室?)?",
    r"〒 ?\d{3}-?\d{4}",
    r"(?:[\uac00-\ud7a3]{1,6}[시도군구읍면동] ){0,3}[\uac00-\ud7a3\d]{2,10}(?:로|길"
    r"|대로) ?\d{1,4}(?:-\d{1,3})?"
    r"(?!\d|[ ]?[\uac00-\ud7a3%](?<![번지호동, ]))(?:번지"
    r"|번길 ?\d{1,3})?(?:,? ?\d{1,4}동)?(?: ?\d{1,4}호)?",
    r"\d{1,4}동 ?\d{1,4}호",
]
_PATTERNS = [(0, re.compile(p)) for p in _WRITTEN] + [(1, re.compile(p)) for p in _LOWERED]

# ---------------------------------------------------------------------------- Chinese

_CHINESE = re.compile(
    r"(?:大道|胡同|路|街|道|巷|弄|里|段)(?:[东西南北中東]?(?:一|二|三|四|五|六)?段?)?\d{1,5}"
    r"(?:号院?|號|弄|巷)(?:(?:\d{1,4}|[a-z])(?:号楼|號樓|栋|棟|幢|座|单元|單元|楼|樓|层|層|室"
    r"|号|號|房)"
    r"|之\d{1,3}){0,5}(?:\d{3,4})?"
    r"|(?:小区|小區|花园|花園|新村|公寓|大厦|大廈|家园|苑|村|屯|组)\d{1,4}(?:号|號|栋|棟|幢|座)"
    r"(?:(?:\d{1,4}|[a-z])(?:号楼|號樓|栋|单元|單元|楼|樓|层|室|号|房)){0,4}(?:\d{3,4})?"
    r"|\d{1,3}(?:号楼|栋|棟|幢|座)\d{1,2}(?:单元|單元)(?:\d{1,4}(?:室|号|房)?)?"
)
_BEFORE_A_PLACE = "在住址是到于於往去过过来自寄给给,，。：:；;、（(「“ "
_FAR = 24


def _chinese(reading):
    lower = reading.lower
    for place in _CHINESE.finditer(lower):
        start = place.start()
        while start > max(place.start() - _FAR, 0) and runs_on(lower[start - 1]):
            if lower[start - 1] in _BEFORE_A_PLACE:
                break
            start -= 1
        yield Mark(start, place.end(), IdentifyingKind.ADDRESS)


# ------------------------------------------------------------------------- all of them

_APART = 40  # characters between a street and the rest of the same address
_TOWN = re.compile(rf"(?:, ?\n?|\n| )(?:[A-Z]{{1,2}}-)?\d{{4,6}},? {_CAP}")


# A place on the map, as phones copy it: degrees with enough decimals to find a house.
_ON_THE_MAP = re.compile(
    r"(?<![\d.])[+-]?\d{1,3}\.\d{3,15}(?:, ?| )[+-]?\d{1,3}\.\d{3,15}(?![\d.]*\d)"
)


def find(reading: Reading, language: str) -> Iterator[Mark]:
    marks = list(_chinese(reading))
    for place in _ON_THE_MAP.finditer(reading.plain):
        marks.append(Mark(*place.span(), IdentifyingKind.ADDRESS))
    for lowered, pattern in _PATTERNS:
        for place in pattern.finditer(reading[lowered]):
            start, end = place.span()
            while end > start and reading.plain[end - 1] in " ,.،、":
                end -= 1
            while start < end and reading.plain[start] in " ,.،、":
                start += 1
            if town := _TOWN.match(reading.plain, end):
                end = town.end() - (town[0][-1] in ".-'")
            marks.append(Mark(start, end, IdentifyingKind.ADDRESS))
    yield from _joined(sorted(marks), reading.plain)


def _joined(marks, plain):
    """A street and its post code a line below are one address."""
    whole = None
    for mark in marks:
        if whole is None:
            whole = mark
        elif mark.start < whole.end or (
            mark.start - whole.end <= _APART
            and not _between_addresses(plain[whole.end : mark.start])
        ):
            whole = Mark(whole.start, max(whole.end, mark.end), IdentifyingKind.ADDRESS)
        else:
            yield whole
            whole = mark
    if whole:
        yield whole


def _between_addresses(gap):
    """True if more stands there than the name of a place."""
    return bool(re.search(r"[.!?。؟।;]\s|\n\s*\n", gap)) or any(
        word[0].islower() for word in re.findall(r"[^\W\d_]+", gap)
    )
