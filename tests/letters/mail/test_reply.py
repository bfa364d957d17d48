"""The one answer to a mail, sent to a real SMTP server."""

import re
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from letters.mail import keep, reply, timetable
from letters.models import Submission
from portal import outbox
from portal.models import Job
from tests.letters.mail.post import ADDRESS, HER, TEXT, base64_part, multipart, plain, raw

LETTER = (
    "Dear you, my love letter is about abuse on social media and about the canary who followed me "
    "through every platform for sixteen days of activism against violence."
)
# What the mail must not tell whoever opens her mailbox.
TOPICS = [
    *("letter", "love", "violence", "abuse", "survivor", "campaign", "tech", "carta", "amor"),
    *("violencia", "lettre", "amour", "violence", "campagne", "campaña"),
    *("عنف", "حملة", "हिंसा", "प्रेम", "अभियान", "暴力", "情书", "来信", "幸存"),
]


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


@pytest.fixture
def sent(site, sink, work):
    """Stores mails and lets the outbox do all that is due: `sent(mail)` gives what went out."""

    def bring(*mails):
        for mail in mails:
            keep.store(mail if isinstance(mail, bytes) else mail.as_bytes())
        work()
        return sink.mails

    return bring


def text(mail):
    return mail.get_payload(decode=True).decode()


def test_she_gets_one_answer_with_one_link(sent, settings):
    (answer,) = sent(plain(LETTER))
    assert (answer.sent_to, answer.sent_from) == ([HER], "noreply@portal.example")
    assert answer.get_content_type() == "text/plain"
    links = re.findall(r"https?://\S+", text(answer))
    assert len(links) == 1
    assert re.fullmatch(re.escape(settings.BASE_URL) + r"/en/mail/[\w:-]+/", links[0])


def test_she_is_told_that_a_file_could_not_be_opened(sent):
    pdf = base64_part("application/pdf", "canary.pdf", b"%PDF-1.7")
    (answer,) = sent(multipart("mixed", (TEXT, LETTER.encode()), pdf))
    assert "file" in text(answer) and "canary" not in answer.as_string().replace(HER, "")


def test_it_quotes_nothing_and_does_not_say_what_it_is_about(sent):
    (answer,) = sent(plain(LETTER, subject="My canary story"))
    said = (answer["Subject"] + "\n" + text(answer)).casefold()
    words = LETTER.casefold().split()
    for start in range(len(words) - 4):
        assert " ".join(words[start : start + 5]) not in said
    assert "canary" not in answer.as_string().casefold().replace(HER, "")
    without_link = re.sub(r"https?://\S+", "", said)
    assert not [topic for topic in TOPICS if topic in without_link]


def test_its_headers_stop_every_answer_and_tie_it_to_nothing(sent):
    mail = plain(LETTER)
    (answer,) = sent(mail)
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["Precedence"] == "bulk"
    assert answer["In-Reply-To"] is None and answer["References"] is None
    assert mail["Message-ID"] not in answer.as_string()


def test_it_is_in_the_language_of_her_letter_if_the_site_speaks_it(sent):
    spanish = "No estás sola. Te creemos, y vamos a estar contigo siempre, cada día."
    swahili = "Hauko peke yako. Tunakuamini, na tutakuwa pamoja nawe kila siku ya maisha yako."
    answers = sent(plain(spanish), plain(swahili))
    assert [answer["Content-Language"] for answer in answers] == ["es", "en"]
    assert "/es/mail/" in text(answers[0]) and "/en/mail/" in text(answers[1])


def test_it_names_no_topic_in_any_language_of_the_site(site):
    for code in ("en", "es", "ar", "fr", "hi", "zh-hans"):
        with override(code):
            mail = reply.compose(HER, code, "secret", file_lost=True)
        said = (mail.subject + re.sub(r"https?://\S+", "", mail.body)).casefold()
        assert not [topic for topic in TOPICS if topic in said], code


@pytest.mark.parametrize(
    "mail",
    [
        plain(LETTER, To=ADDRESS.replace("@", "+silent@")),
        plain(f"No reply please\n\n{LETTER}"),
        plain(LETTER, From="no-reply@shop.example"),
        plain(LETTER, Authentication_Results="mx; spf=fail"),
        raw(LETTER.encode()).replace(HER.encode(), b"nobody"),
    ],
)
def test_who_wants_silence_or_cannot_be_answered_gets_none(sent, mail):
    assert sent(mail) == []
    assert Submission.objects.count() == 1
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        *({"Auto_Submitted": "auto-replied"}, {"Return_Path": "<>"}, {"List_Id": "<x.example>"}),
        *({"X_Spam_Flag": "YES"}, {"Subject": "Out of office"}),
    ],
)
def test_machines_get_none(sent, headers):
    assert sent(plain(LETTER, **headers)) == []


def test_two_portals_do_not_answer_each_other_for_ever(sent):
    (answer,) = sent(plain(LETTER))
    assert len(sent(answer.as_bytes())) == 1


def test_the_same_mail_twice_is_answered_once(sent):
    mail = plain(LETTER)
    assert len(sent(mail, mail)) == 1


def test_a_forged_sender_is_not_flooded(sent):
    answers = sent(*[plain(f"{LETTER} {number}") for number in range(8)])
    assert len(answers) == reply.PER_HOUR
    assert Submission.objects.count() == 8


# -------------------------------------------------------------------- whatever happens


def test_her_address_is_nowhere_in_the_clear(db, settings, work):
    settings.EMAIL_BACKEND = "tests.letters.mail.no_such_backend"
    keep.store(plain(LETTER).as_bytes())
    work()
    kept = repr(list(Job.objects.values())) + repr(list(Submission.objects.values()))
    assert Job.objects.filter(name=reply.JOB).exists()
    assert HER not in kept and "mail.example" not in kept


def test_when_the_server_goes_away_it_is_sent_again_as_the_same_mail(sent, sink, work, caplog):
    sink.drops = True
    sent(plain(LETTER))
    sink.drops = False
    with later(minutes=1):
        work()
    with later(minutes=2):
        work()
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert not Job.objects.exists()
    assert HER not in caplog.text


def test_an_address_that_is_refused_for_good_is_not_tried_again(sent, sink):
    sink.refuses = 550
    assert sent(plain(LETTER)) == []
    assert not Job.objects.exists()


def test_one_that_is_refused_for_now_is_tried_again(sent, sink, work):
    sink.refuses = 450
    sent(plain(LETTER))
    sink.refuses = 0
    with later(minutes=1):
        work()
    assert len(sink.mails) == 1


def test_an_answer_is_tried_for_three_days_and_then_her_address_is_dropped(sent, sink, work):
    sink.refuses = 450
    sent(plain(LETTER))
    Job.objects.update(attempts=outbox.ATTEMPTS)
    with later(days=2, hours=23):
        timetable.forget()
        outbox.try_again()
        work()
        assert Job.objects.get().attempts == outbox.ATTEMPTS  # tried once more, in vain
    sink.refuses = 0
    with later(days=3, hours=1):
        timetable.forget()
        outbox.try_again()
        work()
    assert sink.mails == []
    assert not Job.objects.exists()


def test_a_letter_taken_back_meanwhile_is_not_answered(sent, sink, work):
    sink.refuses = 450
    sent(plain(LETTER))
    Submission.objects.get().withdraw()
    sink.refuses = 0
    with later(minutes=1):
        work()
    assert sink.mails == []
    assert not Job.objects.exists()


def test_the_sink_really_goes_away(sink):
    sink.drops = True
    with pytest.raises(smtplib.SMTPServerDisconnected), smtplib.SMTP("127.0.0.1", sink.port) as to:
        to.sendmail("a@b.example", [HER], "Subject: x\r\n\r\n")
