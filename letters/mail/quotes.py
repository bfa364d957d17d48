"""What a mail program adds below, above and around what a person wrote: cut, or let stand.

When in doubt it stands: a moderator sees a little too much rather than too little. Nothing here
changes a word of what is kept.
"""

import re

from letters.mail.markup import QUOTE

# ---------------------------------------------------------- where an earlier mail begins

_RULED = re.compile(
    r"^[\s*]*[-_=—─]{2,}\s*("
    r"(original|forwarded) message|begin forwarded message|mensaje (original|reenviado)"
    r"|forwarded by .*|message (d['’]origine|original|transféré)|courriel original"
    r"|mensagem (original|encaminhada)|(ursprüngliche|weitergeleitete) (nachricht|mail)"
    r"|messaggio (originale|inoltrato)|(oorspronkelijk|doorgestuurd) bericht"
    r"|(исходное|пересылаемое|пересланное) сообщение|переадресоване повідомлення"
    r"|الرسالة (الأصلية|المعاد توجيهها)|رسالة (أصلية|معاد توجيهها|محولة)|(मूल|अग्रेषित) संदेश"
    r"|原始(邮件|郵件|信件)|转发的?邮件|轉寄的?郵件|回复的原邮件|元のメッセージ|転送.*メッセージ"
    r"|wiadomość (oryginalna|przekazana)|(orijinal|yönlendirilen|iletilmiş) (mesaj|ileti)"
    r")\s*[-_=—─]*[\s*:]*$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"^\s*(begin forwarded message|inicio del mensaje reenviado|début du message (transféré|"
    r"réexpédié)|anfang der weitergeleiteten (nachricht|e-mail)|início da mensagem (encaminhada|"
    r"reencaminhada)|inizio messaggio inoltrato|начало переадресованного сообщения"
    r"|بداية الرسالة المعاد توجيهها|अग्रेषित संदेश की शुरुआत"
    r"|下面是被转发的邮件|以下是轉寄的郵件)\s*[:：]\s*$",
    re.IGNORECASE,
)
_FROM = (
    "from|de|von|da|van|от|від|من|प्रेषक|की ओर से|से|发件人|寄件者|寄件人|差出人|보낸 사람|od|kimden"
    "|från|fra"
)
_OTHERS = (
    "sent|date|to|cc|subject|reply-to|enviado|enviado el|enviada em|fecha|para|asunto|envoyé|à|a"
    "|objet|répondre à|gesendet|datum|an|betreff|data|assunto|inviato|oggetto|verzonden|aan"
    "|onderwerp|отправлено|дата|кому|тема|копия|تاريخ|التاريخ|إلى|الموضوع|تم الإرسال|نسخة"
    "|भेजा गया|दिनांक|प्रति|विषय"
    "|发送时间|发送日期|日期|收件人|抄送|主题|寄件日期|傳送時間|收件者|主旨|副本|日時|宛先|件名"
)
_FROM_LINE = re.compile(rf"^[\s*_]*({_FROM})[\s*_]*[:：]", re.IGNORECASE)
_HEADER_LINE = re.compile(rf"^[\s*_]*({_FROM}|{_OTHERS})[\s*_]*[:：]", re.IGNORECASE)

# ------------------------------------------- "On Monday Ana wrote:", which a program writes

_WROTE = re.compile(
    r"(wrote|writes|escribió|escribio|a écrit|schrieb( .{1,80})?|escreveu|ha scritto"
    r"|schreef( .{1,80})?|пишет|писал|писала|написал|написала|написал\(а\)|пише|написав|написала"
    r"|كتب|كتبت|كتب/كتبت"
    r"|ने लिखा|लिखा|写道|寫道|写到|書きました|のメール|작성|작성했습니다|napisał|napisała"
    r"|napisał\(a\)"
    r"|yazdı|şunları yazdı|skrev( .{1,80})?|kirjoitti|napsal\(a\)|a scris|đã viết|menulis"
    r"|نوشت|כתב|כתבה)"
    r"\s*[:：]\s*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"@|<|&lt;")
_YEAR = re.compile(r"\d{4}|[٠-٩]{4}|[०-९]{4}|[۰-۹]{4}")
_TIME = re.compile(r"\d{1,2}\s?[:.h時时]\s?\d\d")

# --------------------------------------------------------------------------- signatures

_DEVICES = (
    "iphone|ipad|android|galaxy|samsung|huawei|xiaomi|redmi|nokia|outlook|gmail|yahoo|proton|aol"
    "|hotmail|blackberry|windows|thunderbird|gmx|web\\.de|yandex|mail\\.ru|tuta|telekom|libero"
    "|phone|mobile|smartphone|handy|tablet|telefon|teléfono|téléphone|móvil|celular|telemóvel"
    "|телефон|mobil|هاتف|جوال|ايفون|آيفون|فون|फ़ोन|फोन|मोबाइल|手机|手機|携帯|スマートフォン|휴대"
)
_SENT_FROM = re.compile(
    r"^[\s*_<>\[(]*(sent (from|via|with|using)|get outlook|enviado (desde|do|de|con|a partir"
    r"|através)|obten(er|ga) outlook|obter o outlook|envoyé (de|à partir|depuis|avec|via)"
    r"|obtenir outlook"
    r"|télécharge[rz] outlook|gesendet (von|mit|über)|von meinem|diese nachricht wurde von mein"
    r"|outlook für|inviato da|verzonden (vanaf|met|via)|отправлено (с|из)|надіслано (з|із)"
    r"|أ?ُ?رسلت من|أرسل من|مرسل من|تم الإرسال من|الحصول على|मेरे|भेजा गया|发自|發自|從我的|从我的"
    r"|来自我的"
    r"|寄自|iphoneから|私の|나의|내|wysłan[eo] z|skickat från|sendt fra|lähetetty|odesláno"
    r"|trimis de|gönder(ildi|en)|iphone['’]umdan|đã gửi từ|dikirim dari|yahoo mail|mail\.ru|من )",
    re.IGNORECASE,
)
_DEVICE = re.compile(_DEVICES, re.IGNORECASE)


def own_words(text: str, is_reply: bool) -> str:
    """Return what the writer of a mail wrote herself.

    is_reply: the mail's headers say that it answers another one. Only then are lines that begin
    with ">" somebody else's.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    lines = _without_earlier_mail(lines, is_reply)
    lines = _without_device(_without_signature(lines))
    return "\n".join(lines).strip("\n")


def _says(lines):
    return any(line.strip("> \t\xa0" + QUOTE) for line in lines)


def _without_earlier_mail(lines, is_reply, again=True):
    for number, line in enumerate(lines):
        beyond = _beyond_heading(lines, number)
        if beyond:
            if _says(lines[:number]):
                # Lines of a rule above belong to the heading.
                return _without_quoted(lines[:number], is_reply)
            # Nothing of her own above: what she forwards is the letter, without its heading.
            rest = lines[beyond:]
            return _without_earlier_mail(rest, is_reply, False) if again else rest
        ends = _attribution(lines, number)
        if ends:
            after = lines[ends:]
            said = [line for line in after if line.strip()]
            if said and said[0].startswith(">"):
                kept = [line for line in after if not line.startswith(">")]
                return _without_earlier_mail(lines[:number] + kept, True, again)
            if _says(lines[:number]):
                return _without_quoted(lines[:number], is_reply)
    return _without_quoted(lines, is_reply)


def _without_quoted(lines, is_reply):
    lines = [line for line in lines if line != QUOTE]
    if is_reply:
        lines = [line for line in lines if not line.startswith(">")]
    return lines


def _beyond_heading(lines, number):
    """If a heading of an earlier mail begins at this line: the number of the line after it."""
    line = lines[number]
    if len(line) > 400 or not line.strip():
        return 0
    start = number
    if line == QUOTE or _RULED.match(line) or _BEGINS.match(line):
        start = number + 1
    elif re.fullmatch(r"\s*[_-]{10,}\s*", line):  # Outlook's rule, if a heading follows
        following = _next_said(lines, number + 1)
        if following >= len(lines) or not _FROM_LINE.match(lines[following]):
            return 0
        start = following
    elif not _FROM_LINE.match(line):
        return 0
    end, labels = _headers_end(lines, _next_said(lines, start))
    if start > number and line != QUOTE:
        return end if labels else start
    if line == QUOTE:
        return end if labels else (start if _says(lines[:number]) else 0)
    # A letter may have such lines too; a program names an address or a year in them.
    told = "\n".join(lines[number:end])
    return end if labels >= 3 and (_ADDRESS.search(told) or _YEAR.search(told)) else 0


def _headers_end(lines, start):
    """Where the From, Date, To, Subject that begin at this line end, and how many they are."""
    labels, end = 0, start
    for position in range(start, min(start + 12, len(lines))):
        if _HEADER_LINE.match(lines[position]):
            labels, end = labels + 1, position + 1
        elif not lines[position].strip():
            if labels:
                break
        elif labels and position - end >= 2:  # a long list of addressees runs on
            break
    return end, labels


def _next_said(lines, number):
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _attribution(lines, number):
    """If "On …, … wrote:" begins at this line: the number of the line after it."""
    joined = ""
    for end in range(number, min(number + 3, len(lines))):
        line = lines[end]
        if not line.strip() or len(line) > 400 or line.startswith(">"):
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if joined[-1] not in ":：":
            continue
        following = _next_said(lines, end + 1)
        quoted = following < len(lines) and lines[following].startswith(">")
        if _WROTE.search(joined):
            # "On 5 March 2021 he wrote:" may be hers: a program names an address or the minute.
            certain = _ADDRESS.search(joined) or (_YEAR.search(joined) and _TIME.search(joined))
            if certain or quoted and end == number:
                return end + 1
        elif quoted and _ADDRESS.search(joined) and re.search(r"\d", joined):
            return end + 1  # in a language that we don't know
        return 0
    return 0


def _without_signature(lines):
    """Cut what follows the line "-- ", if it is short, as signatures are."""
    for number in range(len(lines) - 1, 0, -1):
        if lines[number].rstrip() != "--":
            continue
        after = lines[number + 1 :]
        short = len([line for line in after if line.strip()]) <= 10 and len("".join(after)) <= 1000
        return lines[:number] if short and _says(lines[:number]) else lines
    return lines


def _without_device(lines):
    """Cut "Sent from my phone", which is the last thing of a mail, or one of the last three."""
    said = [number for number, line in enumerate(lines) if line.strip()]
    for number in said[-3:]:
        line = lines[number]
        if len(line) <= 120 and _SENT_FROM.match(line) and _DEVICE.search(line):
            return lines[:number]
    return lines
