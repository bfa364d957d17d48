"""A letter that was sent, and coming back with its receipt."""

import secrets

from bs4 import BeautifulSoup
from django.db import connection

from letters.intake.receive import receive

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def alices_letter():
    """A letter that Alice has sent, and her receipt: (submission, digits)."""
    draft = {
        "kind": "survivor",
        "words": "You are not alone, says Alice.",
        "language": "en",
        "signature": "Alice",
        "contact": "alice@letters.example",
        "may_publish_words": True,
    }
    return receive(draft, secrets.token_hex(16))


def come_back(client, typed, **fields):
    return client.post("/en/receipt/", {"receipt": typed, **fields}, **OURS)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def stored_row(submission):
    """Its row as the database has it, in one text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letters_submission WHERE id = %s", [submission.pk])
        return repr(cursor.fetchone())
