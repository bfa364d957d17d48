"""The groups and what they may do."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Workflow, WorkflowPage

from portal.accounts import GROUPS, ensure_groups
from tests.people import person, signed_in
from tests.trees import plant


def rights(name):
    group = Group.objects.get(name=name)
    return {
        *group.permissions.values_list("codename", flat=True),
        *group.page_permissions.values_list("permission__codename", flat=True),
        *group.collection_permissions.values_list("permission__codename", flat=True),
    }


def everything():
    return {
        group.name: (
            sorted(group.permissions.values_list("pk", flat=True)),
            sorted(group.page_permissions.values_list("page_id", "permission_id")),
            sorted(group.collection_permissions.values_list("collection_id", "permission_id")),
        )
        for group in Group.objects.all()
    }


def test_a_new_installation_has_the_groups(db):
    assert set(GROUPS) <= set(Group.objects.values_list("name", flat=True))


def test_moderators_decide_and_do_not_touch_pages_pictures_or_documents(db):
    assert rights("Moderators") == {"access_admin", "decide_submission", "view_letter"}


WORD_LISTS = {"add_wordlist", "change_wordlist", "delete_wordlist"}


def test_leads_see_more_of_a_letter_and_turn_the_intakes_switch(db):
    more = {"see_original", "reveal_contact", "change_intakeswitch"} | WORD_LISTS
    assert rights("Lead moderators") - rights("Moderators") == more


def test_owners_and_leads_turn_the_switch_and_editors_know_which_words_to_watch_for(db):
    switch = {name for name in GROUPS if "change_intakeswitch" in rights(name)}
    assert switch == {"Owners", "Lead moderators"}
    lists = {name for name in GROUPS if rights(name) >= WORD_LISTS}
    assert lists == {"Owners", "Lead moderators", "Editors"}


def test_editors_have_pages_pictures_and_lists_but_no_submissions(db):
    found = rights("Editors")
    assert {"publish_page", "choose_image", "change_helpline", "view_letter"} <= found
    assert not found & {"decide_submission", "see_original", "reveal_contact"}
    assert not {right for right in found if "document" in right or "user" in right}


def test_only_owners_change_users(db):
    assert [name for name in GROUPS if "change_user" in rights(name)] == ["Owners"]


def test_nobody_gets_rights_on_letters_beyond_looking(db):
    for name in GROUPS:
        changing = {"add_letter", "change_letter", "delete_letter"}
        assert not rights(name) & changing


def test_making_the_groups_again_changes_nothing(site):
    before = everything()
    ensure_groups()
    call_command("setup_language", "es", verbosity=0)
    assert everything() == before


def test_a_right_that_an_owner_gave_stays(db):
    extra = Permission.objects.get(codename="change_helpline")
    Group.objects.get(name="Moderators").permissions.add(extra)
    ensure_groups()
    assert "change_helpline" in rights("Moderators")


def test_setup_language_makes_the_language_and_its_translators(db, capsys):
    call_command("setup_language", "qu")
    assert Locale.objects.filter(language_code="qu").exists()
    assert {"access_admin", "submit_translation"} <= rights("Translators: qu")
    assert "Runasimi" in capsys.readouterr().out


def test_setup_language_knows_no_klingon(db):
    with pytest.raises(CommandError, match="klingon"):
        call_command("setup_language", "klingon")


def test_translators_have_the_pages_of_their_language_only(db):
    tree = plant("en", "es", "ar")
    killa = person("killa", "Translators: es")
    may = {
        code: getattr(tree, code).permissions_for_user(killa).can_publish()
        for code in ("en", "es", "ar")
    }
    assert may == {"en": False, "es": True, "ar": False}
    assert not Page.objects.get(depth=1).permissions_for_user(killa).can_add_subpage()


def test_a_translator_cannot_submit_into_another_language(client, site):
    signed_in(client, person("killa", "Translators: es"))
    Locale.objects.create(language_code="qu")
    path = f"/admin/localize/submit/page/{site.en.pk}/"
    quechua = Locale.objects.get(language_code="qu")
    assert client.post(path, {"locales": [quechua.pk]}).status_code == 403
    assert not Page.objects.filter(locale=quechua).exists()


def test_no_page_waits_for_the_approval_of_people_who_decide_letters(db):
    assert not WorkflowPage.objects.exists()
    assert not Workflow.objects.filter(active=True).exists()


def test_owners_reach_users_and_settings_without_being_superusers(client, site):
    olga = person("olga", "Owners")
    signed_in(client, olga)
    for path in "users groups locales sites redirects desk reports/site-history".split():
        assert client.get(f"/admin/{path}/").status_code == 200, path
    assert not olga.is_superuser


def test_the_menu_has_no_documents(client, site):
    signed_in(client, person("olga", "Owners"))
    assert "/admin/documents/" not in client.get("/admin/").content.decode()
