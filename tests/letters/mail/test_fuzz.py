"""Whatever comes, reading it ends, and ends well. `make fuzz` does ten times as many."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.mail.markup import text_of
from letters.mail.parse import parse
from letters.mail.quotes import own_words
from tests.fuzz import mails


@pytest.mark.parametrize("tens", range(10))
def test_no_mail_is_too_strange_to_be_read(tens):
    for seed in range(tens * 10, tens * 10 + 10):
        mails.look(mails.mail(seed))


@given(st.binary(max_size=2000))
def test_no_bytes_are_too_strange_to_be_read(raw):
    mails.look(raw)


@given(st.binary(max_size=500), st.sampled_from(["text/html", "text/plain; format=flowed"]))
def test_no_body_is_too_strange_to_be_read(body, kind):
    mails.look(b"Subject: x\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + body)


@given(st.text(st.characters(exclude_characters="<&\x02", exclude_categories=["Cc", "Cs", "Z"])))
def test_no_word_outside_a_tag_is_lost(words):
    assert text_of(f"<p>{words}</p>") == words


@given(st.lists(st.text("ab :<@\n", max_size=30), max_size=8))
def test_nothing_is_cut_from_what_no_program_wrote(lines):
    text = "\n".join(lines).strip("\n")
    assert own_words(text, False).split() == text.split()


@pytest.mark.parametrize(
    "bomb",
    [
        *("<style>", "<style></b>", "<a", '<a "', "<!--", "<", "<blockquote>", '<a ">', "&#", "<p"),
        *("From: a\n", "a wrote:\n", "____________\n", "> \n", "-- \n", " \n", ":", "schrieb "),
    ],
)
def test_what_is_repeated_for_ever_costs_seconds(bomb):
    body = (bomb * (490_000 // len(bomb))).encode()  # read to its end
    kind = b"text/html" if bomb[0] in "<&" else b"text/plain"
    began = time.process_time()
    parse(b"Subject: x\r\nContent-Type: " + kind + b"\r\n\r\n" + body)
    assert time.process_time() - began < 10
