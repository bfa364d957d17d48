"""Somebody who writes a letter: her browser, in a few lines."""

import itertools

from bs4 import BeautifulSoup

from letters.intake import work

WORDS = "Dear friend,\n\nI believe you and I am with you.\n\n## Always\nYour words matter."
FORM = "/en/write/survivor/"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


class Writer:
    """Alice at her browser: she fills in what she sees and presses what is there."""

    def __init__(self, client):
        self.client, self.headers = client, SAME_ORIGIN
        self.has_script = True  # it does its sum against machines

    def look(self, response):
        self.response = response
        self.page = BeautifulSoup(response.content, "html.parser")
        form = self.page.select_one("main form")
        self.action = form["action"] if form and form.get("action") else self.action
        self.fields = fields(form) if form else {}
        return self

    def open(self, address=FORM):
        self.action = address
        return self.look(self.client.get(address))

    def post(self, **changes):
        """What pressing a button sends, and where that button sends it."""
        data = {**self.fields, **changes}
        if self.has_script and "work" in data and not data["work"]:
            data["work"] = solved(data["token"])
        data = {name: value for name, value in data.items() if value not in ("", None, [])}
        pressed = [
            button
            for button in self.page.select("main button[name][formaction]")
            if changes.get(button["name"]) == button.get("value")
        ]
        action = pressed[0]["formaction"].partition("#")[0] if pressed else self.action
        return self.client.post(action, data, headers=self.headers)

    def press(self, **changes):
        return self.look(self.post(**changes))

    @property
    def text(self):
        return self.page.get_text(" ", strip=True)

    @property
    def receipt(self):
        return "".join(group.text for group in self.page.select("#receipt span"))


def solved(token):
    """The answer to a token's sum; `easy_sums` keeps it short."""
    bits = work.bits()
    return next(str(n) for n in itertools.count() if work.zero_bits(token, str(n)) >= bits)


def fields(form):
    """What a browser would send of a form that nobody touched."""
    found = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = control["name"], control.get("type", control.name)
        if kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                found.setdefault(name, []).append(control.get("value", "on"))
        elif kind == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            found[name] = chosen.get("value", "") if chosen else ""
        elif kind == "textarea":
            found[name] = control.text.removeprefix("\n")
        elif kind != "file":
            value = control.get("value", "")
            found[name] = [*found.get(name, []), value] if name == "content_notes" else value
    return found
