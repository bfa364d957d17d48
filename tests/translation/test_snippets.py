"""Decision-makers have no drafts: what is saved is what readers see."""

import pytest
from wagtail_localize.models import StringSegment, Translation

from letters.models import DecisionMaker
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def translator(client, site):
    return signed_in(client, person("killa", "Translators: es"))


@pytest.fixture
def ministry(site):
    return DecisionMaker.objects.create(
        name="Ministry of Post", slug="post", kind="government", locale=site.en.locale
    )


@pytest.fixture
def ministerio(translator, ministry, site):
    path = f"/admin/localize/submit/snippet/letters/decisionmaker/{ministry.pk}/"
    translator.post(path, {"locales": [site.es.locale.pk]})
    return ministry.get_translation(site.es.locale)


def translate(client, words):
    translation = Translation.objects.get()
    for segment in StringSegment.objects.annotate_translation(translation.target_locale):
        if segment.translation is None:
            client.put(
                f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
                f"value={words}",
                content_type="application/x-www-form-urlencoded",
            )


def save(client, snippet):
    path = f"/admin/snippets/letters/decisionmaker/edit/{snippet.pk}/"
    page = client.post(path, {"action": "publish"}, follow=True).content.decode()
    snippet.refresh_from_db()
    return page


def test_a_name_is_translated(translator, ministerio):
    assert "cannot go live yet" in save(translator, ministerio)
    translate(translator, "Ministerio de Correos")
    save(translator, ministerio)
    assert ministerio.name == "Ministerio de Correos"


def test_a_changed_name_is_out_of_date_until_it_is_translated_anew(
    translator, ministerio, ministry
):
    translate(translator, "Ministerio de Correos")
    save(translator, ministerio)
    ministry.name = "Ministry of Mail"
    ministry.save()
    assert "cannot go live yet" in save(translator, ministerio)
    assert ministerio.name == "Ministerio de Correos"
    translate(translator, "Ministerio del Correo")
    save(translator, ministerio)
    assert ministerio.name == "Ministerio del Correo"


def test_a_translator_does_not_change_another_language(translator, ministry, ministerio):
    path = f"/admin/snippets/letters/decisionmaker/edit/{ministry.pk}/"
    values = {"name": "Mine", "slug": "post", "kind": "government"}
    page = translator.post(path, values, follow=True).content.decode()
    ministry.refresh_from_db()
    assert ministry.name == "Ministry of Post"
    assert "you do not have permission" in page
