"""Why a letter is declined: what owners say, translators translate and writers read."""

import pytest
from cryptography.fernet import Fernet
from wagtail.models import ModelLogEntry
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from letters import reasons
from letters.models import Reason
from letters.vocabulary import DeclineReason
from portal import tree
from tests.letters.receipts import OURS, alices_letter, come_back, soup
from tests.letters.submissions import waiting
from tests.people import person, signed_in

pytestmark = pytest.mark.one_database

LIST = "/admin/snippets/letters/reason/"
OFF_TOPIC = "off-topic"
TAKE_OVER = "the portal’s own reasons here"


@pytest.fixture
def owner(client, site):
    return signed_in(client, person("olga", "Owners"))


def reason(site, code="copied", words="It is copied from a book", **values):
    tree.forget()
    return Reason.objects.create(code=code, words=words, locale=site.en.locale, **values)


def fields(row, **changes):
    values = {"code": row.code, "words": row.words, "position": row.position, "is_offered": "on"}
    return values | changes


def said(answer):
    return " ".join(part.get_text(" ", strip=True) for part in soup(answer).select(".messages"))


# ------------------------------------------------------------------------- what comes along


def test_the_seven_reasons_are_offered_from_the_start_in_the_readers_language(site):
    assert [code for code, _words in reasons.offered()] == DeclineReason.values
    assert dict(reasons.offered("es"))[OFF_TOPIC] == "Trata de otra cosa"
    assert reasons.said(OFF_TOPIC, "qu") == ("Trata de otra cosa", "es")


def test_an_owner_sees_them_and_puts_them_into_the_list_to_change_them(owner):
    page = owner.get(LIST).content.decode()
    assert TAKE_OVER in page and all(str(label) in page for label in DeclineReason.labels)
    answer = owner.post(f"{LIST}take-over/", follow=True)
    assert "7 reasons are here now" in said(answer) and TAKE_OVER not in answer.content.decode()
    rows = Reason.objects.filter(locale__language_code="en")
    assert [row.code for row in rows] == DeclineReason.values
    assert [(row.code, row.words) for row in rows] == reasons.offered("en")
    assert {row.code for row in rows if row.refuses_picture} == {
        code for code in DeclineReason.values if reasons.refuses_picture(code)
    }
    assert ModelLogEntry.objects.filter(action="wagtail.create").count() == 7
    owner.post(f"{LIST}take-over/")
    assert Reason.objects.count() == 7


def test_a_get_puts_nothing_there(owner):
    assert owner.get(f"{LIST}take-over/").status_code == 405
    assert not Reason.objects.exists()


@pytest.mark.parametrize("group", ["Moderators", "Lead moderators", "Editors", "Translators: es"])
def test_others_make_no_reasons(client, site, group):
    signed_in(client, person("eva", group))
    client.post(f"{LIST}take-over/")
    client.post(f"{LIST}add/", {"code": "new", "words": "New", "position": 1})
    assert not Reason.objects.exists()
    assert TAKE_OVER not in client.get(LIST).content.decode()


# ------------------------------------------------------------------------- saying them anew


def test_an_owner_says_one_in_other_words_and_the_translation_stays(owner, site):
    owner.post(f"{LIST}take-over/")
    row = Reason.objects.get(code=OFF_TOPIC)
    owner.post(f"{LIST}edit/{row.pk}/", fields(row, words="  It has nothing to do\nwith us. "))
    assert reasons.words_of(OFF_TOPIC, "en") == "It has nothing to do with us"
    assert reasons.words_of(OFF_TOPIC, "es") == "Trata de otra cosa"


def test_she_orders_them_and_takes_one_out(owner, site):
    owner.post(f"{LIST}take-over/")
    row = Reason.objects.get(code=DeclineReason.UNSAFE)
    owner.post(f"{LIST}edit/{row.pk}/", fields(row, position=1))
    row = Reason.objects.get(code=DeclineReason.SPAM)
    owner.post(f"{LIST}edit/{row.pk}/", fields(row, is_offered=""))
    codes = [code for code, _words in reasons.offered()]
    assert codes[0] == DeclineReason.UNSAFE and DeclineReason.SPAM not in codes
    assert reasons.words_of(DeclineReason.SPAM)


def test_she_adds_one_of_her_own_which_stands_behind_the_others(owner, site):
    owner.post(f"{LIST}add/", {"code": "copied", "words": "It is copied", "position": 100})
    assert reasons.offered()[-1] == (DeclineReason.UNSAFE, reasons.words_of(DeclineReason.UNSAFE))
    row = Reason.objects.get()
    owner.post(f"{LIST}edit/{row.pk}/", fields(row))
    assert reasons.offered()[-1] == ("copied", "It is copied")
    assert reasons.said("copied", "ar") == ("It is copied", "en")


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "x" * 201},
        {"words": " . "},
        {"words": ""},
        {"code": "two words"},
        {"code": "copied"},
    ],
)
def test_a_reason_is_short_plain_and_only_there_once(owner, site, wrong):
    reason(site)
    values = {"code": "new", "words": "New", "position": 1} | wrong
    assert owner.post(f"{LIST}add/", values).status_code == 200
    assert Reason.objects.count() == 1


def test_a_reason_does_not_begin_in_another_language(owner, site):
    locale = site.es.locale
    values = {"code": "new", "words": "Nueva", "position": 1}
    answer = owner.post(f"{LIST}add/?locale={locale.language_code}", values)
    assert "Reasons begin in the language" in answer.content.decode()
    assert not Reason.objects.exists()


# ------------------------------------------------------------------------- used ones


def test_the_short_name_stays(owner, site):
    row = reason(site)
    owner.post(f"{LIST}edit/{row.pk}/", fields(row, code="renamed", words="Other"))
    row.refresh_from_db()
    assert (row.code, row.words) == ("copied", "Other")


def test_one_that_a_letter_was_declined_for_is_not_deleted(owner, site):
    row, unused = reason(site), reason(site, "unused", "Nobody chose it")
    waiting().decline(None, "copied")
    bulk = "/admin/bulk/letters/reason/delete/"
    for answer in (
        owner.get(f"{LIST}delete/{row.pk}/", follow=True),
        owner.post(f"{LIST}delete/{row.pk}/", follow=True),
        owner.post(f"{bulk}?id={row.pk}&id={unused.pk}", follow=True),
    ):
        assert "It cannot be deleted" in said(answer)
    assert Reason.objects.count() == 2
    owner.post(f"{LIST}delete/{unused.pk}/")
    owner.post(f"{LIST}edit/{row.pk}/", fields(row, is_offered=""))
    assert "copied" not in dict(reasons.offered())
    assert reasons.words_of("copied") == "It is copied from a book"


def test_without_its_row_one_that_comes_along_is_said_in_the_portals_words_again(owner, site):
    owner.post(f"{LIST}take-over/")
    waiting().decline(None, OFF_TOPIC)
    row = Reason.objects.get(code=OFF_TOPIC)
    owner.post(f"{LIST}edit/{row.pk}/", fields(row, words="Other"))
    owner.post(f"{LIST}delete/{row.pk}/")
    assert reasons.words_of(OFF_TOPIC) == "It is about something else"
    assert TAKE_OVER in owner.get(LIST).content.decode()


# ------------------------------------------------------------------------- translating them


def submit(client, row, *locales):
    address = f"/admin/localize/submit/snippet/letters/reason/{row.pk}/"
    assert client.get(address).status_code == 200
    client.post(address, {"locales": [locale.pk for locale in locales]})


def translate(client, site, row, words):
    """By the translator's editor, as she presses "Publish"."""
    target = Reason.objects.get(translation_key=row.translation_key, locale=site.es.locale)
    address = f"{LIST}edit/{target.pk}/"
    assert client.get(address).status_code == 200
    translation = Translation.objects.get(target_locale=site.es.locale)
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=site.es.locale,
            context=segment.context,
            defaults={"data": words},
        )
    client.post(address, {"action": "publish"})
    tree.forget()


def test_until_somebody_translates_it_the_portals_translation_stays_in_use(owner, site, client):
    owner.post(f"{LIST}take-over/")
    row = Reason.objects.get(code=OFF_TOPIC)
    submit(owner, row, site.es.locale)
    assert Reason.objects.filter(code=OFF_TOPIC).count() == 2
    assert reasons.said(OFF_TOPIC, "es") == ("Trata de otra cosa", "es")
    # Nor does an older text of the owner's stand there as a translation.
    owner.post(f"{LIST}edit/{row.pk}/", fields(row, words="It has nothing to do with us"))
    assert reasons.said(OFF_TOPIC, "es") == ("Trata de otra cosa", "es")
    signed_in(client, person("tere", "Translators: es"))
    translate(client, site, row, "No tiene que ver con nosotras")
    assert reasons.said(OFF_TOPIC, "es") == ("No tiene que ver con nosotras", "es")
    assert reasons.said(OFF_TOPIC, "qu") == ("No tiene que ver con nosotras", "es")


def test_an_owners_own_is_said_in_the_source_language_until_then(owner, site, client):
    row = reason(site, words="It is copied & pasted")
    submit(owner, row, site.es.locale)
    assert reasons.said("copied", "es") == ("It is copied & pasted", "en")
    signed_in(client, person("tere", "Translators: es"))
    translate(client, site, row, "Es copiada")
    assert reasons.said("copied", "es") == ("Es copiada", "es")


def test_a_translator_stays_in_her_language(owner, site, client):
    row = reason(site)
    submit(owner, row, site.es.locale)
    signed_in(client, person("tarek", "Translators: ar"))
    for pk in Reason.objects.values_list("pk", flat=True):
        client.post(f"{LIST}edit/{pk}/", fields(row, words="Mine"))
        client.post(f"{LIST}delete/{pk}/")
    assert set(Reason.objects.values_list("words", flat=True)) == {row.words}


def test_a_reason_goes_with_its_translations(owner, site):
    row = reason(site)
    submit(owner, row, site.es.locale, site.ar.locale)
    assert Reason.objects.count() == 3
    owner.post(f"{LIST}delete/{row.pk}/")
    assert not Reason.objects.exists()


# ------------------------------------------------------------------------- who reads them


def test_words_are_asked_for_once_and_no_more(site, django_assert_num_queries):
    reason(site)
    tree.forget()
    reasons.offered()
    with django_assert_num_queries(0):
        reasons.offered("ar")
        reasons.words_of("copied", "es")


def test_a_moderator_declines_with_an_owners_reason(desk, site):
    reason(site)
    submission = waiting()
    page = desk.get(f"/admin/desk/{submission.pk}/").content.decode()
    assert "It is copied from a book" in page


def test_what_an_owner_writes_is_text_and_no_markup(client, site):
    reason(site, words="It says <b>no</b> & “no”")
    submission, digits = alices_letter()
    submission.decline(None, "copied")
    answer = client.post("/ar/receipt/", {"receipt": digits}, **OURS)
    words = soup(answer).select_one("main bdi[lang=en]")
    assert (words.text, words["dir"]) == ("It says <b>no</b> & “no”", "ltr")
    assert "It says &lt;b&gt;no" in come_back(client, digits).content.decode()


# ------------------------------------------------------------------------- the note beside it

NOTE = "Please leave out <the> name.\n\nThen we publish it."


def note_on(answer):
    return soup(answer).select_one("section[aria-labelledby=note]")


@pytest.fixture
def alices(site):
    return alices_letter()


def test_a_note_is_read_with_the_receipt(client, alices):
    submission, digits = alices
    assert note_on(come_back(client, digits)) is None
    submission.decline(None, OFF_TOPIC, note=NOTE)
    note = note_on(come_back(client, digits)).select_one(".prose")
    assert note["dir"] == "auto"
    assert [part.text for part in note("p")] == NOTE.split("\n\n")


def test_a_note_is_read_after_a_take_down_too(client, alices):
    submission, digits = alices
    submission.publish(None)
    submission.take_down(None, DeclineReason.PRIVATE_PERSON, note=NOTE)
    assert "<the> name" in note_on(come_back(client, digits)).text


def test_a_note_goes_once_it_was_decided_anew_and_when_it_is_erased(client, alices):
    submission, digits = alices
    submission.decline(None, OFF_TOPIC, note=NOTE)
    page = come_back(client, digits, step="appeal", appeal="Please look again.")
    assert "second look" in page.content.decode() and note_on(page) is None
    submission.refresh_from_db()
    submission.decline(None, OFF_TOPIC, note=NOTE)
    assert note_on(come_back(client, digits))
    submission.erase()
    page = come_back(client, digits)
    assert "It is about something else" in page.content.decode() and note_on(page) is None


def test_a_note_that_no_key_opens_is_said_to_be_there(client, alices, settings):
    submission, digits = alices
    submission.decline(None, OFF_TOPIC, note=NOTE)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    answer = come_back(client, digits)
    assert answer.status_code == 200
    assert "cannot open it" in note_on(answer).text
    assert come_back(client, digits, step="withdraw").status_code == 200
