"""The mail that says how much waits, sent to a real SMTP server."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from letters.desk import digest
from letters.models import ModeratorProfile, Report
from portal import clock, outbox
from portal.models import Job
from tests.letters.mail import servers
from tests.letters.submissions import waiting
from tests.people import person

HER = "amal@team.example"
# What the mail must not tell whoever looks at her screen.
TOPICS = [
    *("letter", "love", "violence", "abuse", "survivor", "campaign", "carta", "amor", "lettre"),
    *("amour", "campagne", "violencia", "campaña", "رسالة", "رسائل", "عنف", "حملة", "الحب"),
    *("हिंसा", "प्रेम", "अभियान", "暴力", "情书", "来信", "幸存"),
]


@pytest.fixture
def amal(db):
    return person("amal", "Moderators", reads=["ar", "en"], email=HER)


@pytest.fixture
def sink(settings):
    """A real SMTP server, to which the settings send mail."""
    cache.clear()
    with servers.sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "noreply@portal.example"
        yield server


@pytest.fixture
def sent(sink):
    """Lets the clock strike after some time, and the outbox work: `sent(hours=1)` gives all that
    went out until then."""

    def strike(**later):
        with time_machine.travel(timezone.now() + timedelta(**later), tick=False):
            digest.enqueue_digests()
            outbox.drain()
        return sink.mails

    return strike


def text(mail):
    return mail.get_payload(decode=True).decode().replace("\r\n", "\n")


def settle(user, **fields):
    ModeratorProfile.objects.filter(user=user).update(**fields)


def test_she_is_told_how_many_wait_in_each_of_her_languages(sent, amal, settings):
    for language in ("ar", "ar", "en", "es"):
        waiting(language=language)
    (mail,) = sent()
    assert (mail.sent_to, mail.sent_from) == ([HER], "noreply@portal.example")
    assert mail.get_content_type() == "text/plain"
    said = text(mail)
    assert "Arabic: 2\nEnglish: 1\n" in said and "Spanish" not in said
    links = re.findall(r"https?://\S+", said)
    assert links == [f"{settings.BASE_URL}/admin/desk/", f"{settings.BASE_URL}/admin/desk/me/"]
    assert mail["Auto-Submitted"] == "auto-generated"


def test_it_holds_numbers_and_no_word_of_a_letter(sent, amal):
    fields = ("words", "title", "signature", "addressee", "contact", "note", "question", "appeal")
    waiting(**{name: f"canary {name}" for name in fields}, picture_alt="canary")
    public = waiting(words="canary", title="canary").publish(None)
    Report.take(public, reason="about-me", words="canary", contact="canary@mail.example")
    (mail,) = sent()
    assert "canary" not in mail.as_string() + text(mail)
    assert "English: 1" in text(mail) and "Reported: 1" in text(mail)
    assert public.code not in text(mail)


@pytest.mark.parametrize("language", ["en", "es", "ar", "fr", "hi", "zh-hans"])
def test_neither_it_nor_its_subject_says_what_this_is_about(amal, language):
    UserProfile.objects.create(user=amal, preferred_language=language)
    numbers = {"languages": {"ar": 3}, "reported": 2, "overdue": 1, "asked": 4, "otherwise": 5}
    mail = digest.compose(amal, numbers, "now")
    assert mail.extra_headers["Content-Language"] == language
    said = (mail.subject + re.sub(r"https?://\S+", "", mail.body)).casefold()
    assert not [topic for topic in TOPICS if topic in said]
    with override(language):
        assert all(number in mail.body for number in "345")


def test_it_is_in_the_language_of_her_admin(sent, amal):
    UserProfile.objects.create(user=amal, preferred_language="es")
    waiting(language="ar")
    (mail,) = sent()
    assert mail["Content-Language"] == "es"
    assert "árabe: 1" in text(mail)


def test_nothing_is_sent_when_a_letter_comes_in_or_when_nothing_waits(sent, sink, amal):
    assert sent() == []
    assert ModeratorProfile.objects.get().digest_sent is None
    waiting()
    assert not Job.objects.filter(name=digest.JOB).exists()
    outbox.drain()
    assert sink.mails == []


def test_once_a_day_unless_she_asks_for_more(sent, amal):
    waiting()
    assert len(sent()) == 1
    assert len(sent(hours=1)) == 1
    assert len(sent(hours=23)) == 1
    assert len(sent(hours=24)) == 2
    settle(amal, digest="hourly")
    assert len(sent(hours=24, minutes=20)) == 2
    assert len(sent(hours=25)) == 3
    settle(amal, digest="never")
    assert len(sent(days=9)) == 3


def test_a_moderator_who_has_settled_nothing_hears_once_a_day(sent, db):
    person("bea", "Moderators", email="bea@team.example")
    waiting()
    assert len(sent()) == 1
    assert ModeratorProfile.objects.get().digest_sent is not None
    assert len(sent(hours=2)) == 1


@pytest.mark.parametrize(
    "fields", [{"is_active": False}, {"email": ""}], ids=["inactive", "without an address"]
)
def test_whoever_cannot_get_one_gets_none(sent, amal, fields):
    User.objects.filter(pk=amal.pk).update(**fields)
    waiting()
    assert sent() == []


def test_only_moderators_get_one(sent, db):
    person("eva", "Editors", email="eva@team.example")
    User.objects.create_superuser("boss", "boss@team.example", "x")
    waiting()
    assert sent() == []


def test_a_lead_hears_what_is_asked_of_her_and_nobody_else_does(sent, amal):
    person("lina", "Lead moderators", reads=[], email="lina@team.example")
    waiting(for_lead=True, question="canary")
    (mail,) = sent()
    assert mail.sent_to == ["lina@team.example"]
    assert "A lead is asked: 1" in text(mail)


def test_a_job_names_her_by_number_and_holds_nothing_else(amal):
    waiting(words="canary")
    digest.enqueue_digests()
    (job,) = Job.objects.filter(name=digest.JOB)
    assert set(job.payload) == {"user", "made"} and job.payload["user"] == amal.pk
    assert "amal" not in repr(job.payload)


def test_what_was_decided_meanwhile_is_not_told(sink, amal):
    letter, other = waiting(), waiting()
    digest.enqueue_digests()
    letter.decline(amal, "spam")
    outbox.drain()
    assert "English: 1" in text(sink.mails[0])
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        digest.enqueue_digests()
        other.decline(amal, "spam")
        outbox.drain()
    assert len(sink.mails) == 1


def test_what_could_not_be_sent_is_sent_again_as_the_same_mail(sink, sent, amal):
    waiting()
    sink.drops = True
    sent()
    sink.drops = False
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        outbox.drain()
    first, second = sink.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert not Job.objects.exists()


def test_digests_that_a_server_did_not_take_for_days_do_not_come_all_at_once(sink, sent, amal):
    waiting()
    sink.refuses = 450
    for day in range(3):
        sent(days=day)
    sink.refuses = 0
    Job.objects.update(attempts=1, due=timezone.now())
    assert len(sent(days=2, hours=1)) == 1
    assert not Job.objects.exists()


def test_an_address_that_is_refused_for_good_is_not_tried_again(sink, sent, amal, caplog):
    waiting()
    sink.refuses = 550
    assert sent() == []
    assert not Job.objects.exists()
    assert HER not in caplog.text


def test_the_clock_calls_it_every_hour():
    interval, function = clock.tasks["letters.desk.digest.enqueue_digests"]
    assert interval == timedelta(hours=1) and function is digest.enqueue_digests
