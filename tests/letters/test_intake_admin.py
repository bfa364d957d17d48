"""What the team sets for letters that come in."""

import pytest

from letters.models import IntakeSwitch, WordList
from tests.people import person, signed_in

SWITCH, LISTS = "/admin/intake/", "/admin/wordlist/"


@pytest.fixture
def lead(client, site):
    return signed_in(client, person("lina", "Lead moderators"))


def test_a_lead_turns_attack_day_on_and_off(lead):
    assert SWITCH in lead.get("/admin/").content.decode()
    answer = lead.post(SWITCH, {"attack_day": "on", "reports_that_hide": 3}, follow=True)
    assert "Attack day is on" in answer.content.decode()
    switch = IntakeSwitch.current()
    assert (switch.attack_day, switch.reports_that_hide) == (True, 3)
    lead.post(SWITCH, {"reports_that_hide": 3})
    assert not IntakeSwitch.current().attack_day
    assert IntakeSwitch.objects.count() == 1


@pytest.mark.parametrize("number", ["0", "-1", "101", ""])
def test_a_letter_is_never_hidden_by_nobody(lead, number):
    lead.post(SWITCH, {"reports_that_hide": number})
    assert IntakeSwitch.current().reports_that_hide == 1


def test_a_get_turns_nothing(lead):
    lead.get(SWITCH, {"attack_day": "on", "reports_that_hide": 3})
    assert not IntakeSwitch.current().attack_day


@pytest.mark.parametrize("group", ["Moderators", "Editors"])
def test_others_do_not_turn_it(client, site, group):
    signed_in(client, person("eva", group))
    assert f'"{SWITCH}"' not in client.get("/admin/").content.decode()
    client.post(SWITCH, {"attack_day": "on", "reports_that_hide": 3})
    assert not IntakeSwitch.current().attack_day


def test_the_desk_says_that_attack_day_is_on(desk, site):
    for path in ("/admin/", "/admin/desk/", "/admin/desk/reports/"):
        assert "Attack day is on" not in desk.get(path).content.decode()
    IntakeSwitch(attack_day=True).save()
    for path in ("/admin/", "/admin/desk/", "/admin/desk/reports/"):
        assert "Attack day is on" in desk.get(path).content.decode()


@pytest.mark.parametrize("group", ["Editors", "Lead moderators", "Owners"])
def test_editors_say_which_words_to_watch_for_in_a_language(client, site, group):
    signed_in(client, person("eva", group))
    assert LISTS in client.get("/admin/").content.decode()
    client.post(f"{LISTS}new/", {"language": "es", "words": "una palabra\notra"})
    found = WordList.objects.get()
    assert (found.language, found.words.split()) == ("es", ["una", "palabra", "otra"])
    assert "Spanish" in client.get(LISTS).content.decode()
    client.post(f"{LISTS}edit/{found.pk}/", {"language": "es", "words": "otra"})
    found.refresh_from_db()
    assert found.words == "otra"
    client.post(f"{LISTS}delete/{found.pk}/")
    assert not WordList.objects.exists()


def test_one_list_a_language(client, site):
    signed_in(client, person("eva", "Editors"))
    for _time in range(2):
        answer = client.post(f"{LISTS}new/", {"language": "es", "words": "una"})
    assert answer.status_code == 200
    assert WordList.objects.count() == 1


def test_moderators_do_not_change_the_lists(client, site):
    signed_in(client, person("amal", "Moderators"))
    client.post(f"{LISTS}new/", {"language": "es", "words": "una"})
    assert not WordList.objects.exists()
