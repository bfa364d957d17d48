"""The list of what waits: what it shows, what stays ticked, and what it costs."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from letters.desk import ticks
from letters.models import ModeratorProfile, Submission
from letters.models.moderator import Takes
from tests.letters.submissions import waiting
from tests.letters.test_desk_decisions import DESK, messages
from tests.people import person, signed_in


@pytest.fixture
def bea(db):
    return person("bea", "Moderators", reads=["ar", "en"])


@pytest.fixture
def lina(db):
    return person("lina", "Lead moderators")


# ------------------------------------------------------------------------------------ which letters


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


def test_what_her_own_settings_leave_out_is_said_with_until_when(desk, amal):
    waiting()

    def said(sort, choice):
        values = ModeratorProfile.chosen(sort, choice)
        ModeratorProfile.objects.update_or_create(user=amal, defaults=values)
        return [str(sentence) for sentence in desk.get(DESK).context["left_out"]]

    assert said("pictures", Takes.ALWAYS) == []
    assert said("pictures", Takes.NOT_TODAY) == [
        "Letters with pictures are left out until tonight."
    ]
    assert said("pictures", Takes.TODAY) == ["Letters with pictures are here until tonight."]
    assert said("pictures", Takes.NEVER) == ["Letters with pictures are left out."]
    assert len(said("survivor_letters", Takes.NOT_TODAY)) == 2
    page = desk.get(DESK).content.decode()
    assert "Letters to survivors are left out until tonight." in page


# ---------------------------------------------------------------------- what is ticked


def turned(desk, page, button, ticked):
    """What comes when she ticks some letters and presses a button, by the page's HTML alone."""
    html = page.content.decode()
    form = html[html.index("data-desk-list") :].partition("</form>")[0]
    posted = {"letter": [letter.pk for letter in ticked]}
    if elsewhere := re.search(r'name="elsewhere" value="([0-9-]+)"', form):
        posted["elsewhere"] = elsewhere[1]
    address, name, value = re.search(
        rf'formaction="([^"]+)" name="(\w+)" value="([^"]*)">{button}', form
    ).groups()
    return desk.post(address, posted | {name: unescape(value)}, follow=True)


def boxes(page):
    return [int(pk) for pk in re.findall(r'value="(\d+)" checked', page.content.decode())]


def test_what_is_ticked_stays_ticked_on_later_pages_and_is_looked_at_together(desk):
    letters = [waiting(1000 - n, held=["rate"]) for n in range(110)]
    waiting(5)
    first = desk.get(DESK, {"marked": "yes"})
    second = turned(desk, first, "Later letters", [letters[3], letters[7]])
    assert [row.pk for row in second.context["rows"]] == [one.pk for one in letters[50:100]]
    assert "2 letters are ticked on other pages." in second.content.decode()
    third = turned(desk, second, "Later letters", [letters[60]])
    assert [row.pk for row in third.context["rows"]] == [one.pk for one in letters[100:]]
    back = turned(desk, third, "Back to the oldest", [letters[105]])
    assert boxes(back) == [letters[3].pk, letters[7].pk]
    elsewhere = str(back.context["elsewhere"])
    assert elsewhere == f"{letters[60].pk}-{letters[105].pk}"
    chosen = desk.post(f"{DESK}together/", {"letter": boxes(back)[1:], "elsewhere": elsewhere})
    found = [letter.pk for letter in chosen.context["letters"]]
    assert found == [letters[7].pk, letters[60].pk, letters[105].pk]
    # And back without a decision, they are ticked still.
    assert f'href="{DESK}?ticked={"-".join(map(str, found))}"' in chosen.content.decode()


def test_she_unticks_those_of_other_pages_and_stays_where_she_is(desk):
    letters = [waiting(1000 - n) for n in range(60)]
    second = turned(desk, desk.get(DESK), "Later letters", letters[:5])
    again = turned(desk, second, "Untick those on other pages", [letters[55]])
    assert [row.pk for row in again.context["rows"]] == [one.pk for one in letters[50:]]
    assert boxes(again) == [letters[55].pk] and not again.context["elsewhere"].kept


def test_other_filters_keep_what_is_ticked(desk):
    letters = [waiting(20), waiting(10, language="ar")]
    page = desk.get(DESK, {"ticked": letters[0].pk, "language": "ar"})
    assert f'name="ticked" value="{letters[0].pk}"' in page.content.decode()
    assert page.context["elsewhere"].kept == [letters[0].pk]


def test_more_than_fifty_are_refused_by_number_and_the_first_fifty_kept(desk):
    letters = [waiting(1000 - n) for n in range(60)]
    second = turned(desk, desk.get(DESK), "Later letters", letters[:48])
    back = turned(desk, second, "Back to the oldest", letters[50:54])
    assert boxes(back) == [letter.pk for letter in letters[:48]]
    assert back.context["elsewhere"].kept == [letter.pk for letter in letters[50:52]]
    refused = f"{letters[52].pk}, {letters[53].pk}"
    assert f"These are not: {refused}" in messages(back)
    address = f"{DESK}?{back.context['request'].GET.urlencode()}"
    assert len(address) < 400 and boxes(desk.get(address)) == boxes(back)


@pytest.mark.parametrize("value", ["x", "1-x-²", "-", "9" * 5000, "9" * 30, "٣"])
def test_a_mangled_address_shows_the_list(desk, value):
    letter = waiting()
    page = desk.get(DESK, {"ticked": value})
    assert [row.pk for row in page.context["rows"]] == [letter.pk]
    answer = desk.post(f"{DESK}turn/", {"to": f"//evil.example/?{value}", "elsewhere": value})
    assert answer.headers["Location"].startswith(DESK)
    assert desk.get(answer.headers["Location"]).status_code == 200


def test_turning_to_another_page_is_a_post_of_the_desks_people(client, desk):
    assert desk.get(f"{DESK}turn/").status_code == 405
    signed_in(client, person("eva", "Editors"))
    assert client.post(f"{DESK}turn/").status_code == 404


def test_fifty_numbers_go_into_an_address_and_out_of_it():
    numbers = list(range(10**17, 10**17 + 50))
    assert ticks.read(str(ticks.of(*numbers))) == numbers
    assert ticks.of(1, 1, 2).kept == [1, 2]
    assert ticks.of(*range(51)).refused == [50] and not ticks.of(*range(50)).said


# ------------------------------------------------------------------------------------ what it costs


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
