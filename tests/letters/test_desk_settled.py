"""Decided letters at the desk: found again, taken down, put back, corrected; and what becomes of a
decision that came second."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from letters.desk.decided_views import SettledView
from letters.desk.found import MOST_FOUND
from letters.desk.queue import Queue
from letters.desk.second import Wish, answer
from letters.models import Letter, Report, Submission
from letters.retention import delete_what_was_taken_down
from tests.letters.submissions import waiting
from tests.markup import faults
from tests.people import person, signed_in

DESK = "/admin/desk/"
LIST = f"{DESK}decided/"


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def lead(db):
    return person("lina", "Lead moderators")


def published(moderator=None, **fields):
    submission = waiting(**fields)
    submission.publish(moderator)
    return submission


def declined(moderator=None, reason="spam", **fields):
    submission = waiting(**fields)
    submission.decline(moderator, reason)
    return submission


def keys(page):
    return [row.submission_id for row in page.context["rows"]]


def text(response):
    return " ".join(response.content.decode().split())


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])


def now(submission):
    return Submission.objects.get(pk=submission.pk)


def minutes_later(minutes):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        delete_what_was_taken_down()


# ---------------------------------------------------------------------------- list


def test_the_newest_decision_stands_first_and_each_letter_once(desk, amal):
    first, second, third = published(amal), declined(amal), waiting()
    first.take_down(amal, "hate")
    page = desk.get(LIST)
    assert keys(page) == [first.pk, second.pk]
    assert "Taken down: It is hateful" in text(page)
    assert f"Letter {third.pk}<" not in text(page)


def test_the_list_is_read_in_pages_without_gaps(desk):
    made = [published().pk for _number in range(27)]
    first = desk.get(LIST)
    second = desk.get(f"{LIST}?{first.context['next_page']}")
    assert keys(first) + keys(second) == made[::-1]
    assert second.context["next_page"] == ""


def test_only_the_languages_that_she_reads(desk):
    spanish, arabic = published(language="es"), published(language="ar")
    assert keys(desk.get(LIST)) == [arabic.pk]
    assert desk.get(f"{LIST}{spanish.pk}/").status_code == 404
    assert keys(desk.get(LIST, {"q": "alone"})) == [arabic.pk]
    for asked in (str(spanish.pk), spanish.letter.address):
        assert desk.get(LIST, {"q": asked}).status_code == 200
    for act in ("take-down", "put-back", "restore", "correct"):
        assert desk.post(f"{LIST}{spanish.pk}/{act}/", {"reason": "hate"}).status_code == 404
    assert Letter.objects.public().filter(language="es").exists()


def test_the_list_is_narrowed_by_outcome_and_language(desk, amal):
    english, arabic = published(), published(language="ar")
    refused, gone, down = declined(), published(), published()
    gone.withdraw()
    down.take_down(amal, "hate")
    for outcome, expected in {
        "published": [arabic.pk, english.pk],
        "declined": [refused.pk],
        "taken-down": [down.pk],
        "gone": [gone.pk],
    }.items():
        assert keys(desk.get(LIST, {"outcome": outcome})) == expected, outcome
    page = desk.get(LIST, {"outcome": "published", "language": "ar"})
    assert keys(page) == [arabic.pk]


def test_her_own_decisions_are_hers_alone(desk, amal, bea):
    hers, another = published(amal), published(bea)
    passed = waiting()
    passed.pass_on(amal)
    page = desk.get(LIST, {"mine": "1"})
    assert keys(page) == [passed.pk, hers.pk]
    assert f'href="{DESK}{passed.pk}/"' in text(page)
    assert keys(desk.get(LIST)) == [another.pk, hers.pk]


def test_nothing_in_the_list_says_who_decided(desk, bea):
    published(bea)
    assert "bea" not in text(desk.get(LIST))


def test_words_are_searched_in_public_letters_only(desk):
    found = published(words="A red umbrella")
    declined(words="A red umbrella")
    assert keys(desk.get(LIST, {"q": "RED umbr"})) == [found.pk]
    assert keys(desk.get(LIST, {"q": "green"})) == []
    assert "No decided letter is like that" in text(desk.get(LIST, {"q": "green"}))


def test_a_search_is_bounded(desk, monkeypatch):
    monkeypatch.setattr("letters.desk.found.MOST_FOUND", 2)
    made = [published().pk for _number in range(3)]
    assert MOST_FOUND > 25
    assert keys(desk.get(LIST, {"q": "alone"})) == made[:0:-1]


def test_a_number_or_an_address_leads_to_the_letter(desk):
    submission = published()
    page = f"{LIST}{submission.pk}/"
    for asked in (str(submission.pk), submission.letter.address, submission.letter.code):
        assert desk.get(LIST, {"q": asked}).headers["Location"] == page, asked
    assert desk.get(LIST, {"q": "999999"}).status_code == 200
    assert desk.get(LIST, {"q": "9" * 40}).status_code == 200
    waits = waiting()
    to_the_desk = desk.get(LIST, {"q": str(waits.pk)}, follow=True)
    assert to_the_desk.redirect_chain[-1][0] == f"{DESK}{waits.pk}/"


def test_a_cursor_that_is_not_ours_is_the_first_page(desk):
    submission = published()
    assert keys(desk.get(LIST, {"after": "x' or 1=1"})) == [submission.pk]


def test_she_undoes_what_she_decided_a_moment_ago_and_nothing_else(desk, amal, bea):
    old, another, hers = published(amal), published(bea), published(amal)
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        older = published(amal)
    down = published(amal)
    down.take_down(bea, "hate")
    rows = desk.get(LIST, {"mine": "1"}).context["rows"]
    may = {row.submission_id for row in rows if row.may_be_undone}
    assert may == {old.pk, hers.pk}
    page = text(desk.get(LIST))
    assert f"/undo/{hers.decisions.get().pk}/" in page
    for one in (another, older, down):
        assert f"/undo/{one.decisions.first().pk}/" not in page
    desk.post(f"{DESK}undo/{hers.decisions.get().pk}/")
    assert now(hers).state == "waiting"
    assert hers.pk not in keys(desk.get(LIST))


def test_what_was_decided_together_is_undone_together(desk, amal):
    pair = [waiting(), waiting()]
    for submission in pair:
        submission.decline(amal, "spam", batch="b" * 32)
    page = text(desk.get(LIST))
    assert page.count("/undo/batch/") == 1
    desk.post(f"{DESK}undo/batch/{'b' * 32}/")
    assert {now(one).state for one in pair} == {"waiting"}


def test_the_list_costs_the_same_however_much_was_decided(
    desk, amal, django_assert_max_num_queries
):
    published(amal)
    desk.get(LIST)
    for parameters in ({}, {"mine": "1"}, {"q": "alone"}):
        cache.clear()
        with django_assert_max_num_queries(15) as few:
            desk.get(LIST, parameters)
        for _number in range(8):
            published(amal).take_down(amal, "hate")
            published(amal)
        cache.clear()
        with django_assert_max_num_queries(15) as many:
            desk.get(LIST, parameters)
        assert len(few) == len(many), parameters


# ---------------------------------------------------------------------- one letter


def test_it_says_what_readers_see_and_who_decided_what(desk, amal, bea):
    submission = published(bea, words="Readers see this.", content_notes=["threats"])
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "Readers see this." in page and submission.letter.address in page
    assert "Threats" in page and "bea" in page and "Published" in page
    submission.take_down(amal, "hate", note="It calls somebody names.")
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "Readers don’t see it" in page and "It is hateful" in page
    assert "It calls somebody names." in page


def test_a_letter_that_its_writer_took_back_offers_nothing(desk, amal):
    submission = published(amal, words="Canary words", title="Canary")
    submission.withdraw()
    answer_ = desk.get(f"{LIST}{submission.pk}/")
    page = text(answer_)
    assert "Taken back by its writer" in page and "Canary" not in page
    ours = page[page.index('class="desk desk-settled"') :]
    assert "<form" not in ours
    for act in ("take-down", "put-back", "restore", "correct"):
        fields = {"reason": "hate", "language": "en", "gap_reason": "name"}
        after = desk.post(f"{LIST}{submission.pk}/{act}/", fields, follow=True)
        assert "its writer has taken this letter back" in messages(after), act


def test_an_erased_letter_offers_nothing_impossible(desk, amal):
    submission = declined(amal, words="Canary words")
    submission.erase()
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "thirty days after the decision" in page and "Put it back" not in page
    after = desk.post(f"{LIST}{submission.pk}/put-back/", follow=True)
    assert "This changed nothing" in messages(after)
    assert now(submission).state == "declined"


def test_a_published_letter_stays_correctable_when_its_private_part_is_gone(desk, amal):
    submission = published(amal)
    submission.erase()
    page = text(desk.get(f"{LIST}{submission.pk}/"))
    assert "Correct it" in page and "Take it down" in page and "Put it back" not in page
    correct(desk, submission, phrases="alone")
    assert "alone" not in Letter.objects.get().words


def test_it_is_taken_down_undone_and_published_again(desk, client, amal):
    submission = published(amal)
    address, page = submission.letter.address, f"{LIST}{submission.pk}/"
    assert "Choose a reason" in text(desk.post(f"{page}take-down/"))
    assert Letter.objects.public().exists()
    desk.post(f"{page}take-down/", {"reason": "hate", "note": "Names."})
    assert client.get(address).status_code == 404
    decision = submission.decisions.latest("pk")
    assert f"/undo/{decision.pk}/" in text(desk.get(page))
    desk.post(f"{DESK}undo/{decision.pk}/")
    assert client.get(address).status_code == 200
    desk.post(f"{page}take-down/", {"reason": "hate"})
    minutes_later(11)
    assert not Letter.objects.exists()
    assert "Publish it again" in text(desk.get(page))
    desk.post(f"{page}restore/")
    assert client.get(address).status_code == 200
    assert [x.act for x in submission.decisions.order_by("pk")] == [
        *("publish", "take-down", "undo", "take-down", "restore")
    ]
    log = ModelLogEntry.objects.order_by("pk").values_list("action", "label", "user__username")
    acts = ["take_down", "undo", "take_down", "restore"]
    number = f"Submission {submission.pk}"
    assert list(log) == [(f"letters.{act}", number, "amal") for act in acts]


def test_taking_a_reported_letter_down_decides_its_reports_too(desk, amal):
    submission = published(amal)
    Report.take(submission.letter, reason="about-me")
    assert "/admin/desk/reports/" in text(desk.get(f"{LIST}{submission.pk}/"))
    desk.post(f"{LIST}{submission.pk}/take-down/", {"reason": "hate"})
    assert Report.objects.get().state == "granted"
    assert now(submission).state == "declined"


def test_it_goes_back_into_the_queue_and_readers_lose_it(desk, client, amal):
    submission = published(amal, with_picture=True, picture_alt="A page")
    address = submission.letter.address
    desk.post(f"{LIST}{submission.pk}/put-back/")
    assert client.get(address).status_code == 404
    assert not get_image_model().objects.exists()
    assert now(submission).state == "waiting"
    assert ModelLogEntry.objects.get().action == "letters.return"
    again = desk.post(f"{LIST}{submission.pk}/put-back/", follow=True)
    assert "This changed nothing" in messages(again)
    now(submission).publish(amal)
    assert client.get(address).status_code == 200


def test_a_get_changes_nothing_and_an_act_needs_the_forms_own_token(desk, amal):
    submission = published(amal)
    browser = signed_in(Client(enforce_csrf_checks=True), amal)
    acts = [f"decided/{submission.pk}/{x}" for x in ("take-down", "put-back", "restore", "correct")]
    for act in [*acts, f"{submission.pk}/object", f"{submission.pk}/leave-out"]:
        assert desk.get(f"{DESK}{act}/").status_code == 405, act
        assert browser.post(f"{DESK}{act}/").status_code == 403, act
    assert Letter.objects.public().exists()


@pytest.mark.parametrize("group", ["Editors", "Translators: es"])
def test_it_is_not_there_for_others(client, site, group):
    submission = published()
    signed_in(client, person("eva", group))
    for path in ("", f"{submission.pk}/", f"{submission.pk}/picture/clear/"):
        assert client.get(LIST + path).status_code == 404, path
    for act in ("take-down", "put-back", "restore", "correct"):
        assert client.post(f"{LIST}{submission.pk}/{act}/").status_code == 404, act
    assert Letter.objects.public().exists()


def test_its_picture_is_veiled_first_and_shown_while_it_is_hidden(desk, amal):
    submission = published(amal, with_picture=True, picture_alt="A page")
    base = f"{LIST}{submission.pk}/"
    assert 'src="/admin/desk/' not in text(desk.get(base))
    assert f'src="{base}picture/veiled/"' in text(desk.get(base, {"picture": "veiled"}))
    submission.take_down(amal, "hate")
    for shows in ("veiled", "clear"):
        got = desk.get(f"{base}picture/{shows}/")
        assert got.headers["Content-Type"] == "image/webp"
        assert got.headers["Cache-Control"] == "private, no-store"
    assert desk.get(f"{LIST}{published().pk}/picture/clear/").status_code == 404


def test_its_page_costs_the_same_however_long_its_history(
    desk, amal, django_assert_max_num_queries
):
    submission = published(amal)
    desk.get(f"{LIST}{submission.pk}/")
    with django_assert_max_num_queries(15) as few:
        desk.get(f"{LIST}{submission.pk}/")
    for _number in range(5):
        submission.take_down(amal, "hate")
        submission.restore(person(f"p{_number}", "Moderators"))
    with django_assert_max_num_queries(15) as many:
        desk.get(f"{LIST}{submission.pk}/")
    assert len(few) == len(many)


# ----------------------------------------------------------------------- corrected


def correct(desk, submission, follow=False, **fields):
    letter = Letter.objects.get(submission=submission)
    values = {
        "language": letter.language,
        "content_notes": letter.content_notes_codes,
        "picture_alt": letter.picture_alt,
        "gap_reason": "name",
        "facts": submission.facts(letter),
    }
    return desk.post(f"{LIST}{submission.pk}/correct/", values | fields, follow=follow)


def test_she_corrects_notes_and_description_and_readers_see_it(desk, amal):
    submission = published(
        amal, with_picture=True, picture_alt="A pgae", content_notes=["threats", "my own note"]
    )
    correct(desk, submission, content_notes=["hate"], picture_alt="A page")
    letter = Letter.objects.get()
    assert letter.content_notes_codes == ["hate", "my own note"]
    assert letter.picture_alt == "A page"
    assert submission.decisions.latest("pk").act == "correct"
    assert ModelLogEntry.objects.get().action == "letters.correct"
    assert "needs a description" in text(correct(desk, submission, picture_alt=" "))
    assert Letter.objects.get().picture_alt == "A page"


def test_what_is_as_it_was_is_no_correction(desk, amal):
    submission = published(amal, content_notes=["hate", "threats"])
    after = correct(desk, submission, follow=True)
    assert "You changed nothing" in messages(after)
    assert submission.decisions.count() == 1
    assert not ModelLogEntry.objects.exists()


def test_in_another_language_it_belongs_to_those_who_read_that(desk, client, amal):
    submission = published(amal)
    after = correct(desk, submission, follow=True, language="es")
    assert after.redirect_chain[-1][0] == LIST
    assert Letter.objects.get().language == now(submission).language == "es"


def test_no_field_changes_her_words(desk, amal):
    submission = published(amal, title="To you", words="You are not alone.", signature="Ana")
    changed = {"words": "x", "title": "x", "signature": "x", "excerpt": "x"}
    correct(desk, submission, content_notes=["hate"], **changed)
    letter = Letter.objects.get()
    assert (letter.title, letter.words, letter.signature) == ("To you", "You are not alone.", "Ana")


def test_more_words_are_left_out_everywhere_and_stay_so_when_it_is_published_anew(desk, amal):
    submission = published(amal, words="Joan wrote. Call Joan of Quito.", title="Joan")
    correct(desk, submission, phrases="Joan\nQuito", gap_reason="name")
    assert Letter.objects.get().words == "⟦name⟧ wrote. Call ⟦name⟧ of ⟦name⟧."
    row = repr(Letter.objects.values().get())
    assert "Joan" not in row and "Quito" not in row
    desk.post(f"{LIST}{submission.pk}/put-back/")
    now(submission).publish(amal)
    row = repr(Letter.objects.values().get())
    assert "Joan" not in row and "Quito" not in row


def test_a_correction_stays_when_it_is_taken_down_and_published_again(desk, amal):
    submission = published(amal, words="Joan wrote.", content_notes=["threats"])
    correct(desk, submission, phrases="Joan", content_notes=["hate"])
    desk.post(f"{LIST}{submission.pk}/take-down/", {"reason": "hate"})
    minutes_later(11)
    assert not Letter.objects.exists()
    desk.post(f"{LIST}{submission.pk}/restore/")
    letter = Letter.objects.get()
    assert (letter.words, letter.content_notes_codes) == ("⟦name⟧ wrote.", ["hate"])


def test_words_that_stand_nowhere_are_said_and_nothing_is_changed(desk, amal):
    submission = published(amal, words="Joan wrote.")
    page = text(correct(desk, submission, phrases="Joan\nMarisol", content_notes=["hate"]))
    assert "stands nowhere in the letter" in page and "Marisol" in page
    assert Letter.objects.get().words == "Joan wrote."
    assert Letter.objects.get().content_notes_codes == []
    assert "Joan" not in repr(list(ModelLogEntry.objects.values()))


# -------------------------------------------------------------------- came second


def came_second(rf, user, submission, act, **posted):
    """The answer to somebody who decides a letter that was decided already."""
    data = QueryDict(mutable=True)
    for name, value in posted.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    view = SettledView()
    view.setup(rf.get("/"), pk=submission.pk)
    view.request.user, view.queue = user, Queue(user)
    return answer(view, Wish.of(act, data, now(submission)))


@pytest.mark.parametrize("headers", [{}, {"X-Desk": "letter"}])
def test_a_decision_that_comes_second_is_answered_with_both(desk, bea, headers):
    submission = published(bea)
    fields = {"reason": "hate", "note": "It calls somebody names."}
    second = desk.post(f"{DESK}{submission.pk}/decline/", fields, headers=headers)
    page = text(second)
    assert "bea has published this letter" in page
    assert "You wanted to decline it: It is hateful" in page
    assert "It calls somebody names." in page
    assert f'action="{DESK}{submission.pk}/object/"' in page
    assert ("<html" in page) == (not headers)
    assert Letter.objects.public().exists() and submission.decisions.count() == 1


def test_who_wanted_the_same_has_nothing_left_to_do(rf, amal, bea):
    for submission, act in ((published(bea), "publish"), (declined(bea), "decline")):
        second = came_second(rf, amal, submission, act, reason="hate")
        assert second.context_data["agrees"] and not second.context_data["may_object"]
        assert "bea has" in second.context_data["outcome"]


def test_who_wanted_something_else_may_bring_it_to_a_lead(rf, amal, bea):
    second = came_second(rf, amal, published(bea), "decline", reason="hate", note="Says names.")
    assert second.context_data["may_object"]
    assert second.context_data["ask_form"]["question"].value() == "Says names."
    assert "It is hateful" in second.context_data["wish"].sentence
    assert came_second(rf, amal, declined(bea), "publish").context_data["may_object"]


def test_nothing_is_offered_about_a_letter_that_its_writer_took_back(rf, amal, bea):
    submission = published(bea)
    submission.withdraw()
    second = came_second(rf, amal, submission, "decline", reason="hate")
    assert not second.context_data["may_object"]


def test_a_decline_against_a_publication_hides_it_until_a_lead_has_looked(
    desk, client, amal, bea, lead
):
    submission = published(bea)
    address = submission.letter.address
    fields = {"act": "decline", "reason": "hate", "question": "It names my neighbour."}
    said = desk.post(f"{DESK}{submission.pk}/object/", fields, follow=True)
    assert "A lead will look" in messages(said)
    assert client.get(address).status_code == 404
    submission = now(submission)
    assert (submission.state, submission.for_lead) == ("waiting", True)
    assert "It is hateful" in submission.question
    assert "It names my neighbour." in submission.question
    assert [x.act for x in submission.decisions.order_by("pk")] == ["publish", "return", "ask"]
    assert submission.decisions.latest("pk").moderator == amal
    assert {x.action for x in ModelLogEntry.objects.all()} == {"letters.return", "letters.ask"}
    assert "neighbour" not in repr(list(ModelLogEntry.objects.values()))
    asks = signed_in(Client(), lead).get(f"{DESK}{submission.pk}/")
    assert "It names my neighbour." in text(asks)


def test_a_publication_against_a_decline_asks_a_lead_and_shows_nothing(desk, amal, bea):
    submission = declined(bea)
    desk.post(f"{DESK}{submission.pk}/object/", {"act": "publish", "question": ""})
    submission = now(submission)
    assert (submission.state, submission.for_lead) == ("waiting", True)
    assert not Letter.objects.exists()


def test_an_objection_that_is_none_changes_nothing(desk, amal, bea):
    submission = published(bea)
    said = desk.post(f"{DESK}{submission.pk}/object/", {"act": "publish"}, follow=True)
    assert "This changed nothing" in messages(said)
    assert Letter.objects.public().exists()


def test_a_letter_whose_addition_was_declined_stays_with_its_readers(desk, rf, amal, bea):
    submission = waiting(
        with_picture=True, picture_alt="A page", may_publish_picture=False, may_publish_words=True
    )
    submission.publish(bea)
    submission.allow({"words", "picture"})
    submission.decline(bea, "hate")
    second = came_second(rf, amal, submission, "publish")
    assert not second.context_data["agrees"] and not second.context_data["may_object"]
    desk.post(f"{DESK}{submission.pk}/object/", {"act": "publish"})
    assert Letter.objects.public().exists()


def test_words_that_the_second_had_left_out_are_left_out_by_one_button(desk, rf, amal, bea):
    submission = published(bea, words="Joan wrote. Call Quito.")
    marked = ["words:0-4:name", "words:17-22:place"]
    posted = {"redaction": marked, "texts": submission.texts_seen}
    second = came_second(rf, amal, submission, "publish", **posted)
    context = second.context_data
    assert context["agrees"] and context["may_leave_out"]
    assert [one["text"] for one in context["left_out"]] == ["Joan", "Quito"]
    desk.post(f"{DESK}{submission.pk}/leave-out/", posted)
    assert Letter.objects.get().words == "⟦name⟧ wrote. Call ⟦place⟧."
    second = came_second(rf, amal, submission, "publish", **posted)
    assert not second.context_data["may_leave_out"]


# ------------------------------------------------------------------------- the rest


def test_its_pages_are_valid_html(client, rf, lead, amal):
    signed_in(client, lead)
    shown = published(lead, with_picture=True, picture_alt="A page", language="ar")
    refused = declined(lead, words="## One\n\nTwo", contact="her@example.org")
    gone = published(lead)
    gone.withdraw()
    paths = [LIST, f"{LIST}?mine=1&q=alone", *(f"{LIST}{x.pk}/" for x in (shown, refused, gone))]
    pages = [client.get(path).content for path in [*paths, f"{LIST}{shown.pk}/?picture=clear"]]
    pages.append(client.post(f"{LIST}{shown.pk}/take-down/").content)
    pages.append(correct(client, shown, phrases="Nowhere").content)
    pages.append(client.post(f"{DESK}{refused.pk}/object/", {"question": "x" * 2000}).content)
    for number, page in enumerate(pages):
        page = page.decode()
        ours = page[page.index('<div class="desk') : page.rindex("</main>")]
        around = "<div>" * (ours.count("</div>") - ours.count("<div"))
        assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == [], number


def test_the_listing_of_letters_leads_to_the_desk(client, amal, admin_user):
    english, spanish = published(), published(language="es")
    signed_in(client, amal)
    page = text(client.get("/admin/snippets/letters/letter/"))
    assert f'href="{LIST}{english.pk}/"' in page
    assert f'href="{LIST}{spanish.pk}/"' not in page
    signed_in(client, person("eva", "Editors"))
    assert "/admin/desk/" not in text(client.get("/admin/snippets/letters/letter/"))
