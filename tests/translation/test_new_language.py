"""A language, from the admin's form to a live home page, with real requests."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object, translate_page_subtree

from home.models import InfoPage
from portal.translation.rights import group_name
from tests.people import person, signed_in
from tests.trees import child, publish

# wagtail-localize publishes when the transaction is over.
pytestmark = pytest.mark.django_db(transaction=True)

NOT_WHOLE = "This translation cannot go live yet"


@pytest.fixture
def owner(client, site):
    return signed_in(client, person("olga", "Owners"))


def add_locale(client, code):
    return client.post("/admin/locales/new/", {"language_code": code})


def submit(client, page, code, **fields):
    locale = Locale.objects.get(language_code=code)
    path = f"/admin/localize/submit/page/{page.pk}/"
    response = client.post(path, {"locales": [locale.pk]} | fields)
    assert response.status_code == 302, response.content.decode()
    return page.get_translation(locale)


def translate(client, page, words="Runasimipi {}"):
    """Fill in every text that has no translation yet, as the editor in the browser does."""
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )
    segments = StringSegment.objects.filter(source=translation.source)
    for segment in segments.annotate_translation(translation.target_locale):
        if segment.translation is None:
            response = client.put(
                f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
                f"value={words.format(segment.string.data)}",
                content_type="application/x-www-form-urlencoded",
            )
            assert response.status_code in (200, 201), response.content.decode()


def press_publish(client, page):
    path = f"/admin/pages/{page.pk}/edit/"
    return client.post(path, {"action": "publish"}, follow=True).content.decode()


def test_a_language_is_added_translated_and_published(owner, client, site):
    site.en.body = [("heading", "Take it back")]
    publish(site.en)
    add_locale(owner, "qu")
    assert Locale.objects.filter(language_code="qu").exists()

    home = submit(owner, site.en, "qu")
    home.refresh_from_db()
    assert not home.live
    assert client.get("/qu/").status_code == 404
    assert "/qu/" not in client.get("/en/").content.decode()

    assert NOT_WHOLE in press_publish(owner, home)
    home.refresh_from_db()
    assert not home.live
    assert client.get("/qu/").status_code == 404

    translate(owner, home)
    press_publish(owner, home)
    page = client.get("/qu/")
    words = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="qu" dir="ltr"' in words
    assert "Runasimipi Take it back" in words
    assert "/qu/" in client.get("/en/").content.decode()


def test_what_is_partly_translated_does_not_go_live(owner, client, site):
    site.en.body = [("heading", "One"), ("heading", "Two")]
    publish(site.en)
    add_locale(owner, "qu")
    home = submit(owner, site.en, "qu")
    translate(owner, home)
    site.en.body[1].value = "Three"
    publish(site.en)
    assert f"{NOT_WHOLE}: 1 text" in press_publish(owner, home)
    assert client.get("/qu/").status_code == 404


def test_an_outdated_translation_keeps_its_words_and_is_not_published(owner, client, site):
    site.en.body = [("heading", "Old words")]
    publish(site.en)
    add_locale(owner, "qu")
    home = submit(owner, site.en, "qu")
    translate(owner, home)
    press_publish(owner, home)

    site.en.body = [("heading", "New words")]
    publish(site.en)
    assert NOT_WHOLE in press_publish(owner, home)
    source = Translation.objects.get(target_locale__language_code="qu").source
    owner.post(f"/admin/localize/update/{source.pk}/", {"publish_translations": "on"})
    owner.post(f"/admin/localize/update/{source.pk}/", {})
    page = client.get("/qu/").content.decode()
    assert "Runasimipi Old words" in page
    assert "New words" not in page

    translate(owner, home)
    press_publish(owner, home)
    assert "Runasimipi New words" in client.get("/qu/").content.decode()


def test_submitting_again_with_the_whole_tree_leaves_live_translations_alone(owner, client, site):
    about = child(site.en, InfoPage, "About us", slug="about", body=[("heading", "Old words")])
    add_locale(owner, "qu")
    home = submit(owner, site.en, "qu", include_subtree="on")
    theirs = about.get_translation(home.locale)
    for page in (home, theirs):
        translate(owner, page)
        press_publish(owner, page)
    about.body = [("heading", "New words")]
    publish(about)
    # The home page's translation is gone, and the whole tree is asked for once more.
    Translation.objects.filter(source__object_id=site.en.translation_key).delete()
    translate_object(site.en, [home.locale])
    translate_page_subtree(site.en.pk, [home.locale], None, None)
    theirs = InfoPage.objects.get(pk=theirs.pk)
    assert theirs.body[0].value == "Runasimipi Old words"


def test_a_draft_of_a_child_makes_no_live_page_of_its_untranslated_parent(owner, client, site):
    about = child(site.en, InfoPage, "About us", slug="about")
    add_locale(owner, "qu")
    page = submit(owner, about, "qu")
    assert not page.live
    assert not Page.objects.filter(locale__language_code="qu", live=True).exists()
    assert client.get("/qu/").status_code == 404
    assert client.get("/qu/about/").status_code == 404


def test_interface_words_fall_back_to_spanish_and_say_so(owner, client, site):
    add_locale(owner, "qu")
    home = submit(owner, site.en, "qu")
    translate(owner, home)
    press_publish(owner, home)
    assert 'lang="es"' in client.get("/qu/").content.decode()


def test_a_new_language_has_its_translators_from_the_start(owner, client, site):
    add_locale(owner, "qu")
    group = Group.objects.get(name=group_name("qu"))
    assert not group.page_permissions.exists()
    home = submit(owner, site.en, "qu")
    assert set(group.page_permissions.values_list("page_id", flat=True)) == {home.pk}

    translator = signed_in(type(client)(), person("killa", group.name))
    translate(translator, home)
    press_publish(translator, home)
    assert client.get("/qu/").status_code == 200


def test_several_pages_are_published_at_once_as_far_as_they_are_whole(owner, client, site):
    whole = child(site.en, InfoPage, "Whole", slug="whole")
    half = child(site.en, InfoPage, "Half", slug="half")
    mine, theirs = submit(owner, whole, "es"), submit(owner, half, "es")
    translate(owner, mine, "En español {}")
    path = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={mine.pk}&id={theirs.pk}"
    page = owner.post(path, {"include_descendants": ""}, follow=True).content.decode()
    assert NOT_WHOLE in page
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.live, theirs.live) == (True, False)


def test_publishing_a_page_with_half_translated_children_says_why_not(owner, client, site):
    half = child(site.en, InfoPage, "Half", slug="half")
    submit(owner, half, "es")
    path = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={site.es.pk}"
    response = owner.post(path, {"include_descendants": "on"}, follow=True)
    assert NOT_WHOLE in response.content.decode()
    assert not Page.objects.filter(slug="half", locale=site.es.locale, live=True).exists()


def test_nobody_turns_a_translation_into_an_alias(owner, client, site):
    half = child(site.en, InfoPage, "Half", slug="half")
    theirs = submit(owner, half, "es")
    path = f"/admin/localize/page/{theirs.pk}/convert_to_alias/"
    assert owner.get(path).status_code == 403
    assert owner.post(path).status_code == 403
