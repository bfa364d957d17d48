"""`manage.py export_letters`: what is in it, and what never is."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.models import Locale

from letters.models import DecisionMaker, Letter
from letters.vocabulary import GapReason
from tests.letters.submissions import waiting
from tests.letters.surfaces import exported


def letter(**fields):
    values = {"kind": "survivor", "words": "You are not alone.", "language": "en"}
    return Letter.objects.create(**values | {"may_quote": True, "may_translate": True} | fields)


def rows(purpose="quoting", **options):
    return json.loads(exported(purpose, "json", **options))


def cells(**options):
    return list(csv.DictReader(io.StringIO(exported("quoting", "csv", **options))))


def test_it_holds_what_readers_know(site):
    mayor = DecisionMaker.objects.create(
        name="The mayor", slug="mayor", kind="government", locale=Locale.get_default()
    )
    one = letter(
        kind="decision-maker",
        decision_maker=mayor,
        language="es",
        title="Basta",
        words="Vivo en ⟦place⟧.\n\n## Sí",
        signature="Ana",
        published="2026-11-02",
    )
    with translation.override("es"):
        left_out = str(GapReason.PLACE.label)
    assert rows() == [
        {
            "code": one.code,
            "address": f"http://127.0.0.1:8000/es/letter/{one.code}/",
            "language": "es",
            "kind": "decision-maker",
            "addressee": "The mayor",
            "title": "Basta",
            "words": f"Vivo en [{left_out}].\n\n## Sí",
            "transcript": "",
            "signature": "Ana",
            "month": "2026-11",
        }
    ]
    (as_csv,) = cells()
    assert as_csv == rows()[0]


def test_only_for_the_purpose_that_its_writer_allows_and_not_while_it_is_hidden(site):
    letter(title="both"), letter(title="quote", may_translate=False)
    letter(title="translate", may_quote=False), letter(title="hidden", hidden=True)
    letter(title="neither", may_quote=False, may_translate=False)
    assert {row["title"] for row in rows("quoting")} == {"both", "quote"}
    assert {row["title"] for row in rows("translation")} == {"both", "translate"}


def test_one_language(site):
    letter(language="es"), letter(language="ar")
    assert [row["language"] for row in rows(language="es")] == ["es"]


def test_nothing_private_is_in_it(site):
    submission = waiting(contact="canary@example.org", may_quote=True)
    submission.publish(None)
    for form in ("json", "csv"):
        assert "canary" not in exported("quoting", form)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_spreadsheet_runs_nothing_that_a_writer_typed(site, start):
    letter(title=f"{start}cmd|' /C calc'!A0", words="a = b", signature=start)
    (row,) = cells()
    assert row["title"].startswith(f"'{start}") and row["signature"] == f"'{start}"
    assert row["words"] == "a = b"
    assert rows()[0]["title"].startswith(start)  # JSON is as it was written


def test_into_a_file(site, tmp_path):
    letter(words="قلبي معكِ", language="ar")
    file = tmp_path / "letters.json"
    call_command("export_letters", "--for", "translation", "-o", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))[0]["words"] == "قلبي معكِ"
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_letters", "--for", "quoting", "-o", str(tmp_path / "no/such"))


def test_no_letter_is_an_empty_list(site):
    assert rows() == [] and cells() == []


def test_a_purpose_must_be_named(site):
    with pytest.raises(CommandError, match="--for"):
        call_command("export_letters")


def test_cost_grows_by_batches_only(site, django_assert_max_num_queries):
    for _number in range(30):
        letter()
    exported("quoting", "json")
    with django_assert_max_num_queries(6):
        assert len(rows()) == 30
