"""Who is there: readers, somebody who searches, writers, moderators. Each goes at her own pace."""

import random
import re
import threading
import time

import requests

from tests.letters.browser import Browser
from tests.letters.moderator import Moderator
from tests.letters.writer import Writer

LANGUAGES = ["en", "es", "ar", "fr", "hi", "zh-hans"]
WANTED = {
    "en": ["love", "friend", '"you are"', "pho", "platform"],
    "ar": ["أنت", "حب", "صديقة"],
    "zh-hans": ["你", "朋友", "平台"],
    "es": ["amor", "amiga"],
    "hi": ["तुम", "प्यार"],
    "fr": ["amie", "seule"],
}
ENCODINGS = ["br", "gzip", "identity"]


class Actor(threading.Thread):
    """act() is called every `pause` seconds, or as soon as it comes back if it takes longer."""

    pause, kind = 1.0, ""

    def __init__(self, servers, findings, done, seed=0):
        super().__init__(daemon=True)
        self.servers, self.findings, self.done = servers, findings, done
        self.random = random.Random(f"{seed}{self.kind}{id(self)}")
        self.session = requests.Session()

    def run(self):
        due = time.monotonic()
        while not self.done.is_set():
            try:
                self.act()
            except Exception as reason:
                self.findings.went_wrong(self.kind, repr(reason)[:300])
            due = max(due + self.pause, time.monotonic() - self.pause)
            self.done.wait(max(0, due - time.monotonic()))

    def act(self):
        raise NotImplementedError

    def network(self):
        """An address in another network each time: what comes from one is limited."""
        return f"10.{self.random.randrange(250)}.{self.random.randrange(250)}.7"

    def timed(self, kind, function, expected=(200,)):
        """What a function that gives an answer gives; its time is noted."""
        begin = time.monotonic()
        answer = function()
        self.findings.answered(kind, (time.monotonic() - begin) * 1000)
        if answer.status_code not in expected:
            self.findings.went_wrong(kind, f"{answer.status_code} {answer.url}")
        return answer

    def read(self, path, kind=None, expected=(200,)):
        server = self.random.choice(self.servers)
        headers = {"Accept-Encoding": self.random.choice(ENCODINGS)}
        return self.timed(
            kind or self.kind,
            lambda: self.session.get(server.address + path, headers=headers, timeout=30),
            expected,
        )


class Reader(Actor):
    kind, pause = "reading", 0.1

    def act(self):
        page = self.read(f"/{self.random.choice(LANGUAGES)}/")
        links = re.findall(r'href="(/[a-z-]+/[^"#?]*)"', page.text)
        links = [link for link in links if not link.endswith(".atom") and "/leave/" not in link]
        for link in self.random.sample(links, min(3, len(links))):
            # A letter may have been taken back since.
            self.read(link, expected=(200, 302, 404) if "/letter/" in link else (200, 302))


class Wanderer(Actor):
    """Filters and older pages: addresses that nobody has asked for yet."""

    kind, pause = "galleries", 0.4

    def act(self):
        language = self.random.choice(["", "en", "es", "ar"])
        kind = self.random.choice(["", "survivor", "decision-maker"])
        page = self.read(f"/en/letters/?language={language}&kind={kind}")
        for _step in range(self.random.randrange(4)):
            older = re.search(r'href="([^"]*before=[^"]*)"', page.text)
            if older is None:
                return
            path = older[1].replace("&amp;", "&")
            page = self.read(path if path.startswith("/") else f"/en/letters/{path}")


class Searcher(Actor):
    kind, pause = "searching", 0.4

    def act(self):
        language = self.random.choice(list(WANTED))
        words = self.random.choice(WANTED[language])
        if self.random.random() < 0.5:
            words += f" {self.random.randrange(1000)}"
        order = self.random.choice(["", "best"])
        query = requests.models.RequestEncodingMixin._encode_params({"q": words, "order": order})
        self.read(f"/en/letters/?{query}")


class Alice(Actor):
    """Writes a letter, looks at it, sends it, comes back with her receipt; takes some back."""

    kind, pause = "writing", 3.0

    def act(self):
        from_her = {"X-Forwarded-For": self.network()}
        browser = Browser(self.random.choice(self.servers), **from_her)
        alice = Writer(browser)
        alice.has_script = False
        number = self.random.randrange(10**9)
        self.timed("writing", lambda: alice.open().response)
        words = f"Dear friend {number},\n\nI believe you, and I am with you.\n\nA friend"
        self.timed("writing", lambda: alice.press(words=words, language="en").response)
        self.done.wait(2)  # nobody sends it in the same moment
        sharing = {"share": "yes", "may_publish_words": "on", "may_quote": "on"}
        self.timed("sending", lambda: alice.press(step="send", **sharing).response)
        digits = alice.receipt
        if not digits:
            self.findings.went_wrong("sending", "no receipt")
            return
        self._come_back(browser, digits, {})
        if self.random.random() < 0.2:
            self._come_back(browser, digits, {"step": "withdraw"})

    def _come_back(self, browser, digits, fields):
        same_origin = {"Sec-Fetch-Site": "same-origin"}
        fields = {"receipt": digits, **fields}
        self.timed("receipts", lambda: browser.post("/en/receipt/", fields, same_origin))


class Amal(Actor):
    """Reads what waits, and decides."""

    kind, pause = "deciding", 3.0
    password = ""  # of the demo's people

    def act(self):
        if not hasattr(self, "moderator"):
            self.moderator = Moderator(self.servers[0], "moderator", self.password)
        page = self.timed("the desk", lambda: self.moderator.get("/admin/desk/"))
        waiting = re.findall(r'href="/admin/desk/(\d+)/"', page.text)
        if not waiting:
            return
        key = self.random.choice(waiting)
        page = self.timed("the desk", lambda: self.moderator.get(f"/admin/desk/{key}/"), (200, 404))
        seen = re.search(r'name="seen" value="(\w+)"', page.text)
        if seen is None:  # taken back, or decided, in between
            return
        form = {"csrfmiddlewaretoken": self.moderator.token(page), "seen": seen[1]}
        act = "publish"
        if self.random.random() < 0.4:
            act, form["reason"] = "decline", "spam"
        self.timed(
            "deciding",
            lambda: self.moderator.send(f"/admin/desk/{key}/{act}/", form),
            (200, 404),
        )
