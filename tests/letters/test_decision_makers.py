"""Decision-makers: how they are reached, found, and kept up to date by people."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from letters.models import Channel, DecisionMaker
from portal import tree
from tests.people import person, signed_in

pytestmark = pytest.mark.one_database

BASE = "/admin/snippets/letters/decisionmaker/"
REPORT = "/admin/reports/channels/"


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def office(site, slug, name, **values):
    values = {"kind": "government", "locale": site.en.locale} | values
    return DecisionMaker.objects.create(slug=slug, name=name, **values)


def channel(row, kind="email", value="post@office.example", days=10, **values):
    """days: since the last check; None for never."""
    checked_on = None if days is None else ago(days)
    return Channel.objects.create(
        decision_maker=row, kind=kind, value=value, checked_on=checked_on, **values
    )


@pytest.fixture
def ministry(site):
    return office(site, "post", "Ministry of Post")


@pytest.fixture
def editor(client, db):
    return signed_in(client, person("eva", "Editors"))


# ---------------------------------------------------------------------- channels


def test_a_check_holds_for_a_year(ministry):
    assert not channel(ministry, days=365).is_unverified
    assert channel(ministry, days=366).is_unverified
    assert channel(ministry, days=None).is_unverified
    assert [c.is_unverified for c in Channel.objects.unverified()] == [True, True]


def test_verified_ways_come_before_unverified_ones_in_their_order(ministry, site):
    channel(ministry, "email", "old@office.example", days=400)
    channel(ministry, "account", "https://social.example/@office")
    channel(ministry, "post", "Office\nStreet 1")
    channel(ministry, "form", "https://office.example/form")
    channel(ministry, "email", "earlier@office.example", days=20)
    channel(ministry, "email", "later@office.example", days=3)
    translation = office(
        site, "post", "Ministerio", locale=site.es.locale, translation_key=ministry.translation_key
    )
    for row in (ministry, translation):
        assert [c.value for c in row.channels_for_sending()] == [
            "later@office.example",
            "earlier@office.example",
            "https://office.example/form",
            "Office\nStreet 1",
            "https://social.example/@office",
            "old@office.example",
        ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "not an address"),
        ("email", "a@office.example\nBcc: b@office.example"),
        ("form", "office.example"),
        ("form", "javascript:alert(1)"),
        ("form", "https://office.example@elsewhere.example/"),
        ("account", "http://social.example/@office"),
        ("post", "Street 1"),
        ("post", "\n".join(["line"] * 13)),
    ],
)
def test_an_address_that_is_none_is_refused(ministry, kind, value):
    with pytest.raises(ValidationError) as refused:
        Channel(decision_maker=ministry, kind=kind, value=value).full_clean()
    assert set(refused.value.message_dict) == {"value"}


def test_lines_of_an_address_are_tidied(ministry):
    post = Channel(decision_maker=ministry, kind="post", value=" Office \r\n\r\n Street  1\r\n")
    post.full_clean()
    assert post.value == "Office\nStreet 1"


def test_nobody_checks_in_the_future(ministry):
    address = Channel(decision_maker=ministry, kind="email", value="a@b.example")
    address.checked_on = ago(-1)
    with pytest.raises(ValidationError, match="still to come"):
        address.full_clean()


# ---------------------------------------------------------------------- search


@pytest.fixture
def several(site):
    office(site, "post", "Ministry of Post", countries=["PE"], office="Dirección de Quejas")
    office(site, "postbank", "Post", kind="company", countries=["DE"])
    face = office(site, "face", "Facebook", kind="platform")
    office(
        site,
        "face",
        "فيسبوك",
        kind="platform",
        locale=site.ar.locale,
        translation_key=face.translation_key,
    )
    tree.forget()


def slugs(text, kind="", language="en", **options):
    return [found[0] for found in DecisionMaker.search(text, kind, language, **options)]


def test_they_are_found_by_name_kind_country_office_and_short_name(several):
    assert slugs("FACEBOOK") == ["face"]
    assert slugs("platform") == ["face"]
    assert slugs("perú") == ["post"]
    assert slugs("direccion quejas") == ["post"]
    assert slugs("postbank") == ["postbank"]
    assert slugs("nobody at all") == []


def test_the_best_match_comes_first(several, site):
    office(site, "union", "A Union of Posts")
    office(site, "heap", "A Compost Heap")
    # Two that are called or known as that, then words that begin so, then a piece of a word.
    assert slugs("post") == ["post", "postbank", "union", "heap"]
    assert slugs("a uni") == ["union"]
    assert slugs("post", kind="company") == ["postbank"]
    assert slugs("")[:3] == ["heap", "union", "face"]
    assert slugs("", limit=1) == ["heap"]


def test_they_are_found_in_the_readers_language_and_in_the_source(several):
    arabic = [("face", "فيسبوك", "ar", "platform")]
    assert DecisionMaker.search("فيس", language="ar") == arabic
    assert DecisionMaker.search("facebook", language="ar") == arabic
    assert slugs("بيرو", language="ar") == ["post"]  # Peru


def test_a_search_costs_no_query_and_sees_what_is_saved(several, site, django_assert_num_queries):
    slugs("post")
    with django_assert_num_queries(0):
        for text in ("post", "face", "", "nobody"):
            slugs(text)
    office(site, "new", "Quite new")
    assert slugs("quite") == ["new"]


# ---------------------------------------------------------------------- translations


def translate(row, locale, words):
    for segment in StringSegment.objects.filter(source__object_id=row.translation_key):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": words},
        )


@pytest.mark.django_db(transaction=True)
def test_translating_neither_copies_nor_loses_channels(client, site):
    ministry = office(site, "post", "Ministry of Post", countries=["PE"])
    first = channel(ministry, value="one@office.example")
    translator = signed_in(client, person("killa", "Translators: es"))
    submit = f"/admin/localize/submit/snippet/letters/decisionmaker/{ministry.pk}/"
    translator.post(submit, {"locales": [site.es.locale.pk]})
    ministerio = ministry.get_translation(site.es.locale)
    edit = f"{BASE}edit/{ministerio.pk}/"
    assert translator.get(edit).status_code == 200
    translate(ministry, site.es.locale, "Ministerio de Correos")
    translator.post(edit, {"action": "publish"})
    assert list(Channel.objects.all()) == [first]

    second = channel(ministry, "post", "Office\nStreet 1")
    ministry.refresh_from_db()
    ministry.name, ministry.countries = "Ministry of Mail", ["PE", "BO"]
    ministry.save()
    translate(ministry, site.es.locale, "Ministerio del Correo")
    translator.post(edit, {"action": "publish"})
    ministerio.refresh_from_db()
    assert (ministerio.name, ministerio.countries) == ("Ministerio del Correo", ["PE", "BO"])
    assert list(ministry.channels.all()) == [first, second]
    assert list(Channel.objects.all()) == [first, second]
    assert "office.example" not in Translation.objects.get().source.content_json


# ---------------------------------------------------------------------- admin


def form(rows, initial=0, **values):
    """A decision-maker's form with channels, as a browser sends it."""
    data = {"name": "Ministry of Mail", "slug": "post", "kind": "government"} | values
    data |= {"channels-TOTAL_FORMS": len(rows), "channels-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"channels-{number}-{name}": value for name, value in row.items()}
    return data


EMAIL = {"kind": "email", "value": "mail@office.example", "checked_on": "2026-01-02"}


def test_editors_add_change_and_remove_channels(editor, ministry):
    edit = f"{BASE}edit/{ministry.pk}/"
    post = {"kind": "post", "value": "Office\nStreet 1"}
    editor.post(edit, form([EMAIL, post], language="es", office="Desk 1"))
    mail, letter = ministry.channels.order_by("pk")
    assert (mail.value, mail.checked_on) == ("mail@office.example", date(2026, 1, 2))
    ministry.refresh_from_db()
    assert (ministry.language, ministry.office) == ("es", "Desk 1")
    page = editor.get(edit).content.decode()
    assert "mail@office.example" in page
    again = [
        EMAIL | {"id": mail.pk, "value": "new@office.example"},
        post | {"id": letter.pk, "DELETE": "on"},
    ]
    editor.post(edit, form(again, initial=2))
    assert [c.value for c in ministry.channels.all()] == ["new@office.example"]


def test_a_wrong_address_is_said_at_its_field_and_nothing_is_saved(editor, ministry):
    wrong = {"kind": "account", "value": "http://social.example/@office"}
    page = editor.post(f"{BASE}edit/{ministry.pk}/", form([wrong])).content.decode()
    assert "Enter a valid URL." in page
    assert not Channel.objects.exists()


def test_a_country_that_nobody_knows_is_refused(editor, ministry):
    page = editor.post(f"{BASE}edit/{ministry.pk}/", form([], countries="Peru, Narnia"))
    assert "There is no country with this code: NARNIA" in page.content.decode()


def test_a_row_in_another_language_takes_no_channels(editor, ministry, site):
    key = ministry.translation_key
    ministerio = office(site, "post", "Correos", locale=site.es.locale, translation_key=key)
    page = editor.post(f"{BASE}edit/{ministerio.pk}/", form([EMAIL])).content.decode()
    assert "Channels belong to the original" in page
    assert not Channel.objects.exists()


def test_the_list_is_filtered_by_kind_and_by_channels_to_check(editor, ministry, site):
    channel(ministry, days=500)
    channel(ministry, "post", "Office\nStreet 1")
    channel(office(site, "face", "Facebook", kind="platform"))
    office(site, "silent", "Silent Office")

    def shown(**query):
        page = BeautifulSoup(editor.get(BASE, query).content, "html.parser")
        rows = page.select("#listing-results table.listing > tbody > tr")
        return [" ".join(row.text.split()) for row in rows]

    assert len(shown()) == 3
    assert [row.split()[0] for row in shown(kind="platform")] == ["Facebook"]
    (row,) = shown(channels="unverified")
    assert row.startswith("Ministry of Post")
    assert row.endswith("2 1")  # two channels, one to be checked
    assert [row.split()[0] for row in shown(channels="none")] == ["Silent"]


def test_the_report_shows_what_is_to_be_checked_the_oldest_first(editor, ministry, site):
    for value, days in (
        ("fresh@office.example", 10),
        ("soon@office.example", 340),
        ("old@office.example", 800),
        ("never@office.example", None),
        ("over@office.example", 370),
    ):
        channel(ministry, value=value, days=days)
    page = editor.get(REPORT).content.decode()
    places = [page.index(f"{name}@") for name in ("never", "old", "over", "soon")]
    assert places == sorted(places)
    assert "fresh@" not in page
    assert "Never" in page
    assert f"{BASE}edit/{ministry.pk}/" in page
    assert REPORT in editor.get("/admin/").content.decode()


def test_the_report_is_no_spreadsheet(editor, ministry):
    channel(ministry, value="=cmd@office.example", days=None)
    for kind in ("csv", "xlsx"):
        answer = editor.get(REPORT, {"export": kind})
        assert answer["Content-Type"].startswith("text/html")


def test_the_report_is_for_those_who_may_change_decision_makers(client, ministry):
    moderator = signed_in(client, person("amal", "Moderators", reads=["ar"]))
    assert moderator.get(REPORT).status_code == 302
    assert REPORT not in moderator.get("/admin/").content.decode()


def test_the_report_costs_the_same_for_one_and_for_many(
    editor, ministry, django_assert_max_num_queries
):
    for number in range(30):
        channel(ministry, value=f"a{number}@office.example", days=None)
    editor.get(REPORT)
    with django_assert_max_num_queries(15):
        editor.get(REPORT)


def test_a_channel_is_added_and_removed_in_a_browser(new_page, demo):
    page, stopped = new_page(), []
    page.on(
        "console",
        lambda said: "Content Security Policy" in said.text and stopped.append(said.text),
    )
    page.goto("/admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", demo.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")

    def edit():
        page.goto(f"{BASE}?q=tiktok&locale=en")
        page.click("#listing-results tbody a[href*='/edit/']")
        page.wait_for_selector("[data-inline-panel-child]:visible")
        return page.locator("[data-inline-panel-child]:visible")

    def save():
        with page.expect_navigation():
            page.click("button.action-save")

    before = edit().count()
    page.click("#id_channels-ADD")
    page.select_option(f"[name=channels-{before}-kind]", "email")
    page.fill(f"[name=channels-{before}-value]", "second@tiktok.example")
    page.fill(f"[name=channels-{before}-checked_on]", "2026-11-01")
    save()
    assert edit().count() == before + 1
    assert page.input_value(f"[name=channels-{before}-checked_on]") == "2026-11-01"
    page.click(f"#id_channels-{before}-DELETE-button")
    save()
    assert edit().count() == before
    assert not stopped
