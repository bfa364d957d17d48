"""Publishes and takes back all the time, and reads back from every process."""

import secrets
import time

import requests
from django.db import close_old_connections

from tests.soak.actors import Actor

SECOND = 1.0


class Checker(Actor):
    """Stands on a machine of its own: the servers hear of what it publishes from the database
    alone."""

    kind, pause = "checking", 3.0

    def act(self):
        close_old_connections()
        self.page()
        self.letter()

    def get(self, server, path):
        # A connection of its own each time, as of another reader.
        return requests.get(server.address + path, headers={"Connection": "close"}, timeout=30)

    def all_say(self, path, is_right, what):
        """Within a second, in every process."""
        deadline = time.monotonic() + SECOND
        for server in self.servers:
            right = False
            while not right and time.monotonic() < deadline:
                right = is_right(self.get(server, path))
                if not right:
                    time.sleep(0.02)
            self.findings.read_back(right, what)

    def page(self):
        from home.models import HomePage

        home = HomePage.objects.get(locale__language_code="en")
        home.search_description = f"Said {secrets.token_hex(8)}"
        home.save_revision().publish()
        self.all_say("/en/", lambda answer: home.search_description in answer.text, "a page is old")

    def letter(self):
        from letters.intake.receive import receive
        from letters.models import Letter

        word = f"soaked{secrets.token_hex(6)}"
        draft = {
            "kind": "survivor",
            "words": f"You are not alone. {word}",
            "language": "en",
            "may_publish_words": True,
        }
        submission, digits = receive(draft, secrets.token_hex(16))
        submission.publish(None)
        path = Letter.objects.get(submission=submission).address
        self.all_say(path, lambda answer: word in answer.text, "a new letter is not there")
        gallery = "/en/letters/?kind=survivor"
        self.all_say(gallery, lambda answer: word in answer.text, "the gallery is old")
        self.take_back(path, gallery, word, digits)

    def take_back(self, path, gallery, word, digits):
        by = self.random.choice(self.servers)
        fields = {"receipt": digits, "step": "withdraw"}
        answer = requests.post(
            f"{by.address}/en/receipt/",
            fields,
            headers={"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": self.network()},
            timeout=30,
        )
        if answer.status_code != 200:
            self.findings.went_wrong("taking back", str(answer.status_code))
            return
        for server in self.servers:  # at once: her receipt has said so
            gone = self.get(server, path)
            self.findings.read_back(gone.status_code == 404, "a letter is still there")
            self.findings.read_back(
                word not in self.get(server, gallery).text, "a letter is still in the gallery"
            )
