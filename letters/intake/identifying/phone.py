"""Phone numbers, and what only looks like them: dates, times, years, sums, prices."""

import re
from collections.abc import Iterator

from phonenumbers import NumberParseException, is_valid_number, parse

from letters.intake.identifying.amounts import is_amount
from letters.intake.identifying.mark import IdentifyingKind, Mark
from letters.intake.identifying.reading import Reading, phrases_in
from letters.intake.identifying.regions import regions

LONGEST = 15  # digits, by the international numbering plan
# So many questions to the numbering plans a letter; after that the plain rules must do.
_MOST_QUESTIONS = 1_500

_RUN = re.compile(r"(?<![0-9A-Za-z_@#])(?:\+ ?|00)?\(?\+?[0-9](?:[ ().\-/]{0,3}[0-9])*+")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/. ]{1,2}[01]?\d[-/. ]{1,2}[0-3]?\d"
    r"|[0-3]?\d[-/. ]{1,2}[0-3]?\d[-/. ]{1,2}(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|[0-3]?\d\.[01]?\d\.\d\d)(?!\.?\d)"
)
_TIMES = re.compile(r"[0-2]?\d[.:][0-5]\d ?- ?[0-2]?\d[.:][0-5]\d")
_YEARS = re.compile(r"(?:1[0-9]|20)\d\d(?:[ ().\-/]{1,3}(?:(?:1[0-9]|20)\d\d|\d\d(?!\d)))*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:( )\d{3}(?: \d{3})*|(\.)\d{3}(?:\.\d{3})*)")
_INDIAN_SUM = re.compile(r"[1-9]\d?(?: \d\d)+ \d{3}")
_DECIMAL = re.compile(r"\d+\.\d+")
_LOCAL = re.compile(r"\d{3}[-.]\d{4}")
_BOOK = re.compile(r"97[89][- ]?\d")
_CHINESE_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_CALL = """
tel|phone|telephone|call|call me|cell|cellphone|mobile|my number|whatsapp|whats app|sms|text me
|ring me|reach me|teléfono|telefono|tel.|móvil|movil|celular|cel|llama|llámame|llamame|mi número
|mi numero|téléphone|portable|appelle|appelez|mon numéro|numéro de|fon|handy|telefon|mobil
|ruf mich an|nummer|telefone|telemóvel|zap|liga|ligue|meu número|cellulare|chiamami|bel me
|тел|телефон|позвони|звоните|мой номер|номер телефона|telefonu|cep|numaram|beni ara
|telepon|telp|hp|nomor|simu|namba|piga|nipigie|điện thoại|sđt|số máy|τηλέφωνο|τηλ|κινητό
|هاتف|هاتفي|هاتفى|جوال|جوالي|موبايل|تليفون|تلفون|رقمي|رقم|اتصل|اتصلي|اتصلوا|واتس|واتساب
|تلفن|شماره|شماره‌ام|موبایل|فون|نمبر|טלפון|נייד
|फ़ोन|फोन|मोबाइल|नंबर|नम्बर|व्हाट्सएप|व्हाट्सऐप|ফোন|মোবাইল|নম্বর|নাম্বার
|தொலைபேசி|எண்|கைபேசி|ఫోన్|ਫ਼ੋਨ|ફોન|โทร|เบอร์|电话|手机|電話|手機|打给|打給|号码|號碼|致电|微信|携帯|番号
|전화|번호|연락처
"""
_CALL_WORDS = [word.strip() for word in _CALL.split("|")]
_CALL_REACH = 28  # characters before the number


class _Plans:
    """Asks the numbering plans, so often and no more."""

    def __init__(self, language):
        self.regions = regions(language)
        self.left = _MOST_QUESTIONS

    def know(self, number, region=None):
        if self.left <= 0:
            return False
        self.left -= 1
        try:
            return is_valid_number(parse(number, region))
        except NumberParseException:
            return False

    def know_somewhere(self, number):
        return any(self.know(number, region) for region in self.regions)


def find(reading: Reading, language: str) -> Iterator[Mark]:
    plans = _Plans(language)
    for run in _RUN.finditer(reading.plain):
        if run.end() - run.start() < 6 or reading.plain.startswith(("@", "_"), run.end()):
            continue
        for start, end in _pieces(reading.plain, run.start(), run.end()):
            if kind := _kind(reading, start, end, plans):
                yield Mark(start, end, kind)


def _digits(text):
    return re.sub(r"\D", "", text)


def _pieces(plain, start, end):
    """Cut at dates, and where one number ends and the next begins."""
    dates = [match.span() for match in _DATE.finditer(plain, start, end)]
    if dates and len(_digits(plain[start:end])) <= LONGEST:
        whole = plain[start:end].strip("( ")
        # "06 12 20 20 24" holds what could be a date, and is none.
        if not _DATE.match(whole) and not whole.startswith(("+", "00")):
            dates = [span for span in dates if span[1] == end and " " not in plain[slice(*span)]]
        elif whole.startswith(("+", "00")):
            dates = []
    at = start
    for date_start, date_end in [*dates, (end, end)]:
        yield from _numbers(plain, at, date_start)
        at = date_end


_CUTS = (re.compile(r" ?/ ?|  +| - "), re.compile(r" +"))


def _numbers(plain, start, end, cuts=_CUTS):
    """Pieces that are short enough for one number, without what stands around it."""
    if cuts and len(_digits(plain[start:end])) > LONGEST:
        left = start
        for cut in cuts[0].finditer(plain, start, end):
            yield from _numbers(plain, left, cut.start(), cuts[1:])
            left = cut.end()
        yield from _numbers(plain, left, end, cuts[1:])
        return
    while start < end and plain[start] not in "0123456789+(":
        start += 1
    while end > start and not plain[end - 1].isdigit():
        end -= 1
    if "(" in plain[start:end] and ")" not in plain[start:end]:
        start = plain.rindex("(", start, end) + 1
    if end - start >= 6:
        yield start, end


def _kind(reading, start, end, plans):
    plain, lower = reading
    number = plain[start:end]
    digits = _digits(number)
    after = lower[end : end + 1]
    if not 6 <= len(digits) <= LONGEST or len(set(digits)) == 1:
        return None
    if after == "_" or (after.isascii() and after.isalpha()):
        return None
    asked = any(True for _ in phrases_in(lower[max(start - _CALL_REACH, 0) : start], _CALL_WORDS))
    if number.startswith("+") and len(digits) >= 8 and not _is_round(number.lstrip("+ ")):
        return IdentifyingKind.PHONE
    if _is_something_else(number) or is_amount(lower, start, end):
        return None
    if _THOUSANDS.fullmatch(number) and (_is_round(number) or not (asked or len(digits) > 8)):
        return None
    if asked or _CHINESE_MOBILE.fullmatch(digits):
        return IdentifyingKind.PHONE
    if number.isdigit():
        return _bare(number, plans)
    if _has_phone_shape(number, digits) or (len(digits) >= 7 and plans.know_somewhere(number)):
        return IdentifyingKind.PHONE
    return None


def _bare(number, plans):
    """Without punctuation: a phone where the plans know it, otherwise something that counts
    somebody, from nine digits on.
    """
    if number.endswith("000"):
        return None
    if number.startswith("00") and len(number) >= 10 and plans.know("+" + number[2:]):
        return IdentifyingKind.PHONE
    if len(number) >= 7 and plans.know_somewhere(number):
        return IdentifyingKind.PHONE
    if number.startswith("0") and 9 <= len(number) <= 12:
        return IdentifyingKind.PHONE
    return IdentifyingKind.NUMBER if len(number) >= 9 else None


def _is_round(number):
    return bool(_THOUSANDS.fullmatch(number)) and number.endswith("000")


def _is_something_else(number):
    groups = re.findall(r"\d+", number)
    return bool(
        _YEARS.fullmatch(number)
        or _TIMES.match(number)
        or _DECIMAL.fullmatch(number)
        or _INDIAN_SUM.fullmatch(number)
        or _DATE.fullmatch(number)
        or (_BOOK.match(number) and len(_digits(number)) == 13)
        or (len(groups) > 1 and all(group.endswith("0") for group in groups))
        or (len(groups) > 3 and max(map(len, groups)) == 1)
        or (number.count(".") == 3 and len(groups) == 4 and max(map(len, groups)) <= 3)  # a host
    )


def _has_phone_shape(number, digits):
    groups = re.findall(r"\d+", number)
    if len(digits) < 7:
        return False
    if number.startswith("(") or digits.startswith("0"):
        return len(digits) >= 8
    if _LOCAL.fullmatch(number):
        return not digits.endswith("00")
    if _THOUSANDS.fullmatch(number):
        return False
    return (
        len(digits) >= 8
        and len(groups) >= 2
        and all(2 <= len(group) <= 5 for group in groups[1:])
        and not (len(groups) == 2 and "-" in number and len(groups[0]) == len(groups[1]) > 4)
    )
