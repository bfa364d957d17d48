"""Address books in CSV and JSON become decision-makers: once, wholly, and nothing is lost."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringSegment, TranslationSource

from letters.address_book.file import read_file
from letters.address_book.update import Update
from letters.models import Channel, DecisionMaker
from portal import tree

COMPANY = {
    "slug": "acme",
    "name": "Acme GmbH",
    "relevant-countries": ["de", "at"],
    "address": "Example Street 1\n10115 Example City\nGermany",
    "email": "letters@acme.example",
    "webform": "https://acme.example/contact",
    "web": "https://acme.example",
    "request-language": "de",
    "sources": ["https://acme.example/imprint", "https://elsewhere.example"],
    "quality": "verified",
    "checked-on": "2026-03-01",
    "runs": ["Acme Shop"],
}


class Run:
    """What a run of the command said; `failed` is the message of its failure."""

    def __init__(self, path, **options):
        out, err, self.failed = io.StringIO(), io.StringIO(), ""
        try:
            call_command("import_decision_makers", path, stdout=out, stderr=err, **options)
        except CommandError as error:
            self.failed, self.code = str(error), error.returncode
        self.said, self.problems = out.getvalue(), err.getvalue()
        if counted := re.match(r"\d+ records: (\d+) \w+, (\d+) \w+, (\d+) \w+, (\d+)", self.said):
            self.counts = tuple(map(int, counted.groups()))  # new, changed, unchanged, bad


@pytest.fixture
def book(db, tmp_path):
    """book([{…}]) imports JSON, book("name;email\\n…") the text of a CSV file."""

    def load(content, *, coding="utf-8", **options):
        is_text = isinstance(content, str)
        path = tmp_path / ("book.csv" if is_text else "book.json")
        path.write_bytes((content if is_text else json.dumps(content)).encode(coding))
        return Run(path, **options)

    return load


def channels(slug="acme"):
    found = Channel.objects.filter(decision_maker__slug=slug)
    return {(channel.kind, channel.value) for channel in found}


def everything():
    """All rows as they are stored."""
    return [list(model.objects.order_by("pk").values()) for model in (DecisionMaker, Channel)]


# ---------------------------------------------------------------------- reading


def test_a_company_of_an_address_book_becomes_a_decision_maker(book):
    run = book([COMPANY])
    assert run.counts == (1, 0, 0, 0)
    assert not run.failed
    assert "runs" in run.problems  # a key that nothing here has
    acme = DecisionMaker.objects.get()
    assert (acme.slug, acme.name, acme.kind) == ("acme", "Acme GmbH", "company")
    assert (acme.countries, acme.language) == (["DE", "AT"], "de")
    assert acme.locale.language_code == "en"
    assert channels() == {
        ("email", "letters@acme.example"),
        ("form", "https://acme.example/contact"),
        ("post", "Example Street 1\n10115 Example City\nGermany"),
    }
    for channel in acme.channels.all():
        assert channel.source == "https://acme.example/imprint"
        assert channel.checked_on == date(2026, 3, 1)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_says_the_same_as_json(book, mark, coding):
    text = io.StringIO()
    rows = csv.DictWriter(text, [*COMPANY], delimiter=mark)
    rows.writeheader()
    rows.writerow({k: " ".join(v) if isinstance(v, list) else v for k, v in COMPANY.items()})
    assert book(text.getvalue(), coding=coding).counts == (1, 0, 0, 0)
    assert book([COMPANY]).counts == (0, 0, 1, 0)


def test_keys_are_known_in_their_usual_spellings(book):
    book(
        "Name;E-Mail;Web Form;Postal_Address;Accounts;Country;Kind;Department\n"
        "Acme;A@acme.example|b@acme.example;https://acme.example/f;Acme, Street 1, City;"
        "https://social.example/@acme;fr;platform;Desk 1\n"
    )
    acme = DecisionMaker.objects.get(slug="acme")
    assert (acme.kind, acme.office, acme.countries) == ("platform", "Desk 1", ["FR"])
    assert channels() == {
        ("email", "A@acme.example"),
        ("email", "b@acme.example"),
        ("form", "https://acme.example/f"),
        ("post", "Acme\nStreet 1\nCity"),
        ("account", "https://social.example/@acme"),
    }


def test_what_nobody_checked_is_unverified(book):
    run = book([COMPANY | {"quality": "scraped"}], checked_by="Eva")
    assert "1 of them have no day of a check" in run.said
    assert all(channel.is_unverified for channel in Channel.objects.all())


def test_whoever_imports_may_say_who_checked_and_when(book):
    day = timezone.localdate() - timedelta(days=3)
    del (record := dict(COMPANY))["checked-on"]
    book([record], checked_on=day, checked_by="Eva")
    assert {(c.checked_on, c.checked_by) for c in Channel.objects.all()} == {(day, "Eva")}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("[{", "not JSON"),
        ("phone;fax\n1;2\n", "no column"),
        ("name;name\na;b\n", "Two columns have the same name"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(book, content, reason):
    assert reason in book(content).failed
    assert not DecisionMaker.objects.exists()


def test_a_file_in_another_coding_is_refused(book):
    assert "not in UTF-8" in book("name\nCafé\n", coding="latin-1").failed


# ---------------------------------------------------------------------- again


def test_a_second_run_changes_nothing_and_says_so(book):
    book([COMPANY, {"name": "脸书"}, {"name": "Without slug", "email": "a@b.example"}])
    before = everything()
    run = book([COMPANY, {"name": "脸书"}, {"name": "Without slug", "email": "a@b.example"}])
    assert run.counts == (0, 0, 3, 0)
    assert "Nothing has changed." in run.said
    assert everything() == before


def test_a_dry_run_counts_and_writes_nothing(book):
    run = book([COMPANY], dry_run=True)
    assert run.counts == (1, 0, 0, 0)
    assert "dry run" in run.said
    assert everything() == [[], []]


def test_an_update_never_overwrites_with_nothing(book):
    book([COMPANY | {"description": "Sells everything.", "office": "Desk 1", "kind": "platform"}])
    before = everything()
    assert book([{"slug": "acme", "name": "", "email": None, "sources": []}]).counts[2] == 1
    assert book("slug;name;email;description;office\nacme;;;;\n").counts[2] == 1
    assert everything() == before
    assert book([{"slug": "acme", "request-language": "", "languages": ["fr"]}]).counts[1] == 1
    assert DecisionMaker.objects.get().language == "fr"


def test_channels_entered_by_hand_stay_and_a_new_address_is_added(book):
    book([COMPANY])
    acme = DecisionMaker.objects.get()
    Channel.objects.create(decision_maker=acme, kind="account", value="https://social.example/@a")
    assert book([COMPANY | {"email": "new@acme.example"}]).counts == (0, 1, 0, 0)
    assert len(channels()) == 5
    assert ("account", "https://social.example/@a") in channels()


def test_a_newer_check_dates_the_channel_and_an_older_one_does_not(book):
    book([COMPANY])
    newer = COMPANY | {"email": "Letters@ACME.example", "checked-on": "2026-09-01"}
    assert book([newer], checked_by="Eva").counts == (0, 1, 0, 0)
    assert book([COMPANY]).counts == (0, 0, 1, 0)
    mail = Channel.objects.get(kind="email")
    assert (mail.value, mail.checked_on) == ("letters@acme.example", date(2026, 9, 1))
    assert mail.checked_by == "Eva"
    assert Channel.objects.count() == 3


def test_readers_and_translators_learn_of_a_changed_name(book, site):
    book([COMPANY])
    acme = DecisionMaker.objects.get()
    arabic = DecisionMaker.objects.create(
        name="أكمي",
        slug="acme",
        kind="company",
        locale=site.ar.locale,
        translation_key=acme.translation_key,
    )
    TranslationSource.update_or_create_from_instance(acme)
    assert DecisionMaker.names_in("en")["acme"] == ("Acme GmbH", "en")
    book([COMPANY | {"name": "Acme SE"}])
    assert DecisionMaker.names_in("en")["acme"] == ("Acme SE", "en")
    assert [found[0] for found in DecisionMaker.search("acme se")] == ["acme"]
    arabic.refresh_from_db()
    assert arabic.name == "أكمي"
    assert StringSegment.objects.get(context__path="name").string.data == "Acme SE"


def test_one_without_a_slug_is_known_by_its_name(book):
    book([COMPANY])
    run = book([{"name": "ACME  GmbH", "email": "new@acme.example"}])
    assert run.counts == (0, 1, 0, 0)
    assert DecisionMaker.objects.get().name == "Acme GmbH"


def test_a_name_that_exists_under_another_slug_is_reported(book):
    book([COMPANY])
    run = book([{"slug": "acme-2", "name": "Acme GmbH"}])
    assert "record 1: This name exists under another slug: acme" in run.problems
    assert run.counts == (1, 0, 0, 0)
    run = book([{"name": "Acme GmbH"}])
    assert "a slug is needed" in run.problems
    assert run.counts == (0, 0, 0, 1)


# ---------------------------------------------------------------------- bad rows


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"slug": "", "name": ""}, "neither a name nor a slug"),
        ({"slug": "nobody", "name": ""}, "It has no name"),
        ({"slug": "a b"}, "slug: "),
        ({"name": "a" * 201}, "name: "),
        ({"name": "Two\nlines"}, "more than one line"),
        ({"name": 5}, "name: a text is needed"),
        ({"name": "\ud800"}, "no text"),
        ({"name": "a\x00"}, "no text"),
        ({"email": "nobody"}, "email: "),
        ({"email": {"to": "a@b.example"}}, "email: a text is needed"),
        ({"webform": "javascript:alert(1)"}, "webform: "),
        ({"address": "Street 1"}, "address: "),
        ({"account": "http://a.example"}, "account: "),
        ({"sources": ["here"]}, "source: "),
        ({"relevant-countries": ["xx"]}, "countries: "),
        ({"request-language": "klingon"}, "language: "),
        ({"kind": "person"}, "kind: "),
        ({"checked-on": "yesterday"}, "checked-on: "),
        ({"checked-on": "2999-01-01"}, "checked_on: "),
    ],
)
def test_a_bad_record_is_named_with_its_reason_and_the_good_ones_come_in(book, change, reason):
    good = {"slug": "good", "name": "Good Office"}
    run = book([COMPANY | change, good])
    assert run.counts == (1, 0, 0, 1)
    assert re.search(f"^record 1: .*{re.escape(reason)}", run.problems, re.MULTILINE)
    assert run.failed == "1 records were not imported."
    assert run.code == 1
    assert [row.slug for row in DecisionMaker.objects.all()] == ["good"]


def test_a_bad_row_is_named_by_the_line_where_it_begins(book):
    run = book(
        'name;address;email\nFirst;"Street 1\nCity";a@b.example\n\nBad;;nobody\n'
        "Too;many;;cells\n;;\nLast;;c@d.example\n"
    )
    assert run.counts == (2, 0, 0, 2)
    assert "line 5: email: " in run.problems
    assert "line 6: The row has more cells" in run.problems


def test_a_quote_that_never_ends_is_reported(book):
    run = book('name,email\nFirst,a@b.example\n"Second,c@d.example\nThird,e@f.example\n')
    assert run.counts == (1, 0, 0, 1)
    assert "line 3: The row is not CSV" in run.problems


def test_one_office_twice_in_a_file_is_reported(book):
    run = book([COMPANY, {"name": "acme gmbh"}, COMPANY | {"slug": "other", "name": "Other"}])
    assert run.counts == (2, 0, 0, 1)
    assert "record 2: It is about the same as record 1." in run.problems


def test_what_fails_in_the_middle_leaves_nothing(book, monkeypatch):
    def fail(name):
        raise RuntimeError

    monkeypatch.setattr("portal.generation.bump", fail)
    with pytest.raises(RuntimeError):
        book([COMPANY])
    assert everything() == [[], []]


VALUES = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=20),
    st.sampled_from(["acme", "Acme", "a@b.example", "https://a.example/x", "de", "2026-01-01"]),
    st.lists(st.sampled_from(["de", "fr", "a@b.example", ""]), max_size=3),
)
RECORDS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from([*COMPANY, "account", "kind"]), VALUES),
        st.builds(lambda slug: COMPANY | {"slug": slug}, st.sampled_from("abc")),
        st.text(max_size=5),
    ),
    max_size=6,
)
CELLS = st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=6)
GENEROUS = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def counted(path):
    """Import; every record is counted, and a second time changes nothing."""
    found, _unknown = read_file(path)
    first, second = Update(), Update()
    first.run(found)
    assert first.total == len(found)
    stored = everything()
    second.run(found)
    assert second.total == len(found)
    assert (second.new, second.changed) == (0, 0)
    assert second.bad == first.bad
    assert everything() == stored
    tree.forget()


@GENEROUS
@given(RECORDS)
def test_whatever_a_record_holds_it_is_counted_once(db, tmp_path, records):
    path = tmp_path / "book.json"
    path.write_text(json.dumps([COMPANY, *records]), "utf-8")
    counted(path)


@GENEROUS
@given(CELLS, st.sampled_from(",;\t"))
def test_whatever_a_row_holds_it_is_counted_once(db, tmp_path, rows, mark):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark)
    writer.writerow(["name", "email", "address"])
    writer.writerows(rows)
    path = tmp_path / "book.csv"
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    counted(path)


def test_thousands_come_in_with_few_queries(book, django_assert_max_num_queries):
    companies = [
        COMPANY
        | {"slug": f"acme-{number}", "name": f"Acme {number}", "email": f"a{number}@acme.example"}
        for number in range(1000)
    ]
    with django_assert_max_num_queries(120):
        assert book(companies).counts == (1000, 0, 0, 0)
    newer = [company | {"checked-on": "2026-09-01"} for company in companies]
    with django_assert_max_num_queries(60):
        assert book(newer).counts == (0, 1000, 0, 0)
    with django_assert_max_num_queries(10):
        assert book(newer).counts == (0, 0, 1000, 0)
