"""A language added in the admin of one server process is there in another, without restart."""

import re

import pytest
import requests
from django.contrib.auth.hashers import make_password
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation

from tests.people import person


class Admin:
    """A browser signed in to the admin of one server."""

    def __init__(self, address, user):
        self.address, self.session = address, requests.Session()
        token = self.token("/admin/login/")
        login = {"username": user.username, "password": "a long password"}
        self.send("POST", "/admin/login/", login, token)

    def token(self, path):
        page = self.session.get(self.address + path).text
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def send(self, method, path, data, token):
        headers = {"X-CSRFToken": token, "Referer": self.address + path}
        answer = self.session.request(method, self.address + path, data=data, headers=headers)
        assert answer.status_code in (200, 201), answer.text[:300]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("code", "direction"), [("ti", "ltr"), ("ps", "rtl")])
def test_a_new_language_is_live_in_every_process(serve, request, code, direction):
    home = request.getfixturevalue("site").en
    first, second = serve(), serve()
    olga = person("olga", "Owners")
    # The servers know the real hashers only.
    olga.password = make_password("a long password", hasher="argon2")
    olga.save()
    admin = Admin(first, olga)
    form = admin.token("/admin/locales/new/")
    admin.send("POST", "/admin/locales/new/", {"language_code": code}, form)
    locale = Locale.objects.get(language_code=code)
    admin.send("POST", f"/admin/localize/submit/page/{home.pk}/", {"locales": locale.pk}, form)
    assert requests.get(f"{second}/{code}/").status_code == 404  # not yet: it is a draft

    translated = home.get_translation(locale)
    translation = Translation.objects.get(target_locale=locale)
    for segment in StringSegment.objects.filter(source=translation.source):
        path = f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/"
        admin.send("PUT", path, {"value": f"{segment.string.data} ({code})"}, form)
    admin.send("POST", f"/admin/pages/{translated.pk}/edit/", {"action": "publish"}, form)

    for address in (first, second):
        page = requests.get(f"{address}/{code}/")
        assert page.status_code == 200
        assert f'<html lang="{code}" dir="{direction}">' in page.text
        assert f'hreflang="{code}"' in requests.get(f"{address}/en/").text
