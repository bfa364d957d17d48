"""From the form to the receipt, as a browser goes: what is shown, kept, refused, and never set."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from letters.intake import receipt
from letters.models import DecisionMaker, PendingPicture, Submission
from tests.letters.writer import FORM, SAME_ORIGIN, WORDS
from tests.portal.pictures import PICTURES, one_bit_png


@pytest.fixture
def sent(alice):
    """Alice's letter, sent; she looks at her receipt."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        alice.open().press(words=WORDS)
        clock.shift(timedelta(seconds=20))
        return alice.press(step="send")


def photo(name="IMG_0042 jane doe.jpg", kind="JPEG"):
    return SimpleUploadedFile(name, PICTURES[kind](), content_type="image/jpeg")


# -------------------------------------------------------------------------- the way


def test_a_letter_is_written_checked_and_sent(sent):
    assert sent.response.status_code == 200
    submission = Submission.objects.get()
    assert submission.words == WORDS
    assert submission.kind == "survivor"
    assert submission.language == "en"
    assert submission.held == []
    assert receipt.find(sent.receipt) == submission


def test_a_search_engine_is_told_what_the_form_is_for(alice):
    description = alice.open().page.select_one('meta[name="description"]')["content"]
    assert description == alice.page.select_one(".lead").text


def test_the_form_has_no_token_and_may_be_kept_for_the_back_button(alice):
    alice.open()
    assert alice.fields["token"] == ""
    assert alice.response.headers["Cache-Control"] == "private, no-cache"


def test_pages_with_words_are_not_kept_by_the_browser(alice):
    assert alice.open().press(words="").response.headers["Cache-Control"] == "no-store"
    assert alice.open().press(words=WORDS).response.headers["Cache-Control"] == "no-store"
    assert alice.press(step="send").response.headers["Cache-Control"] == "no-store"


def test_the_check_page_carries_on_what_it_shows(alice):
    alice.open().press(words=f"\x00\r\n{WORDS}\x07", title=" To\x00  you ", signature="A\x00na")
    carried = [alice.fields[name] for name in ("words", "title", "signature")]
    assert carried == [WORDS, "To you", "Ana"]


def test_nothing_is_stored_before_she_has_seen_it(alice):
    alice.open().press(words=WORDS)
    assert not Submission.objects.exists()


def test_the_check_page_shows_what_readers_will_see(alice):
    alice.open().press(title="To you", words=WORDS, signature="Ana", content_notes=["threats"])
    letter = alice.page.select_one("article.letter")
    assert letter.select_one(".letter-words")["lang"] == "en"
    assert "To you" in letter.text and "Ana" in letter.text and "Threats" in letter.text
    assert "Always" in [heading.text for heading in letter.select("h2, h3")]


def test_an_arabic_letter_on_an_english_page_runs_from_right_to_left(alice):
    alice.open().press(words="أنا أصدقك يا أختي ولن أتركك وحدك")
    words = alice.page.select_one(".letter-words")
    assert (words["lang"], words["dir"]) == ("ar", "rtl")


def test_what_she_types_is_never_markup(alice):
    alice.open().press(words="<script>alert(1)</script> I believe you", signature="<b>x</b>")
    assert not alice.page.select("main script, main b")
    assert "<script>alert(1)</script>" in alice.page.select_one(".letter-words").text


def test_no_answer_on_the_way_sets_a_cookie(alice):
    answers = [
        alice.open().response,
        alice.press(words="").response,
        alice.press(words=WORDS, picture=photo()).response,
        alice.press(step="change").response,
        alice.press().response,
        alice.press(step="send").response,
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 200, 200, 200, 200]
    assert not any(answer.cookies for answer in answers)
    assert not alice.client.cookies


def test_neither_token_nor_receipt_nor_words_are_in_any_address(sent):
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', sent.response.content.decode())
    assert not any(sent.receipt[:8] in address for address in addresses)
    assert sent.response.request["QUERY_STRING"] == ""


def test_every_language_of_the_site_has_the_form(alice):
    for code, direction in (("en", "ltr"), ("es", "ltr"), ("ar", "rtl")):
        alice.open(f"/{code}/write/survivor/")
        assert alice.response.status_code == 200
        assert (alice.page.html["lang"], alice.page.html["dir"]) == (code, direction)


def test_other_kinds_of_letters_do_not_exist(client, site):
    assert client.get("/en/write/nobody/").status_code == 404


# ------------------------------------------------------------------------- changing


def test_change_brings_everything_back(alice):
    given = {
        "title": "To you",
        "words": WORDS,
        "signature": "Ana",
        "content_notes": ["threats", "hate"],
        "language": "en",
    }
    allowed = {"may_publish_words": "on", "contact": "ana@example.org"}
    alice.open().press(**given).press(**allowed, step="change")
    assert alice.response.status_code == 200
    assert {name: alice.fields[name] for name in given} == given
    alice.press()
    assert alice.fields["may_publish_words"] == ["on"]
    assert alice.fields["contact"] == "ana@example.org"
    assert "may_quote" not in alice.fields  # consents that were not given stay open


def test_before_sending_the_same_token_is_an_edit(alice):
    alice.open().press(words=WORDS)
    token = alice.fields["token"]
    alice.press(step="change").press(words="Other words for you, my dear friend.")
    assert alice.fields["token"] == token
    alice.press(step="send")
    assert Submission.objects.get().words == "Other words for you, my dear friend."


def test_after_sending_the_same_token_shows_the_same_receipt_and_says_so(alice):
    alice.open().press(words=WORDS)
    posted = {**alice.fields, "step": "send"}
    first = alice.press(step="send").receipt
    alice.look(alice.client.post(alice.action, posted, headers=SAME_ORIGIN))
    again = alice.client.post(
        "/en/write/survivor/send/", {**posted, "words": "Other words"}, headers=SAME_ORIGIN
    )
    alice.look(again)
    assert alice.receipt == first
    assert "only once" in alice.text
    assert alice.response.context["not_sent"] == "Other words"
    assert Submission.objects.get().words == WORDS


def test_a_day_later_the_same_token_still_shows_its_receipt(alice):
    alice.open().press(words=WORDS)
    posted = {**alice.fields, "step": "send"}
    first = alice.press(step="send").receipt
    with time_machine.travel(timezone.now() + timedelta(hours=30), tick=False):
        alice.look(alice.client.post(FORM + "send/", posted, headers=SAME_ORIGIN))
    assert alice.receipt == first


def test_an_old_token_leads_back_to_the_check_page_with_her_words(alice):
    alice.open().press(words=WORDS)
    token = alice.fields["token"]
    with time_machine.travel(timezone.now() + timedelta(hours=30), tick=False):
        alice.press(step="send")
    assert not Submission.objects.exists()
    assert alice.fields["words"] == WORDS
    assert alice.fields["token"] != token


def test_sending_without_a_token_leads_to_the_check_page(alice):
    answer = alice.client.post(FORM + "send/", {"words": WORDS}, headers=SAME_ORIGIN)
    alice.action = FORM
    assert alice.look(answer).fields["words"] == WORDS
    assert not Submission.objects.exists()


# --------------------------------------------------------------------------- errors


def test_an_empty_letter_is_asked_for(alice):
    alice.open().press(signature="Ana")
    assert alice.response.status_code == 422
    assert alice.page.title.text.strip().startswith("Error:")
    assert alice.page.select_one(".error-summary a")["href"] == "#id_words"
    assert alice.fields["signature"] == "Ana"


def test_a_letter_that_is_too_long_is_kept_whole(alice):
    long = "ش" * 20_001
    alice.open().press(words=long)
    assert alice.response.status_code == 422
    assert "20,001" in alice.text and "20,000" in alice.text
    assert alice.fields["words"] == long


def test_a_language_that_does_not_exist_is_asked_for(alice):
    alice.open().press(words=WORDS, language="tlh-x")
    assert alice.response.status_code == 422
    assert alice.fields["words"] == WORDS


def test_errors_are_in_the_language_of_the_page(alice):
    alice.open("/ar/write/survivor/").press(words="")
    assert alice.page.html["lang"] == "ar"
    assert alice.response.status_code == 422


@pytest.mark.parametrize(
    "broken",
    [
        {"content_notes": ["nonsense"]},
        {"campaign": "1 OR 1=1"},
        {"campaign": "9" * 50},
        {"token": "\x00"},
        {"words": "\x00\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
        {"title": "\u202e" * 300},
        {"may_publish_words": "maybe"},
        {"language": "\x00"},
    ],
)
def test_nonsense_never_breaks_the_page(alice, broken):
    alice.open().press(**{"words": WORDS, **broken})
    assert alice.response.status_code in (200, 422)


# ------------------------------------------------------------------ decision-makers


@pytest.fixture
def office(site):
    return DecisionMaker.objects.create(
        name="The Example Platform",
        slug="example-platform",
        kind="platform",
        locale=site.en.locale,
    )


def test_a_letter_goes_to_a_decision_maker_of_the_list(alice, office):
    alice.open("/en/write/decision-maker/").press(words=WORDS, decision_maker=office.slug)
    assert "The Example Platform" in alice.page.select_one("article.letter").text
    alice.press(step="send")
    assert Submission.objects.get().decision_maker == office


def test_a_letter_goes_to_somebody_who_is_not_in_the_list(alice, office):
    alice.open("/en/write/decision-maker/").press(words=WORDS, addressee="Office of  Things")
    alice.press(step="send")
    assert Submission.objects.get().addressee == "Office of Things"


def test_a_letter_to_a_decision_maker_needs_one(alice, office):
    alice.open("/en/write/decision-maker/").press(words=WORDS)
    assert alice.response.status_code == 422
    assert alice.page.select_one(".error-summary a")["href"] == "#id_decision_maker_0"
    assert alice.fields["words"] == WORDS


def test_a_name_in_another_language_says_so(alice, office):
    alice.open("/es/write/decision-maker/")
    assert alice.page.select_one("input[value=example-platform] + span")["lang"] == "en"


def test_a_letter_to_a_survivor_asks_for_no_name(alice):
    alice.open()
    assert not {"decision_maker", "addressee"} & set(alice.fields)


# ------------------------------------------------------------------------- pictures


def test_a_picture_is_a_letter_too(alice):
    alice.open().press(picture=photo(), picture_alt="My handwriting").press(step="send")
    submission = Submission.objects.get()
    assert submission.picture_name
    assert submission.picture_alt == "My handwriting"
    assert submission.words == ""


def test_she_sees_her_picture_before_she_sends_it(alice):
    alice.open().press(picture=photo(), picture_alt="My handwriting")
    shown = alice.page.select_one("article.letter img")
    assert shown["alt"] == "My handwriting"
    assert (shown["width"], shown["height"]) == ("300", "200")
    answer = alice.client.get(shown["src"])
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(answer.content)).size == (300, 200)


def test_nobody_else_sees_it_and_she_not_for_ever(alice):
    address = alice.open().press(picture=photo()).page.select_one("article.letter img")["src"]
    assert alice.client.get(address[:-2] + "x/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=3, minutes=1), tick=False):
        assert alice.client.get(address).status_code == 404
    alice.press(step="send")
    assert alice.client.get(address).status_code == 404


def test_the_name_of_her_file_is_nowhere(alice):
    pages = [alice.open().press(picture=photo()).response, alice.press(step="change").response]
    pages.append(alice.press().response)
    pages.append(alice.press(step="send").response)
    assert not any(b"IMG_0042" in page.content for page in pages)
    row = repr(Submission.objects.values().get()) + repr(storages["private"].listdir("letters"))
    assert "IMG_0042" not in row


def test_a_picture_survives_a_mistake_elsewhere(alice):
    alice.open().press(picture=photo(), title="x" * 201)
    assert alice.response.status_code == 422
    alice.press(title="x").press(step="send")
    assert Submission.objects.get().picture_name


def test_a_picture_survives_a_change(alice):
    alice.open().press(picture=photo()).press(step="change").press(words=WORDS).press(step="send")
    assert Submission.objects.get().picture_name
    assert not PendingPicture.objects.exists()


def test_a_picture_can_be_left_out_again(alice):
    alice.open().press(words=WORDS, picture=photo()).press(step="change")
    alice.press(remove_picture="on").press(step="send")
    assert Submission.objects.get().picture_name == ""
    assert storages["private"].listdir("letters")[1] == []


def test_a_picture_that_waited_too_long_is_asked_for_again(alice):
    alice.open().press(words=WORDS, picture=photo())
    with time_machine.travel(timezone.now() + timedelta(hours=4), tick=False):
        alice.press(step="send")
        assert alice.response.status_code == 422
        assert "three hours" in alice.text
        assert alice.fields["words"] == WORDS
        alice.press(picture=photo()).press(step="send")
    assert Submission.objects.get().picture_name


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (b"", "empty"),
        (one_bit_png(11_000, 11_000), "40 megapixels"),
        (b"\xff\xd8\xff" + bytes(11 * 1024**2), "10 MB"),
        (b"\xff\xd8\xff" + bytes(26 * 1024**2), "10 MB"),
    ],
    ids=["svg", "empty", "bomb", "11 MB", "26 MB"],
)
def test_a_picture_that_cannot_be_taken_leaves_the_words(alice, data, message):
    alice.open().press(words=WORDS, picture=SimpleUploadedFile("me.jpg", data, "image/jpeg"))
    assert alice.response.status_code == 422
    assert message in alice.page.select_one("#id_picture_error").text
    assert alice.fields["words"] == WORDS


# -------------------------------------------------------------------------- strangers


def test_another_site_cannot_send_for_her_and_her_words_are_kept(alice):
    alice.headers = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    alice.open().press(words=WORDS)
    assert alice.response.status_code == 403
    assert alice.fields["words"] == WORDS


def test_another_site_cannot_press_the_last_button(alice):
    alice.open().press(words=WORDS)
    alice.headers = {"origin": "https://evil.example"}
    alice.press(step="send")
    assert alice.response.status_code == 403
    assert not Submission.objects.exists()
    assert "token" not in alice.fields


def test_an_old_browser_that_says_nothing_is_held(alice):
    alice.headers = {}
    alice.open().press(words=WORDS).press(step="send")
    assert "no-origin" in Submission.objects.get().held


def test_who_fills_in_the_hidden_field_is_held_and_not_told(alice):
    alice.open().press(words=WORDS, website="https://spam.example").press(step="send")
    assert len(alice.receipt) == 20
    assert "honeypot" in Submission.objects.get().held


def test_who_sends_within_a_moment_is_held(alice):
    with time_machine.travel(timezone.now(), tick=False):
        alice.open().press(words=WORDS).press(step="send")
    assert Submission.objects.get().held == ["too-fast"]


def test_many_letters_from_one_network_are_held_and_not_refused(alice):
    for _letter in range(21):
        alice.open().press(words=WORDS).press(step="send")
        assert alice.response.status_code == 200
    assert [("rate" in s.held) for s in Submission.objects.order_by("pk")] == [False] * 20 + [True]


def test_only_a_flood_is_sent_away_with_her_words(alice, monkeypatch):
    monkeypatch.setattr("letters.intake.limit.LIMITS", {"check": 60, "send": 0})
    alice.open().press(words=WORDS).press(step="send")
    assert alice.response.status_code == 429
    assert alice.response.headers["Retry-After"] == "600"
    assert alice.fields["words"] == WORDS
    assert not Submission.objects.exists()


@pytest.mark.parametrize("step", ["", "kit"])
def test_a_flood_of_pictures_is_not_looked_at_on_any_page(alice, monkeypatch, step):
    monkeypatch.setattr("letters.intake.limit.LIMITS", {"check": 0, "send": 0})
    data = {**alice.open().fields, "words": WORDS}
    answer = alice.client.post(f"/en/write/survivor/{step}/".replace("//", "/"), data)
    assert answer.status_code == 429
    assert WORDS in unescape(answer.content.decode())


def test_a_get_never_changes_anything(alice, django_assert_num_queries):
    alice.open().press(words=WORDS)
    for address in (FORM + "check/", FORM + "send/"):
        answer = alice.client.get(address, alice.fields)
        assert (answer.status_code, answer.headers["Location"]) == (302, FORM)
        assert alice.client.head(address).status_code == 302
    assert not Submission.objects.exists()


def test_she_may_say_in_her_own_words_what_readers_should_know_first(alice):
    alice.open().press(words=WORDS, content_notes=["threats"], other_note="Loss of a pet")
    notes = alice.page.select_one("article.letter summary").get_text(" ", strip=True)
    assert "Threats" in notes and "Loss of a pet" in notes
    alice.press(step="change").press().press(step="send")
    assert Submission.objects.get().content_notes == ["threats", "Loss of a pet"]


def test_a_description_of_a_picture_is_asked_for_and_not_forced(alice):
    alice.open().press(picture=photo())
    assert "cannot see your picture" in alice.text
    alice.press(step="send")
    assert Submission.objects.get().picture_name
    alice.open().press(picture=photo(), picture_alt="My handwriting")
    assert "cannot see your picture" not in alice.text


def test_a_letter_that_was_sent_cannot_be_made_again_from_its_check_page(alice):
    alice.open().press(words=WORDS, picture=photo())
    posted = dict(alice.fields)
    first = alice.press(step="send").receipt
    alice.look(alice.client.post(FORM, posted, headers=SAME_ORIGIN))
    assert alice.response.status_code == 200
    assert alice.receipt == first
    assert Submission.objects.count() == 1


def test_a_picture_that_was_left_out_is_not_missed_when_the_page_comes_again(alice):
    alice.open().press(words=WORDS, picture=photo()).press(step="change")
    posted = {**alice.fields, "remove_picture": "on"}
    for _time in range(2):
        alice.look(alice.client.post(FORM, posted, headers=SAME_ORIGIN))
        assert alice.response.status_code == 200


def test_sharing_from_a_page_that_became_too_old_says_so_and_loses_nothing(alice):
    alice.open().press(words=WORDS)
    alice.fields["token"] = "forged"
    alice.press(step="send", may_quote="on")
    assert "had become too old" in alice.text
    assert alice.fields["words"] == WORDS and alice.fields["may_quote"] == ["on"]
    assert not Submission.objects.exists()
