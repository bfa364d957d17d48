"""Published letters in the admin: listed, found, looked at, featured; changed nowhere."""

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images import get_image_model

from letters.models import DecisionMaker, Letter
from portal.picture import clean_picture
from tests.letters.submissions import waiting
from tests.people import person, signed_in
from tests.portal.pictures import red_left_blue_right, saved
from tests.trees import publish

LIST = "/admin/snippets/letters/letter/"
CHOOSER = "/admin/snippets/choose/letters/letter/"
CANARY = "canary-of-words"


@pytest.fixture
def letter(site):
    return Letter.objects.create(
        kind="survivor", language="ar", words=f"{CANARY} corazón", title=CANARY, signature=CANARY
    )


@pytest.fixture
def other(site):
    ministry = DecisionMaker.objects.create(
        name="Ministry of Post", slug="post", kind="government", locale=site.en.locale
    )
    return Letter.objects.create(
        kind="decision-maker", language="en", words="Something else", decision_maker=ministry
    )


@pytest.fixture
def editor(client, db):
    return signed_in(client, person("eva", "Editors"))


@pytest.fixture
def root(client, db):
    return signed_in(client, User.objects.create_superuser("root", password="a long password"))


def test_editors_see_whom_in_which_language_and_when_but_no_words(editor, letter, other):
    page = editor.get(LIST).content.decode()
    for words in ("Ministry of Post", "Arabic", f"{letter.published:%Y-%m}", "To a survivor"):
        assert words in page
    assert CANARY not in page


def test_the_addressee_leads_to_the_letter_on_the_site(editor, other):
    assert f'href="/en/letter/{other.code}/"' in editor.get(LIST).content.decode()


@pytest.mark.parametrize("path", [LIST, f"{LIST}results/", CHOOSER, f"{CHOOSER}results/"])
def test_letters_are_found_by_their_words_and_shown_without_them(editor, letter, other, path):
    page = editor.get(path, {"q": "CORAZON"}).content.decode()
    assert letter.code in page
    assert other.code not in page
    assert CANARY not in page


def test_a_letter_is_chosen_for_a_page(editor, letter):
    answer = editor.get(f"{CHOOSER}chosen/{letter.pk}/").json()
    assert answer["result"]["string"] == str(letter)
    assert not answer["result"]["edit_url"]


def test_a_hidden_letter_is_listed_as_hidden_and_offered_to_nobody(editor, letter, other):
    other.hide()
    page = editor.get(LIST).content.decode()
    assert "Ministry of Post" in page and f"/letter/{other.code}/" not in page
    for path in (CHOOSER, f"{CHOOSER}results/"):
        page = editor.get(path).content.decode()
        assert letter.code in page and other.code not in page
    assert editor.get(f"{CHOOSER}chosen/{other.pk}/").status_code == 404
    many = editor.get(f"{CHOOSER}chosen-multiple/", {"id": [letter.pk, other.pk]}).json()
    assert [found["id"] for found in many["result"]] == [str(letter.pk)]


def test_a_letter_hidden_after_it_was_chosen_stays_chosen_and_unseen(site, client, letter):
    site.en.body = [("letters", {"title": "Read", "letters": [letter]})]
    publish(site.en)
    assert letter.code in client.get("/en/").content.decode()
    letter.hide()
    assert letter.code not in client.get("/en/").content.decode()
    page = type(site.en).objects.get(pk=site.en.pk)
    publish(page)  # an editor saves the page meanwhile
    letter.show()
    assert letter.code in client.get("/en/").content.decode()


@pytest.mark.parametrize("may", [True, False])
def test_editors_see_what_may_be_quoted_when_they_choose(editor, letter, may):
    Letter.objects.update(may_quote=may)
    page = editor.get(CHOOSER).content.decode()
    assert "May be quoted" in page
    table = page[page.index("May be quoted") :]
    assert ("Yes" in table, "No" in table) == (may, not may)


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_letters_picture_is_not_offered_for_pages(editor, site):
    picture = waiting(with_picture=True, picture_alt="Red.").publish(None).picture
    clean = clean_picture(saved(red_left_blue_right(), "JPEG")).webp
    own = get_image_model()(title="a photo of ours")
    own.file.save("x.webp", ContentFile(clean), save=False)
    own.save()
    for path in ("/admin/images/chooser/", "/admin/images/chooser/results/"):
        page = editor.get(path).content.decode()
        assert "a photo of ours" in page
        assert picture.title not in page


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("who", ["editor", "root"])
def test_nobody_changes_or_deletes_a_letters_picture_in_the_library(request, site, who, hidden):
    browser = request.getfixturevalue(who)
    letter = waiting(with_picture=True, picture_alt="Red.").publish(None)
    Letter.objects.update(hidden=hidden)
    key, file = letter.picture_id, letter.picture.file.name
    assert letter.picture.title not in browser.get("/admin/images/").content.decode()
    other = ContentFile(saved(red_left_blue_right(), "PNG"), "x.png")
    form = {"title": "x", "collection": letter.picture.collection_id, "file": other}
    library, bulk = f"/admin/images/{key}/", f"/admin/bulk/home/picture/delete/?id={key}"
    for path, data in ((library, form), (f"{library}delete/", {}), (bulk, {})):
        browser.post(path, data)
    for path in (f"{library}preview/width-400/", f"/admin/images/chooser/{key}/select_format/"):
        assert browser.get(path).status_code in (302, 403), path
    for path in (f"chosen/{key}/", f"chosen-multiple/?id={key}"):
        assert "/media/" not in browser.get(f"/admin/images/chooser/{path}").content.decode(), path
    assert Letter.objects.get().picture.file.name == file


def test_there_is_no_way_to_make_change_or_delete_one_even_for_a_superuser(root, letter):
    names = "add edit delete usage history history_results preview_on_add preview_on_edit".split()
    for name in names:
        arguments = [] if name.endswith("add") else [letter.pk]
        path = reverse(f"wagtailsnippets_letters_letter:{name}", args=arguments)
        assert root.get(path).status_code == 404, name
        assert root.post(path, {"words": "changed"}).status_code == 404, name
    for path in (f"{LIST}copy/{letter.pk}/", f"{LIST}inspect/{letter.pk}/", f"{CHOOSER}create/"):
        assert root.get(path).status_code == 404, path
        assert root.post(path).status_code == 404, path
    bulk = f"/admin/bulk/letters/letter/delete/?id={letter.pk}"
    assert root.get(bulk).status_code == 404
    assert root.post(bulk).status_code == 404
    letter.refresh_from_db()
    assert letter.words.startswith(CANARY)


def test_the_list_offers_no_button_that_would_change_one(root, letter):
    page = root.get(LIST).content.decode()
    assert "/add/" not in page[page.index("<main") :]
    assert f"/edit/{letter.pk}/" not in page
    assert "data-bulk-action-checkbox" not in page


def test_a_letter_cannot_be_sent_for_translation(root, letter):
    path = f"/admin/localize/submit/snippet/letters/letter/{letter.pk}/"
    assert root.get(path).status_code == 404
    assert root.get("/admin/localize/api/snippets/letters/letter/").status_code == 404


def test_letters_are_in_no_search_index(letter):
    from wagtail.search.index import class_is_indexed

    assert not class_is_indexed(Letter)


def test_decision_makers_are_found_and_changed_by_editors(editor, other):
    ministry = other.decision_maker
    base = "/admin/snippets/letters/decisionmaker/"
    assert "Ministry of Post" in editor.get(base, {"q": "ministry"}).content.decode()
    editor.post(
        f"{base}edit/{ministry.pk}/",
        {"name": "Ministry of Mail", "slug": "post", "kind": "government", "countries": "Peru, es"}
        | {"channels-TOTAL_FORMS": 0, "channels-INITIAL_FORMS": 0},
    )
    ministry.refresh_from_db()
    assert (ministry.name, ministry.countries) == ("Ministry of Mail", ["PE", "ES"])


def test_a_helplines_languages_are_written_as_codes_with_commas(editor):
    base = "/admin/snippets/safety/helpline/"
    values = {"country": "PE", "name": "Línea 100", "name_language": "es", "phone": "100"}
    values |= {"checked_on": "2026-11-01", "url": "", "languages": "es, QU"}
    refused = editor.post(f"{base}add/", values | {"languages": "es, klingon"})
    assert "There is no language with this code: klingon" in refused.content.decode()
    editor.post(f"{base}add/", values)
    from safety.models import Helpline

    helpline = Helpline.objects.get()
    assert helpline.languages == ["es", "qu"]
    assert 'value="es, qu"' in editor.get(f"{base}edit/{helpline.pk}/").content.decode()
