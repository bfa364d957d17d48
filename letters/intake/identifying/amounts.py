"""Sums, prices and counts: numbers that say how much, and lead to nobody."""

import re

_MONEY_BEFORE = re.compile(r"[$€£¥₹₽₺₩₦₫﷼฿₴₱][ ]?$")
_SUM_AFTER = re.compile(
    r" ?(?:[$€£¥₹₽₺₩₦₫﷼฿₴₱%٪°]|,\d|:\d|(?:percent|per cent|million|millions|millones|milliards?"
    r"|mil|euros?|eur|usd|dollars?|pesos?|rupees?|rupias?|reais|shillings?|francs?|naira"
    r"|people|persons?|women|users|views|personas?|mujeres|usuarios|visitas|femmes|personnes|vues"
    r"|pessoas|mulheres|km|kg|mb|gb|pixels?|followers|seguidor[ae]s|abonnés)\b"
    r"|(?:ريال|جنيه|درهم|دينار|ليرة|مليون|ألف|امرأة|نساء|شخص|تومان|میلیون|هزار|نفر"
    r"|रुपये|रुपए|रुपया|लाख|करोड़|हज़ार|हजार|लोग|औरत|टका|টাকা|লাখ|কোটি|元|块|塊|万|萬|亿|億|人|名|次|円|원|명))"
)


def is_amount(lower: str, start: int, end: int) -> bool:
    """True if the digits of this piece stand with a currency or with what they count."""
    return bool(
        _MONEY_BEFORE.search(lower[max(start - 2, 0) : start]) or _SUM_AFTER.match(lower, end)
    )
