"""Mail of every shape: what of it is the letter, and what is none."""

import pytest

from letters.mail.parse import parse
from tests.letters.mail.post import ADDRESS, HER, HTML, TEXT, base64_part, multipart, plain, raw
from tests.portal.pictures import red_left_blue_right, saved

LETTER = "You are not alone.\n\nWe believe you."
JPEG = saved(red_left_blue_right(), "JPEG")
BODY = LETTER.encode().replace(b"\n", b"\r\n")
QUOTED = b"\r\n> We would love\r\n> to read from you.\r\n"
REPLY = ("In-Reply-To: <0@portal.example>",)


def inner_mail(body=BODY):
    return b"Content-Type: message/rfc822", raw(body, subject="What I wrote")


SHAPES = {  # name: a mail whose words are LETTER
    "plain": raw(BODY),
    "with bare line feeds": raw(LETTER.encode()),
    "with bare carriage returns": raw(LETTER.encode().replace(b"\n", b"\r")),
    "with nothing but carriage returns": raw(BODY).replace(b"\r\n", b"\r"),
    "without a content type": raw(BODY).replace(
        b"Content-Type: text/plain; charset=utf-8\r\n", b""
    ),
    "base64": raw(
        b"WW91IGFyZSBub3QgYWxvbmUuCgpXZSBiZWxpZXZlIHlvdS4=",
        headers=["Content-Transfer-Encoding: base64"],
    ),
    "quoted-printable": raw(
        b"You are not alone=2E\r\n\r\nWe believe=\r\n you.",
        headers=["Content-Transfer-Encoding: quoted-printable"],
    ),
    "an unknown transfer encoding": raw(BODY, headers=["Content-Transfer-Encoding: x-none"]),
    "an unknown charset": raw(BODY, "text/plain; charset=x-klingon"),
    "a codec that is no charset": raw(BODY, "text/plain; charset=unicode_escape"),
    "UTF-16": raw(LETTER.encode("utf-16"), "text/plain; charset=utf-16"),
    "flowed": raw(
        b"You are \r\nnot alone.\r\n\r\nWe believe \r\nyou.", "text/plain; format=flowed"
    ),
    "flowed without its spaces": raw(
        b"You  \r\nare not alone.\r\n\r\nWe believe yo \r\nu.",
        "text/plain; format=flowed; delsp=yes",
    ),
    "two alternatives": multipart("alternative", (TEXT, BODY), (HTML, b"<p>Something else</p>")),
    "alternatives of which the plain one is empty": multipart(
        "alternative", (TEXT, b" "), (HTML, b"<p>You are not alone.</p><p>We believe you.</p>")
    ),
    "HTML alone": raw(
        b"<html><head><title>No</title><style>p {color: red}</style></head><body>"
        b"<p>You are <b>not</b>\r\n alone.</p><p>We&nbsp;believe you.<script>alert(1)</script></p>",
        "text/html",
    ).replace(b"&nbsp;", b" "),
    "HTML of blocks and breaks": raw(
        b"<div>You are not alone.</div><div><br></div><div>We believe you.</div>", "text/html"
    ),
    "HTML that is broken": raw(
        b"<p>You are not <b>alone.<p><!-- never <i>closed --><span a='>We believe you.", "text/html"
    ).replace(b" a='", b""),
    "mixed, the text in two pieces": multipart(
        "mixed", (TEXT, b"You are not alone."), (TEXT, b"We believe you.")
    ),
    "its text as a file": multipart(
        "mixed", (TEXT, b""), base64_part("text/plain", "letter.txt", BODY)
    ),
    "with winmail.dat": multipart(
        "mixed",
        (TEXT, BODY),
        base64_part("application/ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22"),
    ),
    "forwarded as a file": multipart("mixed", (TEXT, b""), inner_mail()),
    "forwarded in the text": raw(
        b"---------- Forwarded message ---------\r\nFrom: Ana <a@mail.example>\r\n"
        b"Date: Mon, 3 May 2021\r\nSubject: x\r\nTo: b@mail.example\r\n\r\n" + BODY
    ),
    "an answer, Gmail's way": raw(
        BODY
        + b"\r\n\r\nOn Mon, May 3, 2021 at 10:33 AM Portal <x@portal.example>\r\nwrote:\r\n"
        + QUOTED,
        headers=REPLY,
    ),
    "an answer, Apple's way": raw(
        BODY + b"\r\n\r\nOn 3 May 2021, at 10:33, Portal wrote:\r\n" + QUOTED, headers=REPLY
    ),
    "an answer below": raw(
        b"On Mon, 3 May 2021, Portal <x@portal.example> wrote:" + QUOTED + b"\r\n" + BODY,
        headers=REPLY,
    ),
    "an answer, Outlook's way": raw(
        BODY + b"\r\n\r\n________________________________\r\nFrom: Portal <x@portal.example>\r\n"
        b"Sent: Monday, May 3, 2021 10:33\r\nTo: Ana\r\nSubject: You\r\n\r\nCanary\r\n",
        headers=REPLY,
    ),
    "an answer, old Outlook's way": raw(
        BODY + b"\r\n\r\n-----Original Message-----\r\nFrom: x\r\n\r\nCanary\r\n", headers=REPLY
    ),
    "an answer in HTML, Gmail's way": raw(
        b"<div>You are not alone.</div><br><div>We believe you.</div>"
        b'<div class="gmail_quote"><div>Ein Datum:<br></div><blockquote>Canary</blockquote></div>',
        "text/html",
    ),
    "an answer in HTML, Outlook's way": raw(
        b"<p>You are not alone.</p><p>We believe you.</p><hr>"
        b'<div id="divRplyFwdMsg"><b>From:</b> x@portal.example</div><div>Canary</div>',
        "text/html",
    ),
    "signed with two hyphens": raw(BODY + b"\r\n-- \r\nAna Canary\r\n+44 20 7946 0000\r\n"),
    "sent from a phone": raw(BODY + b"\r\n\r\nSent from my iPhone\r\n"),
    "with an empty line at its end for every day": raw(BODY + b"\r\n" * 365),
    "with turned-around and broken characters": raw(
        "You are not\x00 alone.\r\n\r\nWe believe\x07 you.\ufeff".encode()
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_letter_is_found_in_mail_of_every_shape(name):
    parsed = parse(SHAPES[name])
    assert (parsed.outcome, parsed.words) == ("letter", LETTER)


ANSWERS = {  # how programs say "on … Ana wrote:"
    "es": "El lun, 3 may 2021 a las 10:33, Ana (<a@mail.example>) escribió:",
    "fr": "Le lun. 3 mai 2021 à 10:33, Ana <a@mail.example> a écrit :",
    "ar": "في الاثنين، 3 مايو 2021 في 10:33 ص تمت كتابة ما يلي بواسطة Ana <a@mail.example>:",
    "ar, Apple": "في ٣ مايو ٢٠٢١، ١٠:٣٣ ص، كتب Ana <a@mail.example>:",
    "hi": "सोम, 3 मई 2021 को 10:33 am बजे को Ana <a@mail.example> ने लिखा:",
    "zh": "Ana <a@mail.example> 于2021年5月3日周一 10:33写道：",
    "de": "Am Mo., 3. Mai 2021 um 10:33 Uhr schrieb Ana <a@mail.example>:",
    "pt": "Em seg., 3 de mai. de 2021 às 10:33, Ana <a@mail.example> escreveu:",
    "ru": "пн, 3 мая 2021 г. в 10:33, Ana <a@mail.example>:",
    "it": "Il giorno lun 3 mag 2021 alle ore 10:33 Ana <a@mail.example> ha scritto:",
    "ja": "2021年5月3日(月) 10:33 Ana <a@mail.example>:",
}


@pytest.mark.parametrize("code", ANSWERS)
def test_what_an_answer_quotes_is_cut_in_every_language(code):
    mail = raw(f"{LETTER}\n\n{ANSWERS[code]}\n\n> Canary\n> and more\n".encode(), headers=REPLY)
    assert parse(mail).words == LETTER


PHONES = [
    *("Sent from my Samsung Galaxy smartphone.", "Enviado desde mi iPhone", "Get Outlook for iOS"),
    *("Envoyé de mon iPhone", "Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App"),
    *("Enviado do meu iPhone", "Отправлено с iPhone", "أُرسلت من الـ iPhone", "发自我的iPhone"),
    *("從我的 iPhone 傳送", "मेरे iPhone से भेजा गया", "iPhoneから送信", "Inviato da iPhone"),
]


@pytest.mark.parametrize("line", PHONES)
def test_the_line_that_a_phone_adds_is_cut(line):
    assert parse(raw(f"{LETTER}\n\n{line}\n".encode())).words == LETTER


HERS = {  # what looks like the work of a program, and is hers
    "she quotes him": f"He wrote to me:\n\n> You will pay.\n\n{LETTER}",
    "on a day he wrote": f"On 5 March 2021 he wrote:\nYou will pay.\n\n{LETTER}",
    "she signs with where from": f"{LETTER}\n\nSent from my heart to yours",
    "a heading of her own": f"From: a woman\nTo: you\nDate: today\n\n{LETTER}",
    "a line of hyphens": f"{LETTER}\n\n--\n\n" + "And there is more to say about this. " * 40,
    "lines of a poem": f"from: nobody\n\n{LETTER}",
    "less than": f"3 < 4 and <b> is no tag here.\n\n{LETTER}",
}


@pytest.mark.parametrize("name", HERS)
def test_what_is_hers_is_not_cut(name):
    assert parse(raw(HERS[name].encode())).words == HERS[name].strip()


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("koi8-r", "Ты не одна. Мы верим тебе."),
        ("windows-1256", "أنتِ لست وحدك"),
        ("gb2312", "你不是一个人，我们相信你。"),
        ("big5", "你不是一個人，我們相信你。"),
        ("iso-2022-jp", "あなたはひとりじゃない"),
        ("iso-8859-1", "Señora, déjeme decirle"),
        ("utf-8", "तुम अकेली नहीं हो।"),
    ],
)
def test_every_charset_is_read(charset, words):
    mail = raw(words.encode(charset, "replace"), f"text/plain; charset={charset}")
    assert parse(mail).words == words.encode(charset, "replace").decode(charset)


def test_what_says_latin_and_is_unicode_is_read_as_unicode():
    assert parse(raw("Señora".encode(), "text/plain; charset=iso-8859-1")).words == "Señora"
    assert parse(raw("Señora".encode("latin-1"), "text/plain")).words == "Señora"


# -------------------------------------------------------------------------- subject


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?Hola_se=C3=B1ora?=", "Hola señora"),
        ("=?utf-8?b?2KPZhtiqINmE2LPYqg==?=\r\n =?utf-8?b?INmI2K3Yr9mD?=", "أنت لست وحدك"),
        ("Re: Fwd: AW: To you", "To you"),
        ("=?utf-8?b?!!!?= broken", "=?utf-8?b?!!!?= broken"),
        ("", ""),
        ("Turned \u202earound", "Turned around"),
    ],
)
def test_the_subject_is_the_title(subject, title):
    parsed = parse(raw(BODY, subject=subject))
    assert parsed.title == title or (parsed.title and title.startswith("=?"))


def test_a_subject_without_room_stands_above_the_letter():
    subject = "because " * 30
    parsed = parse(raw(BODY, subject=subject))
    assert (parsed.title, parsed.words) == ("", f"{subject.strip()}\n\n{LETTER}")


def test_a_mail_may_be_nothing_but_its_subject():
    parsed = parse(raw(b"", subject="You are not alone"))
    assert (parsed.outcome, parsed.title, parsed.words) == ("letter", "", "You are not alone")
    assert parse(raw(b"", subject="")).outcome == "empty"


# ------------------------------------------------------------------------- pictures


def test_pictures_are_found_by_what_they_are():
    mail = multipart(
        "mixed",
        (TEXT, BODY),
        base64_part("image/jpeg", "canary.jpg", JPEG),
        base64_part("application/octet-stream", "photo", JPEG, "inline"),
        base64_part("image/jpeg", "not.jpg", b"MZ\x90 this is a program"),
    )
    parsed = parse(mail)
    assert parsed.pictures == [JPEG, JPEG]
    assert parsed.others == 1


def test_a_picture_alone_is_a_letter():
    parsed = parse(multipart("mixed", (TEXT, b""), base64_part("image/jpeg", "a.jpg", JPEG)))
    assert (parsed.outcome, parsed.words, parsed.pictures) == ("letter", "", [JPEG])


def test_a_picture_in_the_html_of_two_alternatives_is_found():
    related = multipart("related", (HTML, b"<img src=cid:1>"), base64_part("image/jpeg", "1", JPEG))
    head, _, body = related.partition(b"\r\n\r\n")
    kind = b'Content-Type: multipart/related; boundary="limit"'
    mail = multipart("alternative", (TEXT, BODY), (kind, body), boundary="outer")
    assert head and parse(mail).pictures == [JPEG]
    assert parse(mail).words == LETTER


# --------------------------------------------------------------------------- limits


def nested(levels):
    head, foot = b"", b""
    for level in range(levels):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        foot = b"\r\n--b%d--%s" % (level, foot)
    return b"Subject: x\r\n" + head + b"\r\nwords" + foot


BEYOND = {
    "too-big": raw(b"x" * 26 * 1024 * 1024),
    "too-many-parts": multipart("mixed", *[(TEXT, b"a")] * 51),
    "too-many-parts of nothing": multipart("mixed", *[(b"X-Y: z", b"")] * 5000),
    "too-deep": nested(12),
    "too-deep by far": nested(500),
    "too-many-pictures": multipart("mixed", *[base64_part("image/jpeg", "a", JPEG)] * 11),
    "too-long": raw(b"love " * 4001),
    "too-many-lines": raw(b"\r\n" * 600_001),
    "too-long in HTML": raw(b"<" * 2_100_000, "text/html"),
}


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_a_limit_is_told_and_nothing_of_it_is_cut(name):
    assert parse(BEYOND[name]).outcome == name.split()[0]


def test_what_just_fits_is_a_letter():
    assert parse(nested(10)).outcome == "letter"
    assert parse(multipart("mixed", *[(TEXT, b"a")] * 49)).outcome == "letter"
    assert len(parse(raw(b"a" * 20_000)).words) == 20_000


# ------------------------------------------------------------------------- machines

MACHINES = [
    ("auto-reply", {"Auto_Submitted": "auto-replied"}),
    ("auto-reply", {"Auto_Submitted": "auto-generated (vacation); owner=x"}),
    ("auto-reply", {"X_Autoreply": "yes"}),
    ("auto-reply", {"Precedence": "auto_reply"}),
    ("bounce", {"Return_Path": "<>"}),
    ("bounce", {"From": "MAILER-DAEMON@mail.example"}),
    ("bounce", {"X_Failed_Recipients": "x@mail.example"}),
    ("list", {"List_Id": "<love.lists.example>"}),
    ("list", {"List_Unsubscribe": "<https://x.example/>"}),
    ("list", {"Precedence": "bulk"}),
    ("spam", {"X_Spam_Flag": "YES"}),
    ("spam", {"X_Spam_Status": "Yes, score=9.1"}),
    ("spam", {"X_Rspamd_Action": "add header"}),
    ("ours", {"From": "Portal <noreply@portal.example>"}),
    *(
        ("vacation", {"subject": subject})
        for subject in (
            *("Automatic reply: To you", "Respuesta automática: x", "Réponse automatique : x"),
            *("Automatische Antwort: x", "رد تلقائي: x", "स्वचालित उत्तर: x", "自动回复: x"),
            *("Resposta automática: x", "Автоматический ответ: x", "Out of office"),
        )
    ),
]


@pytest.mark.parametrize(("outcome", "headers"), MACHINES)
def test_what_no_person_wrote_is_told_apart(outcome, headers):
    mail = plain(LETTER, **headers).as_bytes()
    assert parse(mail, {"noreply@portal.example"}).outcome == outcome


def test_a_report_is_a_bounce():
    report = (b"Content-Type: message/delivery-status", b"Action: failed")
    assert parse(multipart("report", (TEXT, b"Sorry"), report)).outcome == "bounce"


def test_what_a_person_wrote_is_a_letter_although_headers_say_so():
    mail = plain(LETTER, Auto_Submitted="no", X_Spam_Status="No, score=0", Precedence="normal")
    assert parse(mail.as_bytes()).outcome == "letter"


def test_nothing_and_files_that_nobody_can_read_are_told_apart():
    assert parse(raw(b" \r\n", subject="Re:")).outcome == "empty"
    pdf = multipart("mixed", (TEXT, b""), base64_part("application/pdf", "a.pdf", b"%PDF-1.7"))
    assert parse(pdf).outcome == "unreadable"


def test_links_are_counted():
    assert parse(raw(b"http://a.example https://b.example www.c.example")).links == 3


# --------------------------------------------------------------------------- wishes


def test_she_is_answered_once_unless_she_asks_for_silence():
    parsed = parse(plain(LETTER).as_bytes())
    assert (parsed.sender, parsed.wants_silence, parsed.wants_answer) == (HER, False, False)


@pytest.mark.parametrize("name", ["To", "Cc", "Delivered_To"])
def test_an_addition_to_our_address_asks(name):
    silent = plain(LETTER, **{name: ADDRESS.replace("@", "+silent@")})
    answer = plain(LETTER, **{name: ADDRESS.replace("@", "+Answer@")})
    assert parse(silent.as_bytes()).wants_silence
    assert parse(answer.as_bytes()).wants_answer


@pytest.mark.parametrize(
    "line",
    [
        *("No reply please.", "Please don’t reply!", "Por favor, no respondan", "请不要回复。"),
        *("Merci de ne pas répondre", "الرجاء عدم الرد", "कृपया उत्तर न दें।"),
    ],
)
def test_a_line_asks_for_silence_and_is_no_part_of_the_letter(line):
    in_words = parse(plain(f"{line}\n\n{LETTER}").as_bytes())
    in_subject = parse(plain(LETTER, subject=line).as_bytes())
    assert in_words.wants_silence and in_subject.wants_silence
    assert (in_words.words, in_subject.words, in_subject.title) == (LETTER, LETTER, "")


@pytest.mark.parametrize(
    "line", ["Please answer", "Por favor, respondan.", "请回复", "الرجاء الرد", "कृपया उत्तर दें"]
)
def test_a_line_asks_for_an_answer(line):
    parsed = parse(plain(f"{line}\n\n{LETTER}").as_bytes())
    assert parsed.wants_answer and not parsed.wants_silence
    assert parsed.words == LETTER


def test_where_she_wants_to_be_answered_is_heard():
    assert parse(plain(LETTER, Reply_To="other@mail.example").as_bytes()).sender == (
        "other@mail.example"
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "no-reply@shop.example"},
        {"X_Auto_Response_Suppress": "All"},
        {"Authentication_Results": "mx.example; dmarc=fail (p=none)"},
    ],
)
def test_a_letter_whose_sender_may_be_forged_or_deaf_is_taken_and_not_answered(headers):
    parsed = parse(plain(LETTER, **headers).as_bytes())
    assert (parsed.outcome, parsed.wants_silence) == ("letter", True)


def test_an_address_that_mail_cannot_be_sent_to_is_none():
    for address in ("nobody", "a@b@c", "<>", "x" * 300 + "@mail.example"):
        mail = raw(BODY).replace(HER.encode(), address.encode())
        assert parse(mail).sender == ""
