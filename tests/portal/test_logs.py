"""Log lines hold nothing of a visitor."""

import io
import logging

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.test import Client

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


# ---------------------------------------------------------------------- requests


@pytest.fixture
def logged(monkeypatch):
    """What our handler writes, as the server's own log would hold it."""
    [handler] = [
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(one, Scrub) for one in handler.filters)
    ]
    stream = io.StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return stream.getvalue


@pytest.fixture
def visitor(site):
    """Somebody whose browser says more than it should."""
    headers = {"user-agent": CANARY, "referer": f"http://testserver/{CANARY}/"}
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.raise_request_exception = False
    return client


def test_the_stream_is_the_one_that_is_written_to(logged):
    logging.getLogger("portal").error("It broke")
    assert "ERROR portal It broke" in logged()


def test_a_visit_leaves_no_line(visitor, logged):
    form = "/en/write/survivor/"
    own = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    statuses = [
        answer.status_code
        for answer in (
            visitor.get("/en/"),
            visitor.get(f"/en/nothing/?q={CANARY}"),
            visitor.get("/en/letter/abcdefgh/"),
            visitor.post(form + "check/", {"words": "", "title": CANARY}, headers=own),
            visitor.post("/ar/", {"words": CANARY}),
            visitor.put(form),
            visitor.get("/es/", headers={"host": "elsewhere.example"}),
        )
    ]
    assert statuses == [200, 404, 404, 422, 403, 405, 400]
    assert logged() == ""


def test_a_fault_of_ours_is_logged_without_the_place(visitor, logged, monkeypatch):
    def fail(*arguments):
        raise ValueError(CANARY)

    monkeypatch.setattr("wagtail.models.Page.specific", property(fail))
    assert visitor.get(f"/es/?q={CANARY}").status_code == 500
    said = logged()
    assert "ERROR django.request 500 wagtail_serve [ValueError]" in said
    assert "portal/views.py" in said
    assert CANARY not in said and "/es/" not in said


def test_a_suspicious_request_is_named_without_its_words(visitor, logged, monkeypatch):
    def fail(*arguments):
        raise SuspiciousFileOperation(f"/media/{CANARY}")

    monkeypatch.setattr("portal.views.default_storage.open", fail)
    assert visitor.get(f"/media/images/{CANARY}.webp").status_code == 400
    said = logged()
    assert "ERROR django.security.SuspiciousFileOperation 400" in said
    assert CANARY not in said and "/images/" not in said


@pytest.mark.parametrize("name", ["django.request", "django.security.csrf", "django.server"])
def test_django_logs_no_answer_below_500(name):
    assert logging.getLogger(name).getEffectiveLevel() == logging.ERROR
