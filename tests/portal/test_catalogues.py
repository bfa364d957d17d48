"""Every interface word is there in every language that we ship."""

import re
from pathlib import Path

import polib
import pytest
from django.utils.translation import to_locale

LOCALE = Path(__file__).resolve().parents[2] / "locale"
SHIPPED = ["es", "fr", "ar", "hi", "zh-hans"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(params=SHIPPED)
def catalogue(request):
    return polib.pofile(str(LOCALE / to_locale(request.param) / "LC_MESSAGES/django.po"))


def forms(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_no_word_is_missing_or_uncertain(catalogue):
    lacking = [e.msgid for e in catalogue if e.fuzzy or not all(forms(e))]
    assert lacking == []
    assert len(catalogue) > 400


def test_no_translation_loses_or_invents_a_placeholder(catalogue):
    wrong = {}
    for entry in catalogue:
        known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for form in forms(entry):
            found = set(PLACEHOLDER.findall(form))
            # A form for one, two or none may do without the number.
            if found - known or (known - found and not entry.msgid_plural):
                wrong[entry.msgid] = form
    assert wrong == {}


def test_nothing_but_catalogues_is_in_the_folder():
    # A Python package of this name would shadow Python's own `locale`.
    assert not list(LOCALE.rglob("*.py"))
