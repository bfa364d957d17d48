"""E-mail addresses, links and account names."""

import re
from collections.abc import Iterator

from letters.intake.identifying.mark import IdentifyingKind, Mark
from letters.intake.identifying.reading import Reading, joins, phrases_in, runs_on

# --------------------------------------------------------------------------- domains

_GENERIC = """
com org net info edu gov mil int biz name pro mobi app blog dev online site website space store
shop link club xyz live page social cloud tech wiki news media email chat fyi art cat asia eu top
"""
# Countries' endings that are no ordinary word, even where the space after a full stop is missing.
_COUNTRY = """
io uk fr eu ru ua pl cz sk hu ro bg gr pt nl ch dk fi se ie lt lv ee tr ir iq il sa ae jo lb eg
ma tn dz ly sd ng ke tz ug gh za cm ci sn et br ar cl co pe uy ve ec bo py mx cr gt hn sv ni cn
tw hk jp kr vn th id ph sg pk bd lk np kz uz tv cc ly gg nz au ca us
"""
_ENDINGS = frozenset(_GENERIC.split() + _COUNTRY.split()) - {"name", "pro", "cat", "top", "us"}
# Said in letters to platforms all the time; they name nobody without a path.
_PLATFORMS = frozenset(
    """
    facebook.com instagram.com google.com youtube.com twitter.com x.com tiktok.com whatsapp.com
    telegram.org snapchat.com reddit.com linkedin.com pinterest.com discord.com amazon.com
    microsoft.com apple.com openai.com meta.com wikipedia.org vk.com weibo.com qq.com wechat.com
    baidu.com bing.com yahoo.com gmail.com onlyfans.com pornhub.com twitch.tv threads.net
    booking.com change.org kakao.com line.me douyin.com bilibili.com
    """.split()
)
_MAIL_HOSTS = "gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|proton|protonmail|gmx|qq"
_MAIL_HOSTS += "|163|126|yandex|mail|web|posteo|riseup|tutanota|tuta|aol|msn|rediffmail|naver"

_LINK = re.compile(r"(?:https?://|ftp://|www\.(?=\w))[^\s<>\"]{1,2000}", re.IGNORECASE)
_STOP = re.compile("[，。、；：！？）】》」』（【《「『؛،۔।”“«»|]")
_DOMAIN = re.compile(
    r"(?<![\w@.\-])([a-z0-9](?:[a-z0-9\-]{0,62}\.){1,4}([a-z]{2,24}))(?![\w@\-])(:\d+)?"
    r"(/[^\s<>\"]{0,500})?",
    re.IGNORECASE | re.ASCII,
)
# Vowel signs are no \w.
_IN_LABEL = r"\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e30-\u0eff\u1000-\u109f"
_LABEL = rf"[^\W_](?:[{_IN_LABEL}\-]{{0,62}}[{_IN_LABEL}])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,5}}")
_LOCAL = frozenset("._%+-'!#$&*/=?^{|}~")


def find(reading: Reading, language: str) -> Iterator[Mark]:
    yield from _emails(reading)
    yield from _spelt_emails(reading)
    yield from _links(reading, language)
    yield from _handles(reading)


def _trimmed(plain, start, end):
    """Without the punctuation of the sentence around a link."""
    if stop := _STOP.search(plain, start, end):
        end = stop.start()
    beyond = next((at for at in range(start, end) if runs_on(plain[at])), end)
    if "." in plain[start:beyond]:  # Chinese goes on without a space
        end = beyond
    while end > start and plain[end - 1] in ".,;:!?'\"*_…·":
        end -= 1
    while end > start and plain[end - 1] in ")]}" and not re.search(r"[(\[{]", plain[start:end]):
        end -= 1
    return end


def _links(reading, language):
    for link in _LINK.finditer(reading.plain):
        end = _trimmed(reading.plain, link.start(), link.end())
        if end - link.start() > 7:
            yield Mark(link.start(), end, IdentifyingKind.LINK)
    for domain in _DOMAIN.finditer(reading.plain):
        name, ending, path = domain[1].lower(), domain[2].lower(), (domain[4] or "").strip("/.,")
        if name in _PLATFORMS and not path:
            continue
        # "tired.So" is the end of a sentence, "t.me/ana" is not.
        plain_ending = ending in _ENDINGS and domain[2] in (ending, ending.upper())
        own = ending == language[:2] == "de" and domain[2] == ending
        if path or ((plain_ending or own) and len(name) > 4):
            if domain.end(1) - domain.start(1) > 3 and (path or "." in name):
                end = _trimmed(reading.plain, domain.start(), domain.end())
                if path and not (ending in _ENDINGS or len(ending) == 2):
                    continue
                yield Mark(domain.start(), end, IdentifyingKind.LINK)


# ---------------------------------------------------------------------------- e-mail


def _local_start(plain, at):
    """Where the part before an @ begins."""
    start = at
    lowest = max(at - 64, 0)
    ascii_only = plain[at - 1 : at].isascii()
    while start > lowest:
        character = plain[start - 1]
        if not (joins(character) or runs_on(character) or character in _LOCAL):
            break
        if ascii_only and runs_on(character):
            break  # 请写信到li@example.org
        start -= 1
    while start < at and plain[start] in _LOCAL:
        start += 1
    return start


def _host_end(plain, at):
    if not (host := _HOST.match(plain, at, at + 254)):
        return at
    end = host.end()
    if plain[at].isascii():
        for position in range(at, end):
            if runs_on(plain[position]):
                end = position
                break
    return end if "." in plain[at:end].rstrip(".") else at


def _emails(reading):
    plain, at = reading.plain, reading.plain.find("@")
    while at >= 0:
        gap = 1 if plain[at - 1 : at] == " " and plain[at + 1 : at + 2] == " " else 0
        end = _host_end(plain, at + 1 + gap)
        if end > at + 1 + gap:
            start = _local_start(plain, at - gap)
            if start < at - gap:
                yield Mark(start, end, IdentifyingKind.EMAIL)
        at = plain.find("@", at + 1)


_AT = re.compile(
    r"[ ]?(?:[(\[{<][ ]?(?:at|arroba|arobase|chez|ät|@|آت|ات|एट|собака|et)[ ]?[)\]}>]"
    r"| (?P<word>at|arroba|arobase|chiocciola|собака|آت|ات|एट|एट द रेट|艾特))[ ]?(?=\w)",
    re.IGNORECASE,
)
_DOT = r"(?:[ ]?[(\[{][ ]?(?:dot|punto|ponto|point|punkt|نقطة|دوت|डॉट|\.)[ ]?[)\]}][ ]?"
_DOT += r"| (?:dot|punto|ponto|point|punkt|точка|نقطة|دوت|डॉट|点) )"
_SPELT_HOST = re.compile(
    rf"[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{1,4}}|[\w\-]{{1,63}}(?:\.[\w\-]{{2,63}}){{1,3}}",
    re.IGNORECASE,
)
_MAIL_HOST = re.compile(rf"(?:{_MAIL_HOSTS})\W", re.IGNORECASE)


def _spelt_emails(reading):
    """ "ana (at) example.org", "ana at example dot org"."""
    plain = reading.plain
    for at in _AT.finditer(plain):
        host = _SPELT_HOST.match(plain, at.end())
        if not host:
            continue
        said = host[0]
        if at["word"] and "." in said and not _MAIL_HOST.match(said):
            continue  # "I saw it at example.org"
        start = at.start()
        while start > max(at.start() - 40, 0) and not plain[start - 1].isspace():
            start -= 1
        if dotted := re.search(r"(\S{1,40} (?:dot|punto|ponto|point|نقطة) )$", plain[:start][-50:]):
            start -= len(dotted[1])
        while start < at.start() and not plain[start].isalnum():
            start += 1
        if start < at.start():
            yield Mark(start, host.end(), IdentifyingKind.EMAIL)


# --------------------------------------------------------------------- account names

_AT_NAME = re.compile(r"(?<![\w@./])@(?=[\w.]*[^\W\d])[\w](?:[\w.]{0,40}\w)?")
_OF_REDDIT = re.compile(r"(?<![\w/])/?u/[A-Za-z0-9_\-]{3,20}\b", re.ASCII)
_NETWORKS = """
instagram|insta|ig|snapchat|snap|telegram|tg|tiktok|tik tok|twitter|facebook|fb|messenger|discord
|kik|skype|wechat|weixin|line id|linkedin|youtube|reddit|tumblr|threads|mastodon|bluesky|vk|viber
|signal|pinterest|onlyfans|weibo|qq|kakaotalk|zalo|imo
|انستغرام|انستجرام|إنستغرام|إنستجرام|انستا|إنستا|اينستاغرام|سناب شات|سناب|تلغرام|تيليجرام|تليجرام
|تلجرام|تيك توك|تويتر|فيسبوك|فيس بوك|اینستاگرام|اینستا|تلگرام|انسٹاگرام
|इंस्टाग्राम|इंस्टा|इन्स्टाग्राम|टेलीग्राम|टेलिग्राम|स्नैपचैट|फेसबुक|फ़ेसबुक|ट्विटर|टिकटॉक
|微信号|微信|微信號|微博|抖音号|抖音|qq号|小红书号|小红书|推特|脸书|快手|インスタ|ツイッター|인스타그램|인스타|카톡
|инстаграм|инста|телеграм|телеграмм|телега|вк|вконтакте|инстаграме|снапчат
"""
_NETWORK_WORDS = [word.strip() for word in _NETWORKS.split("|")]
_BETWEEN = re.compile(
    r"(?P<said>(?:[ ]?(?:\bid\b|\b(?:user|screen|account|profile)?[ ]?name\b|\buser\b|\bhandle\b"
    r"|\baccount\b|\bprofile\b|\busuario\b|\bnombre\b|\bcuenta\b|\bperfil\b|\bcompte\b|\bpseudo\b"
    r"|\bnom\b|\bprofil\b|\busuário\b|\bconta\b|\bnome\b|\bname\b|\bник\b|\bаккаунт\b|\bkonto\b"
    r"|\bakun\b|\bhesab\w*|\bjina\b|اسمي|اسم|حسابي|حساب|باسم|यूज़रनेम|यूजरनेम|आईडी|अकाउंट|नाम|पर"
    r"|账号|帳號|号|名字|用户名|昵称|名|アカウント|아이디|계정)){0,3})"
    r"(?P<am>(?:[ ]?(?:\bis\b|\bes\b|\best\b|\bé\b|\bist\b|\bas\b|\bcomo\b|\bi am\b|\bi'm\b|\bsoy\b"
    r"|\bestoy\b|\bje suis\b|\bsou\b|\bestou\b|\bich bin\b|\bbin ich\b|\bme llamo\b|\bя\b|\bben\b"
    r"|هو|أنا|انا|मैं|है|हूँ|हूं|是|叫|我是|我叫|は)){0,2})"
    r"(?P<colon>[ ]?[:=][ ]?|[ ]?-[ ]|[ ])?[\"'“«]?"
)
_ACCOUNT = re.compile(r"@?[A-Za-z0-9_](?:[\w.\-]{0,38}[\w])?", re.ASCII)
_MADE_UP = re.compile(r"[a-z][\w.\-]*[\d_]|\w+[._]\w|@", re.IGNORECASE | re.ASCII)
_ENDS = re.compile(r"[\"'”»]?\s*(?:$|[\n.,;!?()।،؛。，、！？；)]|(?:and|y|et|e|und|и|و)\b)")
_WORDS_OF_STATE = frozenset(
    """
    afraid alone angry scared safe silent nobody nothing tired here there not also still now always
    ashamed hurt online offline blocked banned famous private public free happy sad sorry lost
    miedo sola cansada triste libre nadie aquí aqui bloqueada feliz segura callada
    seule fatiguée triste libre ici personne bloquée heureuse perdue sozinha cansada livre
    bad good great wrong evil broken useless complicit responsible guilty everything hell home
    """.split()
)


def _handles(reading):
    plain, lower = reading
    for pattern in (_AT_NAME, _OF_REDDIT):
        for handle in pattern.finditer(plain):
            yield Mark(handle.start(), handle.end(), IdentifyingKind.HANDLE)
    for _start, end in phrases_in(lower, _NETWORK_WORDS):
        between = _BETWEEN.match(lower, end, end + 60)
        account = _ACCOUNT.match(plain, between.end())
        if account and _is_account(lower, account, between):
            yield Mark(account.start(), account.end(), IdentifyingKind.HANDLE)


def _is_account(lower, account, between):
    word = account[0].lower()
    if len(word) < 3 or word.isdigit() and len(word) < 5:
        return False
    if _MADE_UP.match(word) or word.isdigit():
        return bool(between[0].strip(" ")) or not word.isdigit() and between[0] != ""
    if word in _WORDS_OF_STATE or not _ENDS.match(lower, account.end()):
        return False
    said, am, colon = between["said"].strip(), between["am"].strip(), between["colon"] or ""
    if not lower[between.start() - 1].isascii():
        return True  # a Latin word after "حسابي على انستا" can be nothing else
    return bool((said and (am or ":" in colon)) or (am and am not in ("is", "es", "est", "é"))) or (
        ":" in colon
    )
