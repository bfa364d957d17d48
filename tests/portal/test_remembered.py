"""Parts of pages that are made once: another value makes another part, and what somebody has
typed stays in no memory."""

from datetime import date

import pytest
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from portal.remembered import NotPlain, _made, rendered

SWITCHER = "portal/components/language_list.html"


class Form(forms.Form):
    name = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", gettext_lazy("Language")), ("b", "B")], required=False)


def languages(**changes):
    language = {"url": "/en/", "code": "en", "dir": "ltr", "current": False, "name_local": "X"}
    return {"languages": [language | changes]}


def made():
    return _made.cache_info().misses


def test_the_same_values_make_a_part_once():
    first, before = rendered(SWITCHER, languages()), made()
    assert rendered(SWITCHER, languages()) == first
    assert made() == before


@pytest.mark.parametrize("change", [{"current": True}, {"name_local": "Y"}, {"url": "/es/"}])
def test_any_other_value_makes_another(change):
    assert rendered(SWITCHER, languages(**change)) != rendered(SWITCHER, languages())


def test_what_looks_alike_is_not_taken_for_the_same():
    escaped = rendered(SWITCHER, languages(name_local="<b>"))
    assert "&lt;b&gt;" in escaped
    assert "<b>" in rendered(SWITCHER, languages(name_local=mark_safe("<b>")))
    assert rendered(SWITCHER, languages(current=1)) == rendered(SWITCHER, languages(current=True))


def test_a_value_that_may_change_by_itself_is_refused():
    with pytest.raises(NotPlain):
        rendered(SWITCHER, languages(name_local=object()))


def test_days_are_told_apart():
    assert rendered(SWITCHER, languages(name_local=date(2026, 1, 2))) != rendered(
        SWITCHER, languages(name_local=date(2026, 1, 3))
    )


def test_a_field_is_made_once_in_each_language():
    with override("en"):
        english = str(Form()["kind"])
    with override("es"):
        spanish = str(Form()["kind"])
    assert "Language" in english
    assert "Idioma" in spanish
    before = made()
    with override("en"):
        assert str(Form()["kind"]) == english
    assert made() == before


def test_what_was_chosen_and_what_was_not_are_two_fields():
    assert "selected" in str(Form({"kind": "b"})["kind"])
    assert "selected" not in str(Form({"kind": ""})["kind"]).partition('"b"')[2]


def test_what_somebody_has_typed_is_not_kept():
    before = _made.cache_info()
    assert "she lives there" in str(Form({"name": "she lives there"})["name"])
    assert _made.cache_info() == before
