"""Who finds which letter in her queue, in which order, and what the numbers say."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from letters.desk import counters, readers
from letters.desk.panel import DeskPanel
from letters.desk.queue import Queue
from letters.intake import traces
from letters.models import Decision, ModeratorProfile, Submission
from portal import tree
from tests.letters.submissions import waiting
from tests.letters.test_desk_decisions import DESK
from tests.people import person, signed_in


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def lina(db):
    return person("lina", "Lead moderators")


def keys(queue, **narrower):
    return [row.pk for row in queue.rows(**narrower)[0]]


def prefers(user, **fields):
    ModeratorProfile.objects.update_or_create(user=user, defaults=fields)


# ----------------------------------------------------------------- what is in a queue


def test_languages_are_mixed_oldest_first(amal):
    letters = [waiting(100 - n, language="ar" if n % 3 else "en") for n in range(9)]
    assert keys(Queue(amal)) == [letter.pk for letter in letters]


@pytest.mark.parametrize(
    ("wish", "with_picture", "kind"),
    [("takes_pictures", True, "decision-maker"), ("takes_survivor_letters", False, "survivor")],
)
def test_what_she_does_not_take_today_is_not_there_and_not_counted(amal, wish, with_picture, kind):
    waiting(30, picture_name="x" if with_picture else "", kind=kind)
    other = waiting(20, kind="decision-maker")
    assert len(keys(Queue(amal))) == 2
    prefers(amal, **{wish: False})
    queue = Queue(amal)
    assert keys(queue) == [other.pk] and queue.first() == other.pk
    assert queue.count()["waiting"] == 1


def test_what_a_lead_is_asked_about_stands_in_the_queues_of_leads_and_first(amal, bea, lina):
    older, asked = waiting(30), waiting(20)
    asked.ask_lead(bea, "Is this about a real person?")
    assert keys(Queue(amal)) == [older.pk] and Queue(amal).count()["waiting"] == 1
    assert Queue(amal).asked_count is None and not Queue(amal).asked().exists()
    queue = Queue(lina)
    assert keys(queue) == [older.pk, asked.pk]
    assert keys(queue, only="asked") == [asked.pk]
    assert (queue.first(), queue.asked_count) == (asked.pk, 1)
    # She may open it all the same, by its number.
    assert Queue(amal).find(asked.pk) is not None


def test_what_she_agreed_to_waits_for_somebody_else(amal, bea):
    letter = waiting(held=["rate"])
    assert letter.approve(amal) is None
    assert keys(Queue(amal)) == [] and Queue(amal).count() == {"waiting": 0, "oldest": None}
    assert keys(Queue(bea)) == [letter.pk] and Queue(bea).count()["waiting"] == 1


def test_what_she_passed_on_comes_back_to_her_after_a_day(amal, bea):
    letter = waiting()
    decision = letter.pass_on(amal)
    assert keys(Queue(amal)) == [] and Queue(amal).first() is None
    assert Queue(amal).count()["waiting"] == 0
    assert keys(Queue(bea)) == [letter.pk]
    models = Decision.objects.filter(pk=decision.pk)
    super(type(models), models).update(made=timezone.now() - timedelta(hours=25))
    assert keys(Queue(amal)) == [letter.pk]


def test_what_she_passed_on_and_undid_is_there_again(amal):
    letter = waiting()
    letter.undo(letter.pass_on(amal), amal)
    assert keys(Queue(amal)) == [letter.pk] and Queue(amal).count()["waiting"] == 1


# --------------------------------------------------------------------------- the next


def test_the_next_letter_is_one_that_nobody_else_reads(amal, bea):
    here, taken, free, late = waiting(40), waiting(30), waiting(20), waiting(10, language="ar")
    taken.claim(bea)
    free.claim(amal)
    queue = Queue(amal)
    assert queue.next_after(here.due, here.pk) == free.pk
    assert queue.next_after(free.due, free.pk) == late.pk
    assert queue.next_after(late.due, late.pk) == here.pk  # the oldest again
    assert queue.before(late.due, late.pk) == free.pk
    assert queue.before(free.due, free.pk) == here.pk
    assert queue.before(here.due, here.pk) is None
    Submission.objects.filter(pk=taken.pk).update(claimed_until=timezone.now())
    assert queue.next_after(here.due, here.pk) == taken.pk


def test_where_others_read_everything_there_is_nothing_to_begin_with(amal, bea):
    letter = waiting()
    letter.claim(bea)
    assert Queue(amal).first() is None and keys(Queue(amal)) == [letter.pk]


def test_letters_that_came_at_the_same_moment_are_each_read_once(amal):
    now = timezone.now()
    same = [waiting(received=now, due=now) for _number in range(4)]
    queue, seen = Queue(amal), [same[0]]
    for _step in range(3):
        seen.append(queue.find(queue.next_after(seen[-1].due, seen[-1].pk)))
    assert [letter.pk for letter in seen] == [letter.pk for letter in same]


# ------------------------------------------------------------------- the same words


WORDS = "Close the loopholes that let pictures travel on after they were reported."


def test_fourteen_letters_of_the_same_words_are_one_row(desk, amal):
    letters = [waiting(100 - n, words=f"{WORDS}{'!' * n}") for n in range(14)]
    other = waiting(5, words="Something else is on my mind, and only on mine.")
    for letter in [*letters, other]:
        traces.look(letter.pk)
    page = desk.get(DESK)
    assert [row.pk for row in page.context["rows"]] == [letters[0].pk, other.pk]
    assert "14 letters with the same words" in page.content.decode()
    assert page.context["waiting"] == 2


def test_when_the_first_of_them_is_decided_the_next_stands_for_the_others(amal):
    letters = [waiting(100 - n, words=WORDS) for n in range(3)]
    for letter in letters:
        traces.look(letter.pk)
    Submission.objects.get(pk=letters[0].pk).decline(amal, "spam")
    (row,) = Queue(amal).rows()[0]
    assert (row.pk, row.together) == (letters[1].pk, 2)


@pytest.mark.parametrize(
    "differs",
    [{"kind": "decision-maker"}, {"language": "ar"}, {"title": "No"}, {"words": WORDS[:-9]}],
)
def test_what_differs_in_kind_language_title_or_words_stands_for_itself(amal, differs):
    for letter in (waiting(20, words=WORDS), waiting(10, **{"words": WORDS} | differs)):
        traces.look(letter.pk)
    assert len(keys(Queue(amal))) == 2


def test_a_letter_with_a_picture_or_without_words_stands_for_itself(amal):
    waiting(40, words=WORDS, same_words="")
    letters = [waiting(30, words=WORDS), waiting(20, words=WORDS, with_picture=True)]
    letters += [waiting(10, words=""), waiting(9, words="")]
    for letter in letters:
        traces.look(letter.pk)
    assert not Submission.objects.exclude(burst_of=None).exists()
    assert Submission.objects.get(pk=letters[-1].pk).same_words == ""


def test_looking_twice_changes_nothing(amal):
    letters = [waiting(20, words=WORDS), waiting(10, words=WORDS)]
    for letter in [*letters, *letters]:
        traces.look(letter.pk)
    assert keys(Queue(amal)) == [letters[0].pk]
    assert Submission.objects.get(pk=letters[1].pk).burst_of_id == letters[0].pk


def test_what_comes_after_the_first_was_decided_is_read_by_somebody(amal):
    first, late = waiting(20, words=WORDS), waiting(10, words=WORDS)
    traces.look(first.pk)
    Submission.objects.get(pk=first.pk).decline(amal, "spam")
    traces.look(late.pk)
    assert keys(Queue(amal)) == [late.pk]


# ---------------------------------------------------------------------- other language

SPANISH = "Lo que te hicieron no fue culpa tuya, y no estás sola: somos muchas las que te creemos."


@pytest.mark.parametrize(
    ("declared", "words", "is_marked"),
    [
        ("en", SPANISH, True),
        ("es", SPANISH, False),
        ("pt-br", SPANISH, False),  # too near
        ("ay", SPANISH, False),  # nobody can tell it by its words
        ("en", "Te creo, hermana.", False),  # too short
    ],
)
def test_a_letter_in_another_language_than_declared_is_marked(db, declared, words, is_marked):
    letter = waiting(words=words, language=declared)
    traces.look(letter.pk)
    held = Submission.objects.get(pk=letter.pk).held
    assert ("other-language" in held) is is_marked


# -------------------------------------------------------------------------- the numbers


def settled(user, minutes, language="en", act="publish", made=None):
    return Decision.objects.create(
        submission=waiting(state="declined"),
        moderator=user,
        act=act,
        made=made or timezone.now(),
        language=language,
        waited=minutes * 60,
    )


def test_the_usual_wait_is_the_median_of_thirty_days_in_her_languages(amal, bea):
    long_ago = timezone.now() - timedelta(days=31)
    for minutes in (10, 20, 90):
        settled(bea, minutes)
    settled(bea, 5000, language="es")
    settled(bea, 1, made=long_ago)
    settled(bea, 1, act="agree")
    waits = counters.waits()
    assert counters.usual_wait(waits["en"]) == timedelta(minutes=20)
    assert counters.usual_wait(waits["es"]) == timedelta(minutes=5000)
    assert counters.usual_wait(waits["en"], waits["es"]) == timedelta(minutes=20)
    assert counters.usual_wait({}) is None


def test_today_is_counted_for_herself_alone(desk, amal, bea):
    yesterday = timezone.localtime().replace(hour=0, minute=0) - timedelta(minutes=1)
    for user, made in ((amal, None), (amal, yesterday), (bea, None), (bea, None)):
        settled(user, 5, made=made)
    waiting(kind="decision-maker").decline(amal, "spam")
    letter = waiting()
    letter.undo(letter.pass_on(amal), amal)
    assert desk.get(DESK).context["decided_today"] == 2


def test_what_she_says_she_reads_is_counted_and_listed_for_her(desk, amal, bea):
    hers, others = waiting(20), waiting(10)
    hers.claim(amal), others.claim(bea)
    page = desk.get(DESK)
    assert page.context["mine"] == 1
    assert "You are reading it" in page.content.decode()
    assert "bea is reading it" in page.content.decode()
    page = desk.get(DESK, {"only": "mine"})
    assert [row.pk for row in page.context["rows"]] == [hers.pk]


def test_each_language_has_its_numbers(desk, bea):
    waiting(600, language="ar"), waiting(20), waiting(30), waiting(10, language="es")
    settled(bea, 90, language="ar")
    rows = desk.get(DESK).context["by_language"]
    assert [(row["name"], row["waiting"]) for row in rows] == [("Arabic", 1), ("English", 2)]
    assert timezone.now() - rows[0]["oldest"] > timedelta(minutes=590)
    assert rows[1]["usual"] is None and rows[0]["usual"] is not None


def test_leads_hear_of_languages_that_nobody_reads(client, lina, amal):
    for code in ("en", "qu", "sw"):
        waiting(language=code)
    signed_in(client, lina)
    assert client.get(DESK).context["unread"] == ["Quechua", "Swahili"]
    assert readers.unread(["en", "qu", "ar", "sw"]) == ["qu", "sw"]
    prefers(lina, languages=["sw"])
    assert readers.unread(["qu", "sw"]) == ["qu"]
    gone = person("gone", "Moderators", reads=["qu"], is_active=False)
    assert readers.unread(["qu"]) == ["qu"]
    person("everything", "Moderators")
    assert readers.unread(["qu"]) == [] and not gone.is_active


def test_a_moderator_hears_nothing_of_other_languages(desk):
    waiting(language="qu"), waiting()
    page = desk.get(DESK)
    assert page.context["unread"] == [] and "Quechua" not in page.content.decode()


def test_numbers_of_many_letters_may_be_some_minutes_old_and_of_few_never(amal, monkeypatch):
    waiting()
    assert Queue(amal).count()["waiting"] == 1
    waiting()
    assert Queue(amal).count()["waiting"] == 2
    monkeypatch.setattr(counters, "FEW", 1)
    assert Queue(amal).count()["waiting"] == 2
    waiting()
    assert Queue(amal).count()["waiting"] == 2
    cache.clear()
    assert Queue(amal).count()["waiting"] == 3


# --------------------------------------------------------------------------- the list


def test_the_list_shows_only_some_where_she_asks(desk):
    plain = waiting(50, kind="decision-maker")
    arabic = waiting(40, language="ar")
    pictured = waiting(30, picture_name="x", kind="decision-maker")
    marked = waiting(20, held=["rate"], kind="decision-maker")

    def shown(**asked):
        return [row.pk for row in desk.get(DESK, asked).context["rows"]]

    assert shown(language="ar") == shown(kind="survivor") == [arabic.pk]
    assert shown(picture="with") == [pictured.pk]
    assert shown(picture="without") == [plain.pk, arabic.pk, marked.pk]
    assert shown(marked="yes") == [marked.pk]
    assert shown(marked="no", kind="decision-maker") == [plain.pk, pictured.pk]
    assert len(shown(language="es", kind="x", marked="'", only="else")) == 4
    assert "like that" in desk.get(DESK, {"language": "ar", "marked": "yes"}).content.decode()


def test_the_next_page_shows_the_same_some(desk):
    kept = [waiting(1000 - n, held=["rate"] if n % 2 else []).pk for n in range(120)][1::2]
    first = desk.get(DESK, {"marked": "yes"})
    assert "marked=yes" in first.context["later"]
    second = desk.get(f"{DESK}?{first.context['later']}")
    seen = [row.pk for page in (first, second) for row in page.context["rows"]]
    assert seen == kept and "marked=yes" in second.context["first_page"]


def test_a_letter_that_one_has_agreed_to_says_so(desk, bea):
    waiting(held=["rate"]).approve(bea)
    assert "One more person must agree" in desk.get(DESK).content.decode()


def test_only_leads_have_a_list_of_what_they_are_asked(desk, client, lina):
    assert "A lead is asked (" not in desk.get(DESK).content.decode()
    signed_in(client, lina)
    assert "A lead is asked (0)" in client.get(DESK).content.decode()


# ----------------------------------------------------------------------------- the cost


def filled(count):
    now = timezone.now()
    Submission.objects.bulk_create(
        Submission(
            kind="survivor" if number % 2 else "decision-maker",
            words="You are not alone.",
            language=["ar", "en", "es"][number % 3],
            held=["rate"] if number % 7 == 0 else [],
            same_words="x" if number == 0 else "",
            token_hash=f"{count}-{number}",
            receipt_hash=f"{count}-{number}",
            received=now - timedelta(minutes=number),
            due=now - timedelta(minutes=number),
        )
        for number in range(count)
    )


@pytest.mark.parametrize("group", ["Moderators", "Lead moderators"])
def test_the_list_costs_the_same_however_many_wait(
    client, db, group, django_assert_max_num_queries
):
    signed_in(client, person("kim", group, reads=["ar", "en", "es"]))
    filled(3)
    client.get(DESK)
    with django_assert_max_num_queries(15) as few:
        client.get(DESK)
    filled(500)
    with django_assert_max_num_queries(15) as many:
        assert len(client.get(DESK).context["rows"]) == 50
    assert len(few) == len(many)


@pytest.mark.parametrize("group", ["Moderators", "Lead moderators"])
def test_the_panel_asks_at_most_eight_queries(db, group, django_assert_max_num_queries):
    request = RequestFactory().get("/admin/")
    request.user = person("kim", group, reads=["ar", "en", "es"])
    request.user.get_all_permissions()
    tree.current()
    filled(100)
    with django_assert_max_num_queries(8):
        context = DeskPanel().get_context_data({"request": request, "csrf_token": "x"})
    assert context["waiting"] == 100


def test_the_panel_has_counts_and_one_button(desk, amal, site):
    waiting(), waiting()
    page = desk.get("/admin/").content.decode()
    panel = page[page.index('id="desk-content"') : page.index("Begin with the oldest")]
    assert "2 letters wait." in panel and 'action="/admin/desk/begin/"' in panel
    assert "You are not alone" not in panel
