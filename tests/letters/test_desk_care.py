"""What the desk does for whoever sits at it: her own settings, pauses, and loved letters."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from letters.desk import care, loved
from letters.desk.queue import Queue
from letters.models import Letter, Love, ModeratorProfile
from tests.letters.submissions import waiting
from tests.markup import faults
from tests.people import person, signed_in

pytestmark = pytest.mark.one_database

DESK = "/admin/desk/"
ME = f"{DESK}me/"


def text(response):
    return " ".join(response.content.decode().split())


def decline(client, letter):
    """Where she is sent afterwards."""
    answer = client.post(f"{DESK}{letter.pk}/decline/", {"reason": "spam"})
    return answer.headers["Location"]


@pytest.fixture(autouse=True)
def clock():
    """It is noon; `clock.shift(minutes)`."""
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


@pytest.fixture
def work(desk, clock):
    """Declines letters, one every so many minutes; gives where she was sent after each."""

    def decline_all(letters, minutes):
        places = []
        for letter in letters:
            clock.shift(timedelta(minutes=minutes))
            places.append(decline(desk, letter))
        return places

    return decline_all


def letters(count):
    return [waiting(10_000 - number) for number in range(count)]


def public(language="en", loved_by=(), **fields):
    letter = waiting(language=language, **fields).publish(None)
    for user in loved_by:
        Love.objects.create(letter=letter, user=user)
    return letter


@pytest.fixture
def bea(db):
    return person("bea", "Moderators")


def settle(user, **fields):
    ModeratorProfile.objects.update_or_create(user=user, defaults=fields)


# ----------------------------------------------------------------------------- mine


def test_she_says_what_she_reads_and_what_is_good_for_her(desk, site, amal):
    waiting(language="ko")
    page = desk.get(ME)
    near = dict(page.context["form"].fields["near"].choices)
    assert {"en", "es", "ar", "ko"} <= set(near)
    answer = desk.post(
        ME,
        {
            "near": ["ar", "ko"],
            "far": ["sw"],
            "pictures": "never",
            "survivor_letters": "never",
            "daily_number": "20",
            "wants_loved": "on",
            "digest": "hourly",
        },
    )
    assert answer.headers["Location"] == ME
    mine = ModeratorProfile.objects.get(user=amal)
    assert mine.languages == ["ar", "ko", "sw"]
    assert not mine.takes_pictures and not mine.takes_survivor_letters
    assert (mine.daily_number, mine.wants_loved, mine.digest) == (20, True, "hourly")
    # What she has chosen stands among the first the next time.
    assert "sw" in dict(desk.get(ME).context["form"].fields["near"].choices)


def test_a_moderator_without_a_profile_gets_one(client, bea):
    signed_in(client, bea)
    assert client.get(ME).status_code == 200
    assert not ModeratorProfile.objects.exists()
    client.post(ME, {"digest": "never"})
    mine = ModeratorProfile.objects.get(user=bea)
    assert mine.takes_pictures and mine.takes_survivor_letters
    assert (mine.languages, mine.daily_number, mine.digest) == ([], None, "never")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("near", "xx-nowhere"),
        ("far", "xx-nowhere"),
        ("daily_number", "0"),
        ("digest", "weekly"),
        ("pictures", "sometimes"),
    ],
)
def test_what_makes_no_sense_is_said_and_not_kept(desk, amal, field, value):
    page = desk.post(ME, {"digest": "never", field: value})
    assert page.status_code == 200 and page.context["form"].errors[field]
    assert str(page.context["form"].errors[field][0]) in page.content.decode().replace(
        "&#x27;", "'"
    )
    assert ModeratorProfile.objects.get(user=amal).digest == "daily"


def test_what_she_chose_for_today_is_shown_until_tonight_and_then_as_before(desk, amal, clock):
    settle(amal, takes_survivor_letters=False)
    chosen = {"pictures": "not-today", "survivor_letters": "today", "digest": "never"}
    desk.post(ME, chosen)
    page = desk.get(ME)
    assert page.context["form"].initial["pictures"] == "not-today"
    assert 'value="not-today" id="id_pictures_2" checked' in " ".join(text(page).split())
    assert "holds until tonight. From then on it is: Yes, always" in text(page)
    assert "holds until tonight. From then on it is: No, until I change it" in text(page)
    clock.shift(timedelta(hours=12))
    desk.force_login(amal)
    page = desk.get(ME)
    initial = page.context["form"].initial
    assert (initial["pictures"], initial["survivor_letters"]) == ("always", "never")
    assert "until tonight" not in text(page)
    # What is left as it is shown is kept as it is.
    desk.post(ME, {"pictures": "always", "survivor_letters": "never", "digest": "never"})
    mine = ModeratorProfile.objects.get(user=amal)
    assert mine.takes("pictures") and not mine.takes("survivor_letters")
    assert mine.pictures_contrary_until is None


def test_her_day_ends_by_the_clock_of_her_own_account(desk, amal, clock):
    UserProfile.objects.create(user=amal, current_time_zone="Pacific/Auckland")
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=UTC), tick=False):
        desk.force_login(amal)
        desk.post(ME, {"pictures": "not-today", "digest": "never"})
    ends = ModeratorProfile.objects.get(user=amal).pictures_contrary_until
    assert ends == datetime(2026, 11, 25, 11, tzinfo=UTC)  # midnight there


def test_what_she_settles_leaves_the_rest_of_her_profile_alone(desk, amal):
    desk.get(ME)
    sent = timezone.now()
    ModeratorProfile.objects.filter(user=amal).update(digest_sent=sent)  # by the worker
    desk.post(ME, {"digest": "never"})
    assert ModeratorProfile.objects.get(user=amal).digest_sent == sent


def test_it_is_her_own_and_no_log_holds_it(desk, amal, bea):
    desk.post(ME, {"digest": "never", "daily_number": "3"})
    assert not ModeratorProfile.objects.filter(user=bea).exists()
    assert not ModelLogEntry.objects.exists()


def test_a_lead_is_told_that_she_sees_every_language_anyway(client, desk, db):
    assert "you see letters in every language" not in text(desk.get(ME))
    signed_in(client, person("lina", "Lead moderators"))
    assert "you see letters in every language" in text(client.get(ME))


def test_without_an_address_she_is_told_that_nothing_is_sent(desk, amal):
    assert "has no e-mail address" in text(desk.get(ME))
    User.objects.filter(pk=amal.pk).update(email="amal@team.example")
    assert "has no e-mail address" not in text(desk.get(ME))


@pytest.mark.parametrize("path", ["me/", "pause/", "loved/"])
def test_these_pages_are_not_there_for_others(client, site, path):
    signed_in(client, person("eva", "Editors"))
    assert client.get(DESK + path).status_code == 404


def test_nobody_is_shown_how_much_somebody_else_decides(client, bea, site):
    for letter in letters(3):
        letter.decline(bea, "spam")
    signed_in(client, User.objects.create_superuser("boss", password="x"))
    for path in ("users/", f"users/edit/{bea.pk}/", f"users/history/{bea.pk}/", "desk/me/", ""):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/{path}").status_code in (200, 302)
        asked = " ".join(query["sql"] for query in queries)
        assert f'"moderator_id" = {bea.pk}' not in asked, path
        assert "letters_moderatorprofile" not in asked or path in ("", "desk/me/"), path
    for name in ("decision", "moderatorprofile", "love"):
        assert client.get(f"/admin/snippets/letters/{name}/").status_code == 404


def test_what_was_decided_today_is_her_own_count(desk, amal, bea):
    for letter in letters(3):
        letter.decline(bea, "spam")
    waiting().decline(amal, "spam")
    assert desk.get(DESK).context["decided_today"] == 1


# --------------------------------------------------------------------------- pauses


def test_after_45_minutes_of_work_there_is_a_pause_once(work):
    places = work(letters(12), minutes=9)
    # The first decision, then nine minutes each: the sixth comes after 45.
    pauses = [number for number, place in enumerate(places, 1) if "/pause/" in place]
    assert pauses == [6, 11]
    assert places[5].startswith(f"{DESK}pause/?why=break&next=")


def test_the_pause_leads_on_to_the_letter_that_came_next(desk, work):
    *first, last, following = letters(7)
    place = work([*first, last], minutes=9)[-1]
    page = desk.get(place)
    assert "three quarters of an hour" in text(page)
    assert page.context["following"] == f"{DESK}{following.pk}/"


def test_whoever_rests_herself_is_not_told_to(work):
    assert not [place for place in work(letters(8), minutes=15) if "/pause/" in place]


def test_the_number_that_she_set_is_reached_once_a_day(desk, work, amal, clock):
    settle(amal, daily_number=2)
    places = work(letters(4), minutes=1)
    assert ["why=enough" in place for place in places] == [False, True, False, False]
    assert "as many letters today as you wanted" in text(desk.get(places[1]))
    clock.shift(timedelta(days=1))
    desk.force_login(amal)
    assert ["why=enough" in place for place in work(letters(2), minutes=1)] == [False, True]


def test_only_what_she_settled_herself_today_counts(work, amal, bea, clock):
    settle(amal, daily_number=2)
    clock.shift(timedelta(days=-1))
    waiting().decline(amal, "spam")
    clock.shift(timedelta(days=1))
    waiting().decline(bea, "spam")
    waiting().pass_on(amal)
    undone = waiting()
    undone.decline(amal, "spam")
    undone.undo(undone.decisions.get(), amal)
    assert ["/pause/" in place for place in work(letters(2), minutes=1)] == [False, True]


@pytest.mark.parametrize("following", ["", "x", "²", "9" * 30, "-1"])
def test_a_mangled_address_leads_on_to_the_desk(desk, following):
    for path in ("pause/", "loved/"):
        page = desk.get(DESK + path, {"next": following}, follow=path == "loved/")
        assert page.status_code == 200
        assert page.context.get("following", DESK) == DESK


def test_the_pause_shows_where_there_is_help(desk, site):
    page = text(desk.get(f"{DESK}pause/"))
    assert 'href="/en/helplines/"' in page


def test_what_the_desk_does_for_her_costs_at_most_two_queries(
    rf, amal, bea, django_assert_max_num_queries
):
    settle(amal, daily_number=50, wants_loved=True)
    public(loved_by=[bea])
    queue = Queue(amal)
    assert queue.profile.wants_loved
    request = rf.post("/")
    request.user, request.session = amal, {}
    for letter in letters(care.EVERY):
        letter.decline(amal, "spam")
        with django_assert_max_num_queries(2):
            where = care.after_decision(request, queue)
    assert where == f"{DESK}loved/?"


def together(desk, act, *chosen):
    """What she is sent to after deciding them together."""
    posted = {f"seen-{letter.pk}": letter.seen for letter in chosen}
    posted |= {"letter": [letter.pk for letter in chosen], "act": act, "reason": "spam"}
    answer = desk.post(f"{DESK}together/decide/", posted)
    return answer.headers["Location"]


def test_letters_decided_together_count_each_towards_her_number(desk, amal):
    settle(amal, daily_number=5)
    *few, last = letters(5)
    assert "then=" not in together(desk, "decline", *few)
    place = together(desk, "decline", last)
    assert place.endswith("/?then=enough")
    page = text(desk.get(place))
    assert "as many letters today as you wanted" in page and "Undo all of it" in page
    assert f'href="{DESK}pause/?why=enough"' in page
    assert "then=" not in together(desk, "decline", *letters(3))  # told once


def test_a_quiet_word_comes_after_letters_decided_together_too(desk, clock):
    for _batch in range(5):
        assert "then=" not in together(desk, "pass", *letters(2))
        clock.shift(timedelta(minutes=10))
    place = together(desk, "decline", *letters(2))
    assert place.endswith("/?then=break")
    assert "three quarters of an hour" in text(desk.get(place))


def test_a_loved_letter_is_due_after_a_batch_of_twelve(desk, amal, bea):
    public(loved_by=[bea])
    settle(amal, wants_loved=True)
    place = together(desk, "decline", *letters(care.EVERY))
    assert place.endswith("/?then=loved")
    assert f'href="{DESK}loved/"' in text(desk.get(place))


def test_where_nothing_was_decided_nothing_is_counted(desk, bea):
    (letter,) = letters(1)
    letter.decline(bea, "spam")
    assert together(desk, "decline", letter) == DESK
    assert care.KEY not in desk.session


# ---------------------------------------------------------------------------- loved


def test_every_twelfth_time_a_loved_letter_comes_if_she_wishes(desk, work, amal, bea):
    letter = public(words="canary of joy", loved_by=[bea])
    assert not [place for place in work(letters(11), minutes=1) if "/loved/" in place]
    settle(amal, wants_loved=True)
    places = work(letters(14), minutes=1)
    assert [n for n, place in enumerate(places, 12) if "/loved/" in place] == [12, 24]
    page = desk.get(places[0])
    assert "canary of joy" in text(page)
    assert f'href="{page.context["following"]}"' in text(page)
    # She has just seen it: it does not come again, and there is no other.
    assert desk.get(f"{DESK}loved/").headers["Location"] == DESK
    assert Letter.objects.get() == letter


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "es"},
        {"content_notes": ["violence"]},
        {"words": "", "with_picture": True, "picture_alt": "A drawing"},
    ],
)
def test_what_could_weigh_on_her_does_not_come(desk, bea, fields):
    public(**fields, loved_by=[bea])
    assert desk.get(f"{DESK}loved/").headers["Location"] == DESK


def test_nor_does_what_only_she_loves_or_what_is_hidden(desk, amal, bea):
    public(loved_by=[amal])
    public(loved_by=[bea]).hide()
    assert not loved.keys(amal, ModeratorProfile.of(amal))
    assert desk.get(f"{DESK}loved/").headers["Location"] == DESK


def test_she_loves_a_letter_and_no_longer_and_is_back_where_she_was(desk, amal, bea):
    letter = public(words="canary", loved_by=[bea])
    page = desk.get(f"{DESK}loved/?next=7")
    back = page.context["back"]
    love = f"{DESK}loved/{letter.pk}/love/"
    assert desk.get(love).status_code == 405
    answer = desk.post(love, {"back": back})
    assert answer.headers["Location"] == back
    assert Love.objects.filter(letter=letter, user=amal).exists()
    page = desk.get(back)
    assert page.context["following"] == f"{DESK}7/"
    assert 'aria-pressed="true"' in text(page) and "canary" in text(page)
    desk.post(love, {"back": back})
    assert not Love.objects.filter(letter=letter, user=amal).exists()
    assert not ModelLogEntry.objects.exists()  # nobody sees who


@pytest.mark.parametrize(
    "back", ["", "https://evil.example/", "//evil.example/", "/\\evil.example"]
)
def test_the_button_leads_nowhere_else(desk, back):
    answer = desk.post(f"{DESK}loved/{public().pk}/love/", {"back": back})
    assert answer.headers["Location"] == DESK


def test_a_hidden_letter_cannot_be_loved(desk, amal):
    letter = public()
    letter.hide()
    assert desk.post(f"{DESK}loved/{letter.pk}/love/").status_code == 404
    assert not Love.objects.exists()


# ----------------------------------------------------------------------------- html


def test_these_pages_are_valid_html(desk, site, bea):
    public(loved_by=[bea])
    for path in ("me/", "pause/?why=enough", "loved/"):
        page = desk.get(DESK + path).content.decode()
        ours = page[page.index('<div class="desk desk-own">') : page.rindex("</main>")]
        around = "<div>" * (ours.count("</div>") - ours.count("<div"))
        assert faults(f"<!DOCTYPE html><title>x</title><main>{around}{ours}</main>") == []


def test_her_session_forgets_with_her(desk, work):
    work(letters(1), minutes=1)
    assert care.KEY in desk.session
    desk.post("/admin/logout/")
    assert care.KEY not in desk.session
