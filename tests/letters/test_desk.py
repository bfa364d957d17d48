"""The desk, as moderators use it."""

import io

import pytest
from django.test import Client
from PIL import Image, ImageStat
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from letters.models import AlreadyDecided, Decision, Letter, Submission
from tests.letters.submissions import waiting
from tests.markup import faults
from tests.people import person, signed_in

DESK = "/admin/desk/"


@pytest.fixture
def amal(db):
    """Reads Arabic and English."""
    return person("amal", "Moderators", reads=["ar", "en"])


@pytest.fixture
def desk(client, amal):
    return signed_in(client, amal)


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])


# --------------------------------------------------------------------------- list


def test_the_oldest_letter_stands_first(desk):
    new, old, middle = waiting(1), waiting(500), waiting(50)
    rows = desk.get(DESK).context["rows"]
    assert [row.pk for row in rows] == [old.pk, middle.pk, new.pk]


def test_the_list_holds_only_the_languages_that_she_reads(desk):
    arabic, spanish = waiting(language="ar"), waiting(language="es")
    page = desk.get(DESK).content.decode()
    assert f"{DESK}{arabic.pk}/" in page
    assert f"{DESK}{spanish.pk}/" not in page


def test_a_moderator_without_a_profile_sees_all_languages(client, db):
    signed_in(client, person("bea", "Moderators"))
    waiting(language="ar"), waiting(language="es")
    assert len(client.get(DESK).context["rows"]) == 2


def test_a_lead_sees_all_languages_whatever_her_profile_says(client, db):
    signed_in(client, person("lina", "Lead moderators", reads=["ar"]))
    waiting(language="es")
    assert len(client.get(DESK).context["rows"]) == 1


def test_the_list_says_what_to_expect_but_no_word_of_the_letter(desk):
    waiting(words="canary " * 10, title="canary", signature="canary", held=["rate"])
    page = desk.get(DESK).content.decode()
    assert "70 characters" in page
    assert "To a survivor" in page
    assert "Many letters came from the same network" in page
    assert "canary" not in page


def test_the_list_is_read_in_pages_of_25_without_gaps(desk):
    keys = [waiting(1000 - n).pk for n in range(30)]
    first = desk.get(DESK)
    second = desk.get(DESK, {"after": first.context["next_cursor"]})
    seen = [row.pk for page in (first, second) for row in page.context["rows"]]
    assert seen == keys
    assert len(first.context["rows"]) == 25
    assert second.context["next_cursor"] == ""


@pytest.mark.parametrize(
    "cursor", ["", "x", "_", "2026-13-45T00:00_1", "2026-01-01T00:00_2", "1_1"]
)
def test_a_mangled_address_shows_the_beginning(desk, cursor):
    waiting()
    assert len(desk.get(DESK, {"after": cursor}).context["rows"]) == 1


def test_an_empty_desk_says_so(desk):
    assert "Nothing waits for you now" in desk.get(DESK).content.decode()


# ------------------------------------------------------------------------- letter


def test_the_words_carry_their_language_and_direction(desk):
    letter = waiting(language="ar", words="أنتِ لستِ وحدك.", title="إليكِ")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert '<div lang="ar" dir="rtl">' in page
    assert "أنتِ لستِ وحدك." in page


def test_what_the_writer_typed_stays_text(desk):
    letter = waiting(words="<script>alert(1)</script>", title="<b>", signature="<i>")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_content_notes_consents_and_reasons_to_look_closer_are_shown(desk):
    letter = waiting(content_notes=["threats"], held=["too-fast", "new-code"], may_quote=True)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    for words in ("Threats", "faster than people write", "new-code", "May be quoted"):
        assert words in page


def test_the_contact_is_not_shown_but_that_there_is_one_is(desk):
    letter = waiting(contact="ana@example.org")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "kept encrypted" in page
    assert "ana@example.org" not in page


def test_a_letter_in_another_language_is_not_there(desk):
    letter = waiting(language="es", with_picture=True)
    for path in ("", "picture/veiled/", "picture/clear/"):
        assert desk.get(f"{DESK}{letter.pk}/{path}").status_code == 404
    for path in ("publish/", "decline/"):
        assert desk.post(f"{DESK}{letter.pk}/{path}", {"reason": "spam"}).status_code == 404
    letter.refresh_from_db()
    assert letter.state == "waiting"


@pytest.mark.parametrize("group", ["Editors", "Translators: es"])
def test_the_desk_is_not_there_for_others(client, site, group):
    signed_in(client, person("eva", group))
    letter = waiting()
    assert client.get(DESK).status_code == 404
    assert client.get(f"{DESK}{letter.pk}/").status_code == 404
    assert "/admin/desk/" not in client.get("/admin/").content.decode()


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(DESK).headers["Location"].startswith("/admin/login/")


def test_the_pages_of_the_desk_are_valid_html(desk):
    letter = waiting(with_picture=True, held=["rate"], content_notes=["hate"])
    for path in (DESK, f"{DESK}{letter.pk}/", f"{DESK}{letter.pk}/?picture=clear"):
        page = desk.get(path).content.decode()
        ours = page[page.index('<div class="desk">') : page.rindex("</main>")]
        around = "<div>" * (ours.count("</div>") - ours.count("<div"))
        assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == []


# ------------------------------------------------------------------------ picture


def test_no_pixel_of_a_picture_is_asked_for_before_she_asks(desk):
    letter = waiting(with_picture=True)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "/picture/" not in page
    assert "?picture=veiled" in page
    assert "?picture=clear" not in page


def test_the_first_look_is_grey_and_blurred_on_the_server(desk):
    letter = waiting(with_picture=True)
    page = desk.get(f"{DESK}{letter.pk}/?picture=veiled").content.decode()
    assert f"{DESK}{letter.pk}/picture/veiled/" in page
    assert f"{DESK}{letter.pk}/picture/clear/" not in page
    answer = desk.get(f"{DESK}{letter.pk}/picture/veiled/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    veiled = Image.open(io.BytesIO(answer.content)).convert("RGB")
    red, green, blue = ImageStat.Stat(veiled).mean
    assert max(red, green, blue) - min(red, green, blue) < 2
    # The hard edge between red and blue has become a slope.
    row = [veiled.getpixel((x, veiled.height // 2))[0] for x in range(veiled.width)]
    assert max(abs(a - b) for a, b in zip(row, row[1:], strict=False)) < 8


def test_the_second_look_shows_the_cleaned_copy(desk):
    letter = waiting(with_picture=True)
    answer = desk.get(f"{DESK}{letter.pk}/picture/clear/")
    clear = Image.open(io.BytesIO(answer.content)).convert("RGB")
    red, _green, blue = clear.getpixel((5, 5))
    assert red > 200 > 60 > blue
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_there_is_no_picture_of_a_letter_without_one_or_of_a_decided_one(desk, amal):
    assert desk.get(f"{DESK}{waiting().pk}/picture/clear/").status_code == 404
    letter = waiting(with_picture=True)
    letter.decline(amal, "spam")
    assert desk.get(f"{DESK}{letter.pk}/picture/clear/").status_code == 404


# ---------------------------------------------------------------------- decisions


def test_publishing_makes_the_letter_and_leads_to_the_next(desk, amal):
    first, second = waiting(20, words="Dear you"), waiting(10)
    response = desk.post(f"{DESK}{first.pk}/publish/")
    assert response.headers["Location"] == f"{DESK}{second.pk}/"
    assert Letter.objects.get().words == "Dear you"
    decision = Decision.objects.get()
    assert (decision.act, decision.moderator, decision.submission) == ("publish", amal, first)


def test_declining_keeps_the_reason(desk, amal):
    letter = waiting()
    desk.post(f"{DESK}{letter.pk}/decline/", {"reason": "spam"})
    decision = Decision.objects.get()
    assert (decision.act, decision.reason, decision.moderator) == ("decline", "spam", amal)
    assert not Letter.objects.exists()


def test_declining_needs_a_reason(desk):
    letter = waiting()
    response = desk.post(f"{DESK}{letter.pk}/decline/")
    assert "Choose a reason" in response.content.decode()
    assert Submission.objects.get().state == "waiting"


def test_after_the_newest_letter_the_oldest_comes(desk):
    old, new = waiting(20), waiting(10)
    response = desk.post(f"{DESK}{new.pk}/decline/", {"reason": "spam"})
    assert response.headers["Location"] == f"{DESK}{old.pk}/"


def test_after_the_last_letter_the_desk_is_empty(desk):
    response = desk.post(f"{DESK}{waiting().pk}/publish/", follow=True)
    assert response.redirect_chain[-1][0] == DESK
    assert "the last one" in messages(response)


def test_the_next_letter_is_in_a_language_that_she_reads(desk):
    first, _spanish, arabic = waiting(30), waiting(20, language="es"), waiting(10, language="ar")
    response = desk.post(f"{DESK}{first.pk}/publish/")
    assert response.headers["Location"] == f"{DESK}{arabic.pk}/"


def test_a_picture_is_published_only_with_a_description(desk):
    letter = waiting(with_picture=True)
    response = desk.post(f"{DESK}{letter.pk}/publish/", {"picture_alt": " "})
    assert "error" in response.content.decode()
    assert Submission.objects.get().state == "waiting"
    desk.post(f"{DESK}{letter.pk}/publish/", {"picture_alt": "Red and blue."})
    published = Letter.objects.get()
    assert published.picture_alt == "Red and blue."
    assert published.picture is not None


def test_the_writers_description_is_there_to_be_improved(desk):
    letter = waiting(with_picture=True, picture_alt="My handwriting")
    assert "My handwriting</textarea>" in desk.get(f"{DESK}{letter.pk}/").content.decode()


def test_without_consent_there_is_no_publishing(desk):
    letter = waiting(may_publish=False)
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert "did not agree to publication" in page
    assert f"{DESK}{letter.pk}/publish/" not in page
    response = desk.post(f"{DESK}{letter.pk}/publish/", follow=True)
    assert "did not agree" in messages(response)
    assert not Letter.objects.exists()


def test_who_comes_second_is_told_what_happened(desk):
    letter = waiting()
    letter.decline(person("bea", "Moderators"), "hate")
    response = desk.post(f"{DESK}{letter.pk}/publish/", follow=True)
    assert "Your decision came second" in messages(response)
    assert "bea has declined this letter: It is hateful" in messages(response)
    assert not Letter.objects.exists()
    assert Decision.objects.count() == 1


def test_who_comes_second_with_a_faulty_form_is_told_the_same(desk):
    letter = waiting()
    letter.publish(person("bea", "Moderators"))
    response = desk.post(f"{DESK}{letter.pk}/decline/", follow=True)
    assert "bea has published this letter" in messages(response)


def test_a_letter_taken_back_meanwhile_is_not_published(desk):
    letter = waiting()
    letter.withdraw()
    response = desk.post(f"{DESK}{letter.pk}/publish/", follow=True)
    assert "taken this letter back" in messages(response)
    assert not Letter.objects.exists()


def test_a_picture_decided_by_somebody_else_meanwhile_is_not_left_in_the_library(db):
    letter = waiting(with_picture=True, picture_alt="Red and blue.")
    same = Submission.objects.get(pk=letter.pk)
    same.decline(person("bea", "Moderators"), "spam")
    with pytest.raises(AlreadyDecided):
        letter.publish(person("cleo", "Moderators"))
    assert not get_image_model().objects.exists()


def test_a_get_decides_nothing(desk):
    letter = waiting()
    for path in ("publish/", "decline/"):
        assert desk.get(f"{DESK}{letter.pk}/{path}").status_code == 405
    assert Submission.objects.get().state == "waiting"
    assert not Decision.objects.exists()


def test_a_decision_needs_the_forms_own_token(amal):
    letter = waiting()
    browser = signed_in(Client(enforce_csrf_checks=True), amal)
    assert browser.post(f"{DESK}{letter.pk}/publish/").status_code == 403
    assert Submission.objects.get().state == "waiting"


def test_the_log_says_who_decided_and_no_word_of_the_letter(desk, amal):
    first, second = waiting(20, words="canary", title="canary"), waiting(10, words="canary")
    desk.post(f"{DESK}{first.pk}/publish/")
    desk.post(f"{DESK}{second.pk}/decline/", {"reason": "spam"})
    entries = ModelLogEntry.objects.filter(action__startswith="letters.").order_by("pk")
    assert [(e.action, e.label, e.user) for e in entries] == [
        ("letters.publish", f"Submission {first.pk}", amal),
        ("letters.decline", f"Submission {second.pk}", amal),
    ]
    assert "canary" not in repr(list(ModelLogEntry.objects.values()))


# ----------------------------------------------------------------- the first page


def test_the_admins_first_page_counts_what_waits_for_her(desk):
    waiting(), waiting(language="ar"), waiting(language="es")
    assert "2 letters wait." in " ".join(desk.get("/admin/").content.decode().split())


# -------------------------------------------------------------------------- costs


@pytest.fixture
def counted(desk, django_assert_max_num_queries):
    desk.get(DESK)  # content types and the like
    return django_assert_max_num_queries


def test_the_list_costs_the_same_however_many_wait(desk, counted):
    waiting()
    with counted(15) as few:
        desk.get(DESK)
    for minutes in range(60):
        waiting(minutes)
    with counted(15) as many:
        desk.get(DESK)
    assert len(few) == len(many)


def test_a_letter_and_a_decision_cost_the_same_however_many_wait(desk, counted):
    letters = [waiting(100 - n) for n in range(4)]
    desk.post(f"{DESK}{letters[0].pk}/publish/")
    with counted(12) as letter_few:
        desk.get(f"{DESK}{letters[1].pk}/")
    with counted(21) as decision_few:
        desk.post(f"{DESK}{letters[1].pk}/publish/")
    for minutes in range(60):
        waiting(minutes)
    with counted(12) as letter_many:
        desk.get(f"{DESK}{letters[2].pk}/")
    with counted(21) as decision_many:
        desk.post(f"{DESK}{letters[2].pk}/publish/")
    assert len(letter_few) == len(letter_many)
    assert len(decision_few) == len(decision_many)
