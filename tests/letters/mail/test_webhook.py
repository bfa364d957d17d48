"""The address that a mail provider brings mail to."""

import hashlib
import hmac

import pytest
from django.db import OperationalError
from django.utils.http import urlencode

from letters.mail import keep
from letters.mail.parts import BYTES
from letters.models import IncomingMail, IntakeSwitch
from portal.private import decrypt_bytes
from tests.letters.mail.post import plain

SECRET = "a-secret-of-more-than-forty-characters-canary"
MAIL = plain("You are not alone: ñ.\n").as_bytes()
RAW = "message/rfc822"


@pytest.fixture(autouse=True)
def secret(db, settings):
    settings.MAIL_WEBHOOK_SECRET = SECRET


def signed(client, body, content_type=RAW, **changes):
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Signature": signature} | changes
    return client.post("/mail/", body, content_type=content_type, headers=headers)


def stored():
    return [decrypt_bytes(bytes(row.raw)) for row in IncomingMail.objects.all()]


def test_a_signed_mail_is_stored(client):
    response = signed(client, MAIL)
    assert (response.status_code, response.content) == (200, b"")
    assert stored() == [MAIL]
    assert not response.cookies


def test_the_same_mail_twice_is_one(client):
    assert [signed(client, MAIL).status_code for _ in range(2)] == [200, 200]
    assert stored() == [MAIL]


@pytest.mark.parametrize("field", ["email", "body-mime", "message"])
def test_a_form_may_hold_the_mail(client, field):
    body = (
        b'--x1\r\nContent-Disposition: form-data; name="to"\r\n\r\nletters@portal.example\r\n'
        b'--x1\r\nContent-Disposition: form-data; name="' + field.encode() + b'"\r\n\r\n'
    )
    body += MAIL + b"\r\n--x1--\r\n"
    assert signed(client, body, "multipart/form-data; boundary=x1").status_code == 200
    assert stored() == [MAIL]


def test_a_form_of_the_other_kind_may_hold_it_too(client):
    body = urlencode({"sender": "x", "body-mime": MAIL}).encode()
    assert signed(client, body, "application/x-www-form-urlencoded").status_code == 200
    assert stored() == [MAIL]


def basic(password):
    import base64

    return "Basic " + base64.b64encode(f"mail:{password}".encode()).decode()


def test_the_secret_may_be_a_password(client):
    response = client.post(
        "/mail/", MAIL, content_type=RAW, headers={"Authorization": basic(SECRET)}
    )
    assert response.status_code == 200
    assert stored() == [MAIL]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Signature": "0" * 64},
        {"X-Signature": "ñ"},
        {"X-Signature": hmac.new(b"x" * 40, MAIL, hashlib.sha256).hexdigest()},
        {"Authorization": basic("x" * 40)},
        {"Authorization": "Basic !"},
        {"Authorization": "Bearer " + SECRET},
    ],
)
def test_whoever_does_not_know_the_secret_is_refused(client, headers):
    response = client.post("/mail/", MAIL, content_type=RAW, headers=headers)
    assert (response.status_code, response.content) == (401, b"")
    assert stored() == []


def test_without_a_secret_there_is_nothing_here(client, settings):
    settings.MAIL_WEBHOOK_SECRET = ""
    empty = hmac.new(b"", MAIL, hashlib.sha256).hexdigest()
    response = client.post("/mail/", MAIL, content_type=RAW, headers={"X-Signature": empty})
    assert response.status_code == 404
    assert stored() == []


def test_it_is_for_posts_only(client):
    assert client.get("/mail/").status_code == 405


def test_what_is_too_big_is_refused(client):
    body = MAIL + b"x" * (BYTES - len(MAIL))
    assert signed(client, body).status_code == 200
    assert signed(client, body + b"x").status_code == 413


def test_nothing_is_no_mail(client):
    assert signed(client, b" ").status_code == 400
    assert signed(client, b"--x", "multipart/form-data; boundary=x").status_code == 400
    assert signed(client, b"a=b", "application/x-www-form-urlencoded").status_code == 400


def test_what_cannot_be_stored_is_to_be_brought_again(client, monkeypatch, caplog):
    def away(raw):
        raise OperationalError("canary")

    monkeypatch.setattr(keep, "store", away)
    response = signed(client, MAIL)
    assert (response.status_code, response.content) == (503, b"")
    assert "OperationalError" in caplog.text and "canary" not in caplog.text


def test_on_an_attack_day_mail_is_to_be_brought_later(client):
    IntakeSwitch(attack_day=True).save()
    response = signed(client, MAIL)
    assert response.status_code == 503 and response.headers["Retry-After"]
    assert stored() == []
