"""A moderator whose browser talks to a server process."""

import re
from html import unescape

import requests


class Moderator:
    """A browser in which somebody signed in with her password."""

    def __init__(self, server, name, password="a long password"):  # noqa: S107 (of the tests)
        self.server, self.name, self.session = server, name, requests.Session()
        form = {"username": name, "password": password}
        token = self.token(self.get("/admin/login/"))
        answer = self.send("/admin/login/", form | {"csrfmiddlewaretoken": token})
        assert answer.url == f"{server.address}/admin/"

    def get(self, path):
        return self.session.get(self.server.address + path, timeout=60)

    def send(self, path, data):
        """Follows to the next page, as browsers do."""
        address = self.server.address + path
        headers = {"Referer": address, "Origin": self.server.address}
        return self.session.post(address, data, headers=headers, timeout=60)

    @staticmethod
    def token(page):
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]

    def read(self, letter):
        """What her page would send with a decision."""
        page = self.get(f"/admin/desk/{letter.pk}/")
        seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
        return {"csrfmiddlewaretoken": self.token(page), "seen": seen}

    def decide(self, letter, act, form):
        data = form | ({"reason": "spam"} if act == "decline" else {})
        return unescape(self.send(f"/admin/desk/{letter.pk}/{act}/", data).text)
