"""Numbers that states and banks know people by: after their names in many languages, and those
whose form or check digit gives them away.
"""

import re
from collections.abc import Iterator

from letters.intake.identifying.amounts import is_amount
from letters.intake.identifying.mark import IdentifyingKind, Mark
from letters.intake.identifying.reading import Reading, phrases_in

# ------------------------------------------------------------------ by their own form


def _digits(text):
    return re.sub(r"\D", "", text)


def _spanish(text):
    number = re.sub(r"[ .\-]", "", text).upper()
    number = {"X": "0", "Y": "1", "Z": "2"}.get(number[0], number[0]) + number[1:]
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number[:-1]) % 23] == number[-1]


def _chinese(text):
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(text[:17]))
    return "10X98765432"[total % 11] == text[17].upper()


def _french(text):
    number = re.sub(r"[ .]", "", text).upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(number[:13]) % 97 == int(number[13:])


def _bank_account(text):
    number = re.sub(r" ", "", text).upper()
    if not 15 <= len(number) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1


def _card(text):
    digits = _digits(text)
    total = sum(
        sum(divmod(int(digit) * (1 + i % 2), 10)) for i, digit in enumerate(reversed(digits))
    )
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and total % 10 == 0


def _brazilian(text):
    digits = [int(digit) for digit in _digits(text)]
    return len(set(digits)) > 1 and all(
        sum(digit * (n + 1 - i) for i, digit in enumerate(digits[:n])) * 10 % 11 % 10 == digits[n]
        for n in (9, 10)
    )


def _indian(text):
    """Not three years in a row."""
    return not all(group.startswith(("19", "20")) for group in re.split(r"[ \-]", text))


def _always(_text):
    return True


_A, _Z = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_FORMS = [
    (re.compile(_A + form + _Z), check)
    for form, check in [
        (r"\d{8}[ .\-]?[A-HJ-NP-TV-Za-hj-np-tv-z]", _spanish),
        (r"\d{2}\.\d{3}\.\d{3}-?[A-HJ-NP-TV-Z]", _spanish),
        (r"[XYZ][ \-]?\d{7}[ \-]?[A-HJ-NP-TV-Z]", _spanish),
        (r"[1-9]\d{16}[\dXx]", _chinese),
        (r"[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dABab] ?\d{3} ?\d{3} ?\d\d", _french),
        (r"[A-Z]{2}\d\d(?: ?[A-Z0-9]){11,30}", _bank_account),
        (r"\d{4}(?:[ \-]?\d{4}){2}[ \-]?\d{1,7}", _card),
        (r"3[47]\d\d[ \-]?\d{6}[ \-]?\d{5}", _card),
        (r"\d{3}\.\d{3}\.\d{3}-\d\d", _brazilian),
        (r"(?!000|666|9)\d{3}-\d\d-\d{4}", _always),  # of the United States
        (r"[2-9]\d{3}[ \-]\d{4}[ \-]\d{4}", _indian),  # Aadhaar
        (r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", _always),  # PAN
        (r"[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d", _always),  # CURP
        (r"[A-Z]{6}\d\d[ABCDEHLMPRST]\d\d[A-Z]\d{3}[A-Z]", _always),  # codice fiscale
        (r"\d{1,2}\.\d{3}\.\d{3}-[\dKk]", _always),  # RUT
        (r"\d{5}-\d{7}-\d", _always),  # of Pakistan
        (r"\d{6}-[1-8]\d{6}", _always),  # of Korea
    ]
]

# -------------------------------------------------------------------- after their names

_NAMES = """
passport|passport no|id number|id no|id no.|id card|identity card|national id|identity number|my id
|id|ssn|social security|social security number|national insurance|nhs number|driving licence
|driver's license|driver's licence|driver license|license plate|number plate|voter id|tax id
|case number|case no|case no.|file number|crime reference|account number|bank account|sort code
|pasaporte|dni|nie|nif|d.n.i.|n.i.e.|cédula|cedula|c.c.|curp|rfc|carnet de identidad
|clave de elector
|número de identidad|documento de identidad|seguridad social|matrícula|expediente|rut
|cuenta bancaria
|passeport|carte d'identité|numéro de sécurité sociale|sécurité sociale|numéro de sécu|nir|cni|cin
|titre de séjour|plaque d'immatriculation|numéro de dossier|passaporte|cpf|rg|nif|cartão de cidadão
|carteira de identidade|identidade|passaporto|codice fiscale|carta d'identità|reisepass
|passnummer|personalausweis|ausweisnummer|sozialversicherungsnummer|aktenzeichen|kennzeichen
|paspoort|bsn|pesel|paszport|dowód osobisty|personnummer|cpr|pasaport|kimlik|kimlik no|tc kimlik no
|tc kimlik|tckn|t.c.|paspor|ktp|nik|nomor induk|kitambulisho|pasipoti|nida|namba ya kitambulisho
|pasaporte ko|hộ chiếu|cccd|cmnd|căn cước|chứng minh nhân dân|αριθμός ταυτότητας|ταυτότητα|αφμ|αμκα
|паспорт|паспорта|инн|снилс|номер паспорта|ідентифікаційний код|ід|דרכון|תעודת זהות|ת.ז.|ת"ז
|رقم الهوية|رقم هويتي|هويتي|الهوية|رقم البطاقة|بطاقة الهوية|رقم بطاقتي|الرقم القومي|رقم قومي
|رقمي القومي|الرقم الوطني|رقمي الوطني|جواز السفر|جواز سفري|جواز سفر|رقم الجواز|رقم جواز|الإقامة
|رقم الإقامة|کد ملی|کدملی|شماره ملی|گذرنامه|پاسپورت|شناسنامه|شناختی کارڈ|شناختی کارڈ نمبر|پاسپورٹ
|आधार|आधार नंबर|आधार कार्ड|पैन|पैन कार्ड|पासपोर्ट|मतदाता पहचान|पहचान पत्र|राशन कार्ड|aadhaar|aadhar
|pan
|pan card|জাতীয় পরিচয়পত্র|পরিচয়পত্র|এনআইডি|nid|পাসপোর্ট|ஆதார்|பாஸ்போர்ட்|ఆధార్|ಆಧಾರ್|ആധാർ|આધાર
|ਆਧਾਰ|身份证|身份證|身份证号|身分證|护照|護照|社保号|学号|工号|银行卡|驾照|车牌|パスポート|旅券
|マイナンバー|免許証
|주민등록번호|주민번호|여권|บัตรประชาชน|เลขบัตร|หนังสือเดินทาง|พาสปอร์ต
"""
_NAME_WORDS = [name.strip() for name in _NAMES.split("|")]
_GAP = re.compile(r"[^0-9\n!?؟。！？]{0,24}?(?=(?:[A-Z]{1,4}[ \-]?|[a-z]{1,4})?\d)")
_NUMBER = re.compile(
    r"(?<![A-Za-z])(?:[A-Z]{1,4}[ \-]?|[a-z]{1,4})?\d(?:[ .\-/]?[A-Z0-9]){3,26}+(?![a-z])"
)
_NOT_ONE = re.compile(
    r"(?:19|20)\d\d(?:\D+(?:19|20)\d\d)*$|\d{1,3}(?:[ .,]\d{3})*[ .,]000$"
    r"|\d{1,2}[./\- ]\d{1,2}[./\- ](?:19|20)\d\d$|(?:19|20)\d\d[./\- ]\d\d[./\- ]\d\d$"
)
_FEWEST = 5  # digits


def find(reading: Reading, language: str) -> Iterator[Mark]:
    for form, check in _FORMS:
        for match in form.finditer(reading.plain):
            if check(match[0]):
                yield Mark(match.start(), match.end(), IdentifyingKind.NUMBER)
    for _start, end in phrases_in(reading.lower, _NAME_WORDS):
        gap = _GAP.match(reading.plain, end)
        number = gap and _NUMBER.match(reading.plain, gap.end())
        if not number or _NOT_ONE.match(number[0]) or is_amount(reading.lower, *number.span()):
            continue
        if len(_digits(number[0])) >= (_FEWEST if len(gap[0]) <= 12 else _FEWEST + 2):
            yield Mark(number.start(), number.end(), IdentifyingKind.NUMBER)
