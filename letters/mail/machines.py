"""Mail that no person wrote to us: automatic replies, bounces, lists, advertising.

Answering any of them could go on for ever, or tell a stranger that somebody reads here.
"""

import re
from email.message import Message

from letters.mail.parts import header, headers

_VACATION = re.compile(
    r"^\W*(auto(matic|mated)?[ -]?(reply|response|answer)|autoreply|out of( the)? office|vacation"
    r"|away from|respuesta autom[aá]tica|fuera de (la )?oficina|ausencia"
    r"|r[eé]ponse automatique|absence|absent|automatische (antwort|rückmeldung)|abwesenheit"
    r"|resposta autom[aá]tica|fora do escritório|ausência|risposta automatica|fuori ufficio"
    r"|automatisch antwoord|автоматический ответ|автоответ|автоматична відповідь"
    r"|رد تلقائي|الرد التلقائي|خارج المكتب|स्वचालित (उत्तर|जवाब|प्रतिक्रिया)|कार्यालय से बाहर"
    r"|自动(回复|答复)|自動(回覆|答覆|返信)|不在のお知らせ|자동 ?(회신|응답)|automatyczna odpowiedź"
    r"|otomatik yanıt|autosvar|automaattinen vastaus)",
    re.IGNORECASE,
)
_SYSTEMS = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|bounces?)\b", re.IGNORECASE)
_NOBODY = re.compile(r"^(no|do-?not|donot)[._-]?reply\b|^noreply", re.IGNORECASE)
_LISTS = ("List-Id", "List-Post", "List-Unsubscribe", "X-Mailing-List", "X-Campaign", "Feedback-ID")


def outcome(mail: Message, sender: str, own: set[str]) -> str:
    """Return "auto-reply", "bounce", "ours", "list", "spam", "vacation" (a guess by the subject),
    or "" for a person's mail.

    sender: the address it comes from. own: the addresses that the portal itself writes from.
    """
    submitted = header(mail, "Auto-Submitted").split(";")[0].strip().lower()
    precedence = header(mail, "Precedence").lower()
    if sender.casefold() in own:
        return "ours"
    if _is_bounce(mail, sender):
        return "bounce"
    if submitted not in ("", "no"):
        return "auto-reply"
    if precedence in ("auto_reply", "auto-reply") or any(
        header(mail, name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply")
    ):
        return "auto-reply"
    if _is_spam(mail):
        return "spam"
    if precedence in ("bulk", "junk", "list") or any(header(mail, name) for name in _LISTS):
        return "list"
    if _VACATION.match(header(mail, "Subject")):
        return "vacation"
    return ""


def _is_bounce(mail, sender):
    returned_to = header(mail, "Return-Path")
    # Receipts and other reports come as multipart/report as well.
    return (
        returned_to.replace(" ", "") == "<>"
        or mail.get_content_type() == "multipart/report"
        or bool(header(mail, "X-Failed-Recipients"))
        or bool(_SYSTEMS.match(sender))
    )


def _is_spam(mail):
    """What the mail server in front of us says; it has seen more than we have."""
    if header(mail, "X-Spam-Flag").lower() in ("yes", "true", "1"):
        return True
    if header(mail, "X-Spam-Status").lower().startswith("yes"):
        return True
    if header(mail, "X-Spam").lower() in ("yes", "spam"):
        return True
    if header(mail, "X-Rspamd-Action").lower() in ("reject", "add header", "rewrite subject"):
        return True
    level = header(mail, "X-MS-Exchange-Organization-SCL").strip()
    return level.isdecimal() and int(level[:3]) >= 5


def may_be_answered(mail: Message, sender: str) -> bool:
    """False where an answer would reach a program, or somebody whose address was forged."""
    if _NOBODY.match(sender) or header(mail, "X-Auto-Response-Suppress"):
        return False
    results = " ".join(headers(mail, "Authentication-Results")).lower()
    return not re.search(r"\b(dmarc|spf)=(fail|reject)\b", results)
