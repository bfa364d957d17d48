"""Letters decided together: what is shown before, what happens to each, and undo for all."""

import re
import time

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from letters.desk import together
from letters.intake import traces
from letters.models import Decision, Letter, Otherwise, Submission
from tests.letters.submissions import waiting
from tests.letters.test_desk_decisions import DESK, messages
from tests.markup import faults
from tests.people import person, signed_in

TOGETHER = f"{DESK}together/"


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


def chosen(desk, *letters):
    """The page that shows what would happen."""
    return desk.post(TOGETHER, {"letter": [letter.pk for letter in letters]})


def fields(page):
    """What a browser would send of that page, by its HTML alone."""
    html = page.content.decode()
    ticked = re.findall(r'name="letter" value="(\d+)" checked', html)
    seen = dict(re.findall(r'name="(seen-\d+)" value="(\w+)"', html))
    return {"letter": ticked, **seen}


def decide(desk, page, act, **more):
    return desk.post(f"{TOGETHER}decide/", fields(page) | {"act": act} | more, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def states():
    return list(Submission.objects.order_by("pk").values_list("state", flat=True))


# ------------------------------------------------------------------------- before


def test_the_page_says_what_would_happen_and_decides_nothing(desk, amal, bea):
    plain, marked, private = waiting(60), waiting(50, held=["rate"]), waiting(40)
    Submission.objects.filter(pk=private.pk).update(may_publish_words=False)
    second, own = waiting(30, held=["rate"]), waiting(20, held=["rate"])
    second.approve(bea), own.approve(amal)
    bare = waiting(15, picture_name="x")
    described = waiting(10, picture_name="x", picture_alt="A sheet of paper.")
    before = Decision.objects.count()
    page = chosen(desk, plain, marked, private, second, own, bare, described)
    assert (page.context["at_once"], page.context["first_of_two"]) == (2, 1)
    assert page.context["hindered"] == {
        str(why): 1
        for why in (
            together.NO_CONSENT,
            together.AGREED,
            together.NO_DESCRIPTION,
            together.LOOK_FIRST,
        )
    }
    html = text(page)
    for said, count in {
        "Readers will see at once": 2,
        "Need a second person after you": 1,
        "Cannot be published here: Its picture has no description": 1,
    }.items():
        assert re.search(f"<dt>{said}</dt><dd[^>]*>{count}</dd>", html), said
    assert html.index("Readers will see at once") < html.index("The letters</h2>")
    assert Decision.objects.count() == before and set(states()) == {"waiting"}


def test_the_words_can_be_read_there_in_their_language_and_direction(desk):
    letter = waiting(words="أنتِ لستِ وحدك.", language="ar", title="<b>", signature="هدى")
    page = chosen(desk, letter).content.decode()
    assert '<div lang="ar" dir="rtl">' in page and "أنتِ لستِ وحدك." in page
    assert "<h3>&lt;b&gt;</h3>" in page and "هدى" in page


def test_each_letter_shows_how_it_begins_and_the_rest_unfolds(desk):
    short = waiting(30, words="You are not alone.", signature="Maud")
    long = waiting(20, words=f"It began in May.\n\n{'And it went on. ' * 60}\n\nIt ended.")
    page = chosen(desk, short, long).content.decode()
    first, second = page.split('aria-label="Letter ')[1:3]
    assert "You are not alone." in first and "Maud" in first and "<details" not in first
    begins, rest = second.split("<summary>")
    assert "It began in May." in begins and "It ended." not in begins
    assert f"The rest of letter {long.pk}</summary>" in rest and "It ended." in rest
    assert '<div lang="en" dir="ltr">' in rest


def test_marked_places_are_counted_on_each_letter_and_before_all(desk, bea):
    words = "Ring 555-0163 or write to lamp.in.window@letters.example."
    plain, telling, second = waiting(30), waiting(20, words=words), waiting(10, words=words)
    Submission.objects.filter(pk=second.pk).update(held=["rate"])
    second.refresh_from_db()
    second.approve(bea, redactions=[["words", 5, 13, "contact"]])
    page = chosen(desk, plain, telling, second)
    assert [letter.places for letter in page.context["letters"]] == [0, 2, 1]
    assert page.context["marked"] == 2
    assert "2 places in it are marked: look closer" in text(page)
    assert "1 place in it is marked: look closer" in text(page)
    assert "Have marked places that readers would see</dt><dd" in text(page)


def test_fifty_letters_are_shown_in_few_queries(desk, django_assert_max_num_queries):
    letters = [waiting(100 - n, words="You are not alone. " * 50) for n in range(50)]
    chosen(desk, *letters[:2])
    with django_assert_max_num_queries(15):
        assert len(chosen(desk, *letters).context["letters"]) == 50


def test_what_the_first_of_two_blanked_out_is_not_shown_to_the_second(desk, bea):
    letter = waiting(words="Ask Ana about it.", held=["rate"])
    letter.approve(bea, redactions=[["words", 4, 7, "name"]])
    page = chosen(desk, letter).content.decode()
    assert "Ana" not in page and "a name was left out" in page


def test_what_somebody_else_reads_is_there_but_not_ticked(desk, bea):
    hers, free = waiting(20), waiting(10)
    hers.claim(bea)
    page = chosen(desk, hers, free)
    assert "bea is reading it" in text(page)
    assert fields(page)["letter"] == [str(free.pk)]
    assert page.context["at_once"] == 1
    page = chosen(desk, hers)
    assert fields(page)["letter"] == [] and page.context["at_once"] == 0
    assert "Publish those that are ticked" in text(page)


def test_letters_of_other_languages_and_of_leads_are_not_there(desk, bea):
    spanish, asked, own = waiting(language="es"), waiting(), waiting()
    asked.ask_lead(bea)
    assert fields(chosen(desk, spanish, asked, own))["letter"] == [str(own.pk)]
    decided = {"act": "decline", "reason": "spam", "letter": [spanish.pk, asked.pk]}
    seen = {f"seen-{letter.pk}": letter.seen for letter in (spanish, asked)}
    desk.post(f"{TOGETHER}decide/", decided | seen)
    assert states() == ["waiting"] * 3


def test_one_tick_brings_all_of_a_burst(desk, amal):
    letters = [waiting(50 - n, words="The same words again and again." * 3) for n in range(14)]
    for letter in letters:
        traces.look(letter.pk)
    Submission.objects.update(held=[])
    page = chosen(desk, letters[0])
    assert [letter.pk for letter in page.context["letters"]] == [one.pk for one in letters]
    answer = decide(desk, page, "publish")
    assert "14 letters published." in text(answer)
    assert Letter.objects.count() == 14


def test_at_most_fifty_are_decided_together_and_the_rest_stay_in_one_row(desk, amal):
    first = waiting(1000, same_words="x")
    for n in range(54):
        waiting(900 - n, same_words="x", burst_of=first)
    other = waiting(5000)
    page = chosen(desk, first, other)
    assert len(page.context["letters"]) == 50 and page.context["too_many"] == 6
    assert "At most 50 letters are decided together: 6 more stay in the queue." in text(page)
    decide(desk, page, "decline", reason="spam")
    rows = desk.get(DESK).context["rows"]
    assert [row.together for row in rows] == [6]


def test_without_a_choice_the_list_comes_back(desk):
    waiting()
    for posted in ({}, {"elsewhere": "-x"}, {"letter": ["x", "9" * 30]}, {"letter": ["987654"]}):
        answer = desk.post(TOGETHER, posted, follow=True)
        assert answer.redirect_chain[-1][0] == DESK
        assert "Choose letters that wait for you." in messages(answer)


# --------------------------------------------------------------------- what happens


def test_each_is_published_or_waits_for_the_second_in_one_batch(desk, amal):
    plain, marked, bare = waiting(30), waiting(20, held=["rate"]), waiting(10, picture_name="x")
    answer = decide(desk, chosen(desk, plain, marked, bare), "publish")
    assert "1 letter published." in text(answer)
    assert "You agreed to 1 letter. Readers see it when one more person agrees." in text(answer)
    assert f"Its picture has no description: {bare.pk}" in messages(answer)
    assert states() == ["published", "waiting", "waiting"]
    decisions = list(Decision.objects.order_by("pk").values_list("act", "submission", "moderator"))
    assert decisions == [("publish", plain.pk, amal.pk), ("agree", marked.pk, amal.pk)]
    (batch,) = set(Decision.objects.values_list("batch", flat=True))
    assert len(batch) == 32 and answer.redirect_chain[-1][0] == f"{TOGETHER}{batch}/"
    entries = ModelLogEntry.objects.filter(action__startswith="letters.")
    logged = set(entries.values_list("action", "label", "user"))
    assert logged == {
        ("letters.publish", f"Submission {plain.pk}", amal.pk),
        ("letters.agree", f"Submission {marked.pk}", amal.pk),
    }


def test_declining_takes_a_reason_and_a_note_for_each_writer(desk):
    page = chosen(desk, waiting(20), waiting(10))
    answer = decide(desk, page, "decline", note="Please send it again without the name.")
    assert "Choose a reason: the writer will see it." in text(answer)
    assert "without the name.</textarea>" in text(answer) and states() == ["waiting"] * 2
    answer = decide(desk, answer, "decline", reason="spam", note="Without the name.")
    assert "2 letters declined." in text(answer)
    assert {one.note for one in Submission.objects.all()} == {"Without the name."}
    assert set(Decision.objects.values_list("reason", flat=True)) == {"spam"}


def test_passing_on_asks_for_nothing(desk):
    letters = [waiting(20), waiting(10)]
    answer = decide(desk, chosen(desk, *letters), "pass")
    assert "2 letters passed on." in text(answer)
    assert states() == ["waiting"] * 2 and desk.get(DESK).context["rows"] == []


def test_what_is_not_ticked_any_more_is_left_alone(desk):
    kept, left = waiting(20), waiting(10)
    page = chosen(desk, kept, left)
    desk.post(
        f"{TOGETHER}decide/",
        fields(page) | {"letter": [kept.pk], "act": "decline", "reason": "hate"},
    )
    assert states() == ["declined", "waiting"]
    answer = decide(desk, chosen(desk, left), "decline", reason="hate", letter=[])
    assert "Choose at least one letter." in messages(answer) and states()[1] == "waiting"


def test_what_others_decided_meanwhile_stays_as_they_decided(desk, bea):
    mine, taken, back = waiting(30), waiting(20), waiting(10)
    page = chosen(desk, mine, taken, back)
    Submission.objects.get(pk=taken.pk).decline(bea, "hate")
    Submission.objects.get(pk=back.pk).withdraw()
    answer = decide(desk, page, "publish")
    assert "1 letter published." in text(answer)
    assert (
        f"Decided meanwhile, so your decision changed nothing: {taken.pk}, {back.pk}"
        in messages(answer)
    )
    assert states() == ["published", "declined", "withdrawn"]
    told = Otherwise.objects.values_list("user__username", "submission", "what")
    assert list(told) == [("bea", taken.pk, "wanted-publish")]


def test_where_all_were_decided_meanwhile_the_list_says_so(desk, bea):
    letter = waiting()
    page = chosen(desk, letter)
    Submission.objects.get(pk=letter.pk).decline(bea, "hate")
    answer = decide(desk, page, "publish")
    assert answer.redirect_chain[-1][0] == DESK and "Decided meanwhile" in messages(answer)


@pytest.mark.parametrize("act", ["publish", "decline"])
def test_a_decision_counts_only_for_what_she_saw(desk, act):
    same, changed = waiting(20), waiting(10, words="My name is Ana.")
    page = chosen(desk, same, changed)
    Submission.objects.get(pk=changed.pk).blank_out(["Ana"])
    answer = decide(desk, page, act, reason="spam")
    assert f"Changed meanwhile, so please look again: {changed.pk}" in messages(answer)
    assert states() == ["published" if act == "publish" else "declined", "waiting"]


def test_what_changed_while_she_chose_a_reason_is_shown_again_and_not_ticked(desk):
    same, changed = waiting(20), waiting(10, words="My name is Ana.")
    page = chosen(desk, same, changed)
    Submission.objects.get(pk=changed.pk).blank_out(["Ana"])
    answer = decide(desk, page, "decline")
    assert "It has changed since you read it" in text(answer)
    assert fields(answer)["letter"] == [str(same.pk)]


def test_what_was_not_on_the_page_is_not_decided(desk):
    letter = waiting()
    desk.post(f"{TOGETHER}decide/", {"letter": [letter.pk], "act": "decline", "reason": "spam"})
    assert states() == ["waiting"]


# ------------------------------------------------------------------------------ undo


def test_all_of_it_is_undone_at_once(desk, amal):
    letters = [waiting(30), waiting(20), waiting(10, held=["rate"])]
    answer = decide(desk, chosen(desk, *letters), "publish")
    address = re.search(r'action="(/admin/desk/undo/batch/\w+/)"', text(answer))[1]
    desk.post(address)
    assert states() == ["waiting"] * 3 and not Letter.objects.exists()
    assert not Submission.objects.exclude(agreed_by=None).exists()
    answer = desk.get(answer.redirect_chain[-1][0], follow=True)
    assert answer.redirect_chain[-1][0] == DESK  # nothing stands any more


def test_what_others_decided_together_is_not_hers_to_see_or_undo(desk, client, bea):
    answer = decide(desk, chosen(desk, waiting()), "publish")
    address = answer.redirect_chain[-1][0]
    signed_in(client, bea)
    assert client.get(address, follow=True).redirect_chain[-1][0] == DESK


# -------------------------------------------------------------------------- the rest


def test_a_get_decides_nothing_and_a_decision_needs_the_forms_own_token(desk, amal):
    letter = waiting()
    posted = {"letter": [letter.pk], f"seen-{letter.pk}": letter.seen, "act": "publish"}
    browser = signed_in(Client(enforce_csrf_checks=True), amal)
    for path in (TOGETHER, f"{TOGETHER}decide/"):
        assert desk.get(path, posted).status_code == 405
        assert browser.post(path, posted).status_code == 403
    assert states() == ["waiting"]


def test_it_is_not_there_for_others(client, site):
    letter = waiting()
    signed_in(client, person("eva", "Editors"))
    assert client.post(TOGETHER, {"letter": [letter.pk]}).status_code == 404
    assert client.post(f"{TOGETHER}decide/", {"letter": [letter.pk]}).status_code == 404
    assert client.get(f"{TOGETHER}{'0' * 32}/").status_code == 404


def test_no_word_of_a_letter_is_in_messages_or_the_log(desk):
    letter = waiting(words="canary", title="canary", signature="canary", addressee="canary")
    answer = decide(desk, chosen(desk, letter), "decline", reason="spam", note="canary")
    assert "canary" not in text(answer)
    assert "canary" not in repr(list(ModelLogEntry.objects.values()))


def test_its_pages_are_valid_html(desk, bea):
    letters = [waiting(30, held=["rate"], content_notes=["hate", "own"]), waiting(20, title="x")]
    letters[1].claim(bea)
    listed, page = desk.get(DESK), chosen(desk, *letters)
    for answer in (listed, page, decide(desk, page, "decline"), decide(desk, page, "publish")):
        html = answer.content.decode()
        ours = html[html.index('<div class="desk">') : html.rindex("</main>")]
        around = "<div>" * (ours.count("</div>") - ours.count("<div"))
        assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == []


def test_fifty_letters_are_published_in_under_two_seconds(desk):
    letters = [waiting(100 - n, words="You are not alone. " * 50) for n in range(50)]
    page = chosen(desk, *letters)
    began = time.process_time()
    answer = decide(desk, page, "publish")
    taken = time.process_time() - began
    print(f"50 letters: {taken:.2f} s")
    assert "50 letters published." in text(answer)
    assert taken < 2
