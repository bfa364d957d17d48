"""Log lines hold nothing of a visitor."""

import logging

import pytest

from portal import outbox
from portal.logs import Scrub, scrubbed
from portal.models import Job

CANARY = "canary-words-of-a-letter"


def line(message, *arguments, error=None):
    """What stands in the log."""
    trace = None
    if error is not None:
        try:
            raise error
        except Exception as raised:
            trace = (type(raised), raised, raised.__traceback__)
    record = logging.LogRecord("portal", logging.ERROR, "x.py", 1, message, arguments, trace)
    Scrub().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.parametrize(
    "address",
    [
        "203.0.113.7",
        "2001:db8:0:1:1:1:1:1",
        "2001:db8::1",
        "fe80::1ff:fe23:4567:890a",
        "::1",
        "::ffff:203.0.113.7",
        "ana@example.org",
        "ana.maria+letters@mail.example.org",
        "1234 5678 9012 3456 7890",
        "1234-5678-9012-3456-7890",
        "12345678901234567890",
    ],
)
def test_addresses_and_receipts_are_cut(address):
    assert scrubbed(f"from {address} again") == "from [cut] again"
    assert scrubbed(f"({address})") == "([cut])"
    assert address not in line("from %s again", address)


@pytest.mark.parametrize(
    "text", ["at 12:30:45", "portal.outbox", "Job 15 failed, attempt 3", "1.14.5", "x::y", "40 000"]
)
def test_other_numbers_stay(text):
    assert scrubbed(text) == text


def test_an_error_is_named_without_its_words():
    said = line("It broke", error=ValueError(CANARY))
    assert "ValueError" in said and "test_logs.py" in said
    assert CANARY not in said


def test_nobody_can_forge_a_line():
    assert "\n" not in line("Not Found: %s", "/en/\n2026-11-23 ERROR forged\r\x1b[31m\u2028")


def test_a_failing_job_is_logged_without_what_it_holds(db, caplog, capsys):
    def fail(words):
        raise RuntimeError(words)

    outbox.handlers["tests.fail"] = fail
    try:
        outbox.enqueue("tests.fail", words=CANARY)
        outbox.drain()
    finally:
        del outbox.handlers["tests.fail"]
    handler = logging.getLogger().handlers[0]
    assert any(isinstance(one, Scrub) for one in handler.filters)
    assert Job.objects.get().failure == "RuntimeError"
    assert CANARY not in capsys.readouterr().err


def test_a_request_that_is_not_found_leaves_no_browser_and_no_question(site, client, capsys):
    client.get(f"/en/nothing/?q={CANARY}", headers={"user-agent": CANARY, "referer": CANARY})
    said = capsys.readouterr().err
    assert CANARY not in said
