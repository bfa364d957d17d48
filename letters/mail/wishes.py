"""What a writer can ask for in a mail: to hear nothing from us, or to be answered.

By an addition to our address (letters+silent@…, letters+answer@…), or by a line of its own: the
subject, or the first line of the mail.
"""

import re
import unicodedata
from email.message import Message
from email.utils import getaddresses

from letters.mail.parts import headers

SILENT, ANSWER = "silent", "answer"

_DELIVERED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To")
_LINES = {
    SILENT: {
        *("no reply please", "please no reply", "please do not reply", "please don't reply"),
        *("do not reply", "don't reply", "please do not answer", "please don't answer"),
        *("sin respuesta por favor", "por favor no respondan", "por favor, no respondan"),
        *("por favor no responder", "no respondan", "no responder", "por favor no contesten"),
        *("pas de réponse s'il vous plaît", "ne pas répondre", "merci de ne pas répondre"),
        *("ne répondez pas s'il vous plaît", "pas de réponse svp", "ne répondez pas"),
        *(
            "الرجاء عدم الرد",
            "من فضلكم لا تردوا",
            "لا تردوا من فضلكم",
            "عدم الرد من فضلكم",
            "لا تردوا",
        ),
        *("कृपया उत्तर न दें", "कृपया जवाब न दें", "उत्तर न दें", "जवाब न दें"),
        *("请不要回复", "请勿回复", "不要回复", "請不要回覆", "請勿回覆", "不要回覆"),
    },
    ANSWER: {
        *("please answer", "please answer me", "please reply", "please write back"),
        *(
            "por favor respondan",
            "por favor, respondan",
            "por favor contesten",
            "por favor responder",
        ),
        *("merci de répondre", "répondez-moi s'il vous plaît", "merci de me répondre"),
        *("الرجاء الرد", "من فضلكم ردوا", "أرجو الرد", "ارجو الرد", "من فضلكم ردوا علي"),
        *("कृपया उत्तर दें", "कृपया जवाब दें"),
        *("请回复", "请回复我", "請回覆", "請回覆我"),
    },
}


def of(mail: Message, title: str, words: str) -> tuple[set[str], str, str]:
    """Return what she asks for (SILENT, ANSWER), and title and words without the lines that ask."""
    asked = _in_addresses(mail)
    if wish := _wish(title):
        asked.add(wish)
        title = ""
    first, _line, rest = words.lstrip().partition("\n")
    if wish := _wish(first):
        asked.add(wish)
        words = rest.lstrip("\n")
    return asked, title, words


def _in_addresses(mail):
    given = [value for name in _DELIVERED for value in headers(mail, name)]
    try:
        addresses = [address for _name, address in getaddresses(given)]
    except Exception:  # of what strangers write
        addresses = []
    tags = {address.partition("@")[0].rpartition("+")[2].lower() for address in addresses}
    return {wish for wish in (SILENT, ANSWER) if wish in tags}


def _wish(line):
    if len(line) > 60:
        return None
    plain = unicodedata.normalize("NFKC", line).replace("’", "'").casefold()
    plain = re.sub(r"\s+", " ", plain).strip(" \t.!¡,;:。！،।-*()[]")
    return next((wish for wish, lines in _LINES.items() if plain in lines), None)
