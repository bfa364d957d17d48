"""A mail becomes a letter: once, with its pictures, held until its writer confirms it."""

import secrets
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError
from django.utils import timezone

from letters.intake import picture
from letters.mail import arrive, keep, timetable
from letters.models import DecisionMaker, IncomingMail, NoConsent, Submission
from portal import outbox
from portal.models import Job
from portal.picture import PictureError
from portal.private import decrypt_bytes
from tests.letters.mail.post import ADDRESS, HER, TEXT, base64_part, multipart, plain, raw
from tests.people import person
from tests.portal.pictures import SECRET, exif, red_left_blue_right, saved

LETTER = "You are not alone, canary. We believe you."


def jpeg(width=300):
    return saved(red_left_blue_right(width), "JPEG", exif=exif())


def photo(name="canary.jpg", **options):
    return base64_part("image/jpeg", name, jpeg(**options))


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


@pytest.fixture
def arrived(db, work):
    """Stores mails and reads them: `arrived(mail, …)` gives the submissions, in their order."""

    def bring(*mails):
        for mail in mails:
            keep.store(mail if isinstance(mail, bytes) else mail.as_bytes())
        work()
        return list(Submission.objects.order_by("pk"))

    return bring


def test_a_mail_becomes_a_letter_and_is_forgotten(arrived):
    (letter,) = arrived(plain(LETTER, subject="Re: To you"))
    assert (letter.title, letter.words, letter.language) == ("To you", LETTER, "en")
    assert (letter.kind, letter.way, letter.held) == ("survivor", "mail", ["unconfirmed"])
    mail = IncomingMail.objects.get()
    assert (mail.state, mail.outcome, bytes(mail.raw)) == ("done", "letter", b"")


def test_nothing_of_where_it_came_from_is_kept(arrived, settings):
    mail = plain(LETTER.replace("canary", ""), X_Mailer="Canary 7", Received="from canary.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    (letter,) = arrived(mail)
    kept = repr([Submission.objects.values().get(), IncomingMail.objects.values().get()])
    kept += repr(list(Job.objects.values()))
    assert "canary" not in kept.casefold() and letter.contact == ""


def test_no_consent_is_taken_from_a_mail(arrived):
    (letter,) = arrived(plain(LETTER))
    assert letter.consents == set()
    with pytest.raises(NoConsent):
        letter.publish(person("moderator", "Moderators"))


def test_a_name_in_the_opening_says_whom_it_is_to(arrived, site):
    locale = site.en.locale
    for slug, name in [("ministry", "Ministry of Justice"), ("net", "Chirper")]:
        DecisionMaker.objects.create(slug=slug, name=name, kind="platform", locale=locale)
    first, second, third = arrived(
        plain("Dear Ministry of Justice, listen to us."),
        plain(LETTER, subject="An open letter to chirper"),
        plain(LETTER + " " + "love " * 60 + "They found me on Chirper."),
    )
    assert (first.kind, first.decision_maker.slug) == ("decision-maker", "ministry")
    assert (second.kind, second.decision_maker.slug) == ("decision-maker", "net")
    assert (third.kind, third.decision_maker) == ("survivor", None)


def test_the_language_is_that_of_the_words_or_that_which_the_mail_names(arrived):
    spanish, short = arrived(
        plain("No estás sola. Te creemos, y vamos a estar contigo siempre."),
        plain("Ok", Content_Language="sw"),
    )
    assert (spanish.language, short.language) == ("es", "sw")


def test_she_is_only_reachable_if_she_asks_for_an_answer(arrived):
    silent, answer = arrived(plain(LETTER), plain(LETTER, To=ADDRESS.replace("@", "+answer@")))
    assert (silent.contact, answer.contact) == ("", HER)
    assert HER not in str(Submission.objects.extra(select={"c": "contact"}).values_list("c"))


# ------------------------------------------------------------------------- pictures


def test_a_picture_goes_with_its_letter_through_the_one_intake(arrived):
    (letter,) = arrived(multipart("mixed", (TEXT, LETTER.encode()), photo()))
    webp = picture.load(letter.picture_name).webp
    assert webp.startswith(b"RIFF") and SECRET not in webp
    with storages["private"].open(letter.picture_name) as file:
        assert b"WEBP" not in file.read()


def test_every_further_picture_is_a_letter_of_its_own(arrived):
    mail = multipart("mixed", (TEXT, LETTER.encode()), photo(), photo(width=310), photo(width=320))
    letters = arrived(mail)
    assert [letter.words for letter in letters] == [LETTER, "", ""]
    assert [picture.load(x.picture_name).width for x in letters] == [300, 310, 320]
    assert len({letter.receipt_hash for letter in letters}) == 3
    assert {letter.way for letter in letters} == {"mail"}


def test_a_logo_is_no_letter(arrived):
    logo = base64_part("image/png", "logo.png", saved(red_left_blue_right(60, 40), "PNG"))
    (letter,) = arrived(multipart("mixed", (TEXT, LETTER.encode()), photo(), logo))
    assert letter.held == ["unconfirmed"]


def test_what_cannot_be_opened_is_told_to_the_moderator(arrived):
    broken = base64_part("image/jpeg", "a.jpg", b"\xff\xd8\xff broken")
    pdf = base64_part("application/pdf", "a.pdf", b"%PDF-1.7")
    for mail in (broken, pdf):
        arrived(multipart("mixed", (TEXT, LETTER.encode()), mail))
    assert [x.held for x in Submission.objects.all()] == [["unconfirmed", "other-files"]] * 2


def test_many_links_are_told_to_the_moderator(arrived):
    (letter,) = arrived(plain(LETTER + " https://shop.example" * 5))
    assert letter.held == ["unconfirmed", "many-links"]


# --------------------------------------------------------------------------- no letter


@pytest.mark.parametrize(
    ("mail", "state", "outcome"),
    [
        (plain(LETTER, Auto_Submitted="auto-replied"), "done", "auto-reply"),
        (plain(LETTER, Return_Path="<>"), "done", "bounce"),
        (plain(LETTER, List_Id="<x.example>"), "quarantined", "list"),
        (plain(LETTER, X_Spam_Flag="YES"), "quarantined", "spam"),
        (plain(LETTER, subject="Out of office"), "quarantined", "vacation"),
        (plain("love " * 4001), "quarantined", "too-long"),
        (plain("", subject=""), "quarantined", "empty"),
        (
            multipart("mixed", base64_part("image/jpeg", "a", b"\xff\xd8\xff broken")),
            "quarantined",
            "unreadable",
        ),
    ],
)
def test_what_is_no_letter_is_set_aside_and_never_answered(arrived, mail, state, outcome):
    assert arrived(mail) == []
    row = IncomingMail.objects.get()
    assert (row.state, row.outcome) == (state, outcome)
    assert bool(row.raw) == (state == "quarantined")
    assert not Job.objects.exists()


def test_what_is_set_aside_is_kept_for_thirty_days_and_then_erased(arrived):
    mail = plain(LETTER, X_Spam_Flag="YES")
    arrived(mail, plain(LETTER))
    with later(days=29):
        timetable.forget()
    kept = IncomingMail.objects.get(state="quarantined")
    assert decrypt_bytes(bytes(kept.raw)) == mail.as_bytes()
    with later(days=31):
        timetable.forget()
    assert not IncomingMail.objects.exists()


# ------------------------------------------------------------- and a person looks at it


def looking(*arguments):
    out = StringIO()
    call_command("mail_set_aside", *arguments, stdout=out)
    return out.getvalue()


def test_what_was_set_aside_is_listed_without_a_word_of_it(arrived):
    arrived(plain(LETTER, X_Spam_Flag="YES"), plain(LETTER))
    said = looking()
    assert "spam" in said and len(said.splitlines()) == 1
    assert "canary" not in said.casefold()


def test_the_operator_can_read_it(arrived):
    mail = plain(LETTER + " \x1b[2J", X_Spam_Flag="YES")
    arrived(mail)
    said = looking("--show", str(IncomingMail.objects.get().pk))
    assert said == mail.as_string().replace("\x1b", "�")


def test_and_make_a_letter_of_it(arrived):
    arrived(plain(LETTER, X_Spam_Flag="YES"))
    mail = IncomingMail.objects.get()
    assert looking("--take", str(mail.pk)) == "letter\n"
    assert Submission.objects.get().words == LETTER
    mail.refresh_from_db()
    assert (mail.state, bytes(mail.raw)) == ("done", b"")
    with pytest.raises(CommandError):
        looking("--take", str(mail.pk))


def test_what_cannot_be_a_letter_stays_set_aside(arrived):
    arrived(plain("love " * 4001, X_Spam_Flag="YES"))
    assert looking("--take", str(IncomingMail.objects.get().pk)) == "too-long\n"
    assert IncomingMail.objects.get().raw
    assert not Submission.objects.exists()


# -------------------------------------------------------------------- whatever happens


def test_reading_a_mail_twice_makes_one_letter(arrived):
    (letter,) = arrived(plain(LETTER))
    mail = IncomingMail.objects.get()
    arrive.arrive(mail.pk)
    IncomingMail.objects.update(state="waiting", raw=keep.encrypt_bytes(plain(LETTER).as_bytes()))
    arrive.arrive(mail.pk)
    assert Submission.objects.get() == letter


def test_a_mail_that_kills_its_reader_is_set_aside_after_three_times(arrived, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_arguments):
        raise Killed

    monkeypatch.setattr(arrive, "parse", die)
    keep.store(plain(LETTER).as_bytes())
    mail = IncomingMail.objects.get()
    for _ in range(3):
        with pytest.raises(Killed):
            arrive.arrive(mail.pk)
    arrive.arrive(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.outcome) == ("quarantined", "poison")
    assert decrypt_bytes(bytes(mail.raw))


def test_a_mail_at_which_reading_fails_is_set_aside_too(arrived, monkeypatch, work):
    def fail(*_arguments):
        raise DataError

    monkeypatch.setattr(arrive, "receive", fail)
    keep.store(plain(LETTER).as_bytes())
    for number in range(4):
        with later(minutes=10 * number):
            work()
    mail = IncomingMail.objects.get()
    assert (mail.state, mail.outcome, bool(mail.raw)) == ("quarantined", "poison", True)


@pytest.mark.parametrize("place", ["picture.store", "receive", "clean_picture"])
def test_a_disk_or_database_that_is_away_is_no_fault_of_the_mails(
    arrived, monkeypatch, place, work
):
    error = PictureError("busy") if place == "clean_picture" else OperationalError()
    keep.store(multipart("mixed", (TEXT, LETTER.encode()), photo()))
    for number in range(5):
        with monkeypatch.context() as away:

            def fail(*_arguments):
                raise error

            away.setattr(f"letters.mail.arrive.{place}", fail)
            with later(minutes=10 * number):
                work()
        mail = IncomingMail.objects.get()
        assert (mail.state, mail.attempts) == ("waiting", 0)
    with later(hours=2):
        work()
    assert Submission.objects.get().picture_name


def test_a_mail_whose_job_was_given_up_is_read_when_all_is_well_again(arrived, work):
    keep.store(plain(LETTER).as_bytes())
    Job.objects.update(attempts=outbox.ATTEMPTS, due=timezone.now() + timedelta(hours=1))
    work()
    assert not Submission.objects.exists()
    outbox.try_again()
    work()
    assert Submission.objects.get().words == LETTER


def test_without_the_key_a_mail_waits(arrived, settings, work):
    keys = settings.FIELD_KEYS
    keep.store(plain(LETTER).as_bytes())
    settings.FIELD_KEYS = [secrets.token_urlsafe(32) + "="]
    work()
    assert IncomingMail.objects.get().attempts == 0
    settings.FIELD_KEYS = keys
    with later(minutes=1):
        work()
    assert Submission.objects.get().words == LETTER


def test_line_ends_do_not_make_another_mail(db):
    lines = raw(b"One\r\nTwo\r\n")
    assert keep.store(lines)
    assert not keep.store(lines.replace(b"\r\n", b"\n"))
    assert not keep.store(b"Received: from elsewhere\r\n" + lines)
