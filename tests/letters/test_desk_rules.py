"""The rules of the desk: where two people must agree."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import ModelLogEntry

from letters.models import DeskPolicy
from letters.vocabulary import HeldReason
from tests.letters.submissions import waiting
from tests.people import person, signed_in

pytestmark = pytest.mark.one_database

RULES = "/admin/desk-rules/"


@pytest.fixture
def owner(client, site):
    return signed_in(client, person("olga", "Owners"))


def test_from_the_start_two_agree_to_people_and_to_every_mark_of_intake(owner):
    page = BeautifulSoup(owner.get(RULES).content, "html.parser")
    ticked = {box["value"] for box in page.select("[name=two_for_flags][checked]")}
    # What a writer asks for later, and what one person can leave out.
    others = {HeldReason.APPEAL, HeldReason.MORE_ALLOWED, HeldReason.IDENTIFYING}
    assert ticked == set(HeldReason.values) - others
    assert page.select_one("[name=two_for_people]").has_attr("checked")
    assert RULES in owner.get("/admin/").content.decode()


def test_an_owner_says_for_what_two_must_agree(owner, site):
    flagged = waiting(held=[HeldReason.RATE])
    other = waiting(held=[HeldReason.HONEYPOT])
    answer = owner.post(RULES, {"two_for_flags": [HeldReason.HONEYPOT]}, follow=True)
    assert "have been saved" in answer.content.decode()
    policy = DeskPolicy.current()
    assert (policy.two_for_people, policy.two_for_flags) == (False, [HeldReason.HONEYPOT])
    assert (flagged.needs_two(), other.needs_two()) == (False, True)
    owner.post(RULES, {"two_for_people": "on"})
    assert not other.needs_two() and DeskPolicy.current().two_for_people
    assert DeskPolicy.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="wagtail.edit").count() == 2


def test_a_mark_that_there_is_not_is_refused(owner):
    assert owner.post(RULES, {"two_for_flags": ["nonsense"]}).status_code == 200
    assert not DeskPolicy.objects.exists()


def test_a_get_sets_nothing(owner):
    owner.get(RULES, {"two_for_people": ""})
    assert not DeskPolicy.objects.exists()


@pytest.mark.parametrize("group", ["Moderators", "Lead moderators", "Editors", "Translators: es"])
def test_only_owners_set_them(client, site, group):
    signed_in(client, person("eva", group))
    assert RULES not in client.get("/admin/").content.decode()
    client.get(RULES)
    client.post(RULES, {"two_for_flags": []})
    assert not DeskPolicy.objects.exists()
