"""Names, where somebody says that they are names. Only the name is marked, not what leads to it."""

import re
from collections.abc import Iterator

from letters.intake.identifying import introductions
from letters.intake.identifying.mark import IdentifyingKind, Mark
from letters.intake.identifying.reading import Reading, phrases_in

_LONGEST = 3  # words
_LEAD = re.compile(r"[ ]{0,2}(?:[:\-–—][ ]?|is |es |، ?)?[\"“”«»'„「『]?[ ]?")
_WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f'·-]{0,30}[\w\u0300-\u036f])?\.?")
# Vowel signs and points are no \w.
_SIGNS = r"\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
_SIGN_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_SIGNS}'·\-]){{0,30}}")
_LINKS = frozenset(
    "de del la las los da do dos das di van von der den bin bint al el ben ibn y e".split()
)
_CLAUSE_END = re.compile(r"[\"”»’'」』]?\s*(?:$|[\n.,;:!?()।،؛。，、！？；\-–—])")
_THEN = frozenset(
    "and i y e et und en i'm og och ve dan na и та and, from de aus von tengo soy j'ai sou ich"
    " vivo vengo tinggal umur".split()
)


def find(reading: Reading, language: str) -> Iterator[Mark]:
    yield from _found(reading, introductions.WITH_CAPITALS, _capital_name)
    yield from _found(reading, introductions.WITH_A_CAPITAL_ONLY, _only_capital_name)
    yield from _found(reading, introductions.WITHOUT_CAPITALS, _uncased_name)
    yield from _found(reading, introductions.CHINESE, _chinese_name)
    yield from _found(reading, introductions.JAPANESE, _japanese_name)
    yield from _found(reading, introductions.SOUTH_EAST, _south_east_name)
    for match in _JAPANESE_CALLED.finditer(reading.plain):
        yield Mark(match.start(1), match.end(1), IdentifyingKind.NAME)
    for match in _KOREAN_CALLED.finditer(reading.plain):
        yield Mark(match.start(1), match.end(1), IdentifyingKind.NAME)


def _found(reading, phrases, name_at):
    for _start, end in phrases_in(reading.lower, phrases):
        lead = _LEAD.match(reading.plain, end)
        start, end = name_at(reading.plain, lead.end())
        if start < end:
            yield Mark(start, end, IdentifyingKind.NAME)


# --------------------------------------------------------------- scripts with capitals


def _capital_name(plain, at):
    end, position = at, at
    for _count in range(_LONGEST + 2):
        word = _WORD.match(plain, position)
        if not word:
            break
        said, lower = word[0], word[0].lower().rstrip(".")
        if said.endswith(".") and len(said) > 3:  # a full stop, no initial
            said = said[:-1]
        if lower in introductions.NOT_NAMES and not (end > at and lower in _LINKS):
            break
        if said[0].isupper() or (_uncased(said[0]) and end == at):
            end = position + len(said)
            if sum(part[0].isupper() for part in plain[at:end].split()) >= _LONGEST:
                break
        elif end == at:
            return (at, position + len(said)) if _stands_alone(plain, word, said) else (at, at)
        elif lower not in _LINKS:
            break
        if plain[position + len(said) : position + len(said) + 1] != " ":
            break
        position += len(said) + 1
    return at, end


def _only_capital_name(plain, at):
    """ "Eso se llama violencia" and "they call me crazy" name nobody."""
    return _capital_name(plain, at) if plain[at : at + 1].isupper() else (at, at)


def _uncased(character):
    return character.lower() == character.upper()


def _stands_alone(plain, word, said):
    """A name in small letters is one if the sentence ends or goes on after it."""
    if len(said) < 2:
        return False
    end = word.start() + len(said)
    following = _WORD.match(plain, end + 1) if plain[end : end + 1] == " " else None
    return bool(_CLAUSE_END.match(plain, end)) or bool(following and following[0].lower() in _THEN)


# ------------------------------------------------- scripts without capitals, with spaces


_KOREAN_END = re.compile(
    r"(?:입니다|이에요|예요|이예요|이야|야|이고|고|이며|인데|이라고|라고|이라|이었|였|이다|다)?$"
)
_COPULA = re.compile(r"(?:ነው|ია)$")


def _uncased_name(plain, at):
    """Up to three words where the clause ends with them, otherwise the first one; but nothing
    in languages that put the verb last.
    """
    end, position, ended, first_end = at, at, False, at
    for _count in range(_LONGEST):
        word = _SIGN_WORD.match(plain, position)
        if not word:
            break
        said = word[0]
        if end == at and said.startswith(("وو", "ال", "لل", "بال")):
            break
        if said in introductions.UNCASED_NOT_NAMES or (
            end > at and said.startswith("و") and len(said) > 3
        ):
            ended = True
            break
        end = word.end()
        if "\uac00" <= said[-1] <= "\ud7a3":
            root = _KOREAN_END.sub("", said) if len(said) > 2 else said
            ended, end = root != said, word.start() + len(root or said)
            first_end = first_end if first_end > at else end
            if ended:
                break
        first_end = first_end if first_end > at else end
        if _CLAUSE_END.match(plain, word.end()):
            ended = True
            break
        if plain[word.end() : word.end() + 1] != " ":
            break
        position = word.end() + 1
    else:
        following = _SIGN_WORD.match(plain, position)
        ended = bool(following and following[0] in introductions.UNCASED_NOT_NAMES)
    verb_last = "\u0900" <= plain[at : at + 1] <= "\u0dff" or plain[:at].rstrip().endswith("نام")
    return at, (end if ended else at if verb_last else first_end)


# ---------------------------------------------------------------- scripts without spaces

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{1,10}")
_FOREIGN_NAME = re.compile(
    r"[\u3400-\u9fff]{1,6}(?:[·・•][\u3400-\u9fff]{1,8}){1,3}"
    r"|[A-Z][A-Za-z]{1,20}(?: [A-Z][a-z]{1,20}){0,2}"
)
_DOUBLE_SURNAMES = tuple("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 皇甫 尉迟 慕容".split())
_GOES_ON = set(
    "今我是在住来和的从從你他她很也，已都不有这這那一二三四五六七八九十岁歲家做当當给給被把就"
)
_NOT_HAN_NAMES = (
    "小时",
    "小心",
    "小偷",
    "小姐",
    "于是",
    "向",
    "全",
    "应该",
    "成",
    "明天",
    "安静",
    "单",
    "和",
)


def _chinese_name(plain, at):
    if foreign := _FOREIGN_NAME.match(plain, at):
        return foreign.span()
    run = _HAN_NAME.match(plain, at)
    if not run or run[0][0] not in introductions.SURNAMES or run[0].startswith(_NOT_HAN_NAMES):
        return at, at
    said = run[0]
    most = 4 if said.startswith(_DOUBLE_SURNAMES) or len(said) == 4 else 3
    length = next((i for i, one in enumerate(said[1:], 1) if one in _GOES_ON), len(said))
    if length == 1 and len(said) > 1 and plain[at - 1] != "姓":
        return at, at
    return at, at + (1 if plain[at - 1] == "姓" else min(length, most))


_JAPANESE_NAME = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff・ 々ー]{1,12}?(?=です|だ|と|で、|で。|である|[、。\n,.]|$)"
)
_JAPANESE_CALLED = re.compile(
    r"(?<![\u3400-\u9fff\u30a0-\u30ff])([\u3400-\u9fff々]{2,5}|[\u30a0-\u30ff]{2,10})と(?:申し"
    r"|もうし)ま"
)
_KOREAN_CALLED = re.compile(
    r"(?:저는|나는) ([\uac00-\ud7a3]{2,4}?)(?:이라고|라고) (?:합니다|해요|한다)"
)


def _japanese_name(plain, at):
    name = _JAPANESE_NAME.match(plain, at)
    return name.span() if name else (at, at)


_POLITE = re.compile(r"(?:ค่ะ|คะ|ครับ|นะคะ|นะ|อายุ|ເຈົ້າ)")
_SOUTH_EAST_NAME = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{2,24}")


def _south_east_name(plain, at):
    name = _SOUTH_EAST_NAME.match(plain, at)
    if not name:
        return at, at
    polite = _POLITE.search(plain, at + 1, name.end())
    return at, polite.start() if polite else name.end()
