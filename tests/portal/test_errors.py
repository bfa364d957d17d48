"""Pages for what goes wrong: in the design, in the reader's language, without a database."""

import os
from contextlib import contextmanager

import psycopg
import pytest
import requests
from django.db import connection
from django.test import Client
from psycopg import sql

from home.models import HomePage
from tests.environment import FOLDER, POSTGRESQL, WORKER
from tests.markup import faults
from tests.portal.test_headers import check


@contextmanager
def database_away():
    """Nobody gets a connection."""
    connection.close()
    if POSTGRESQL:
        name = sql.Identifier(f"portal_tests_{WORKER}")
        allow = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        connection.close_pool()
        with psycopg.connect(POSTGRESQL, autocommit=True) as server:
            server.execute(allow.format(name, sql.SQL("false")))
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [f"portal_tests_{WORKER}"],
            )
            try:
                yield
            finally:
                server.execute(allow.format(name, sql.SQL("true")))
    else:
        path = FOLDER / f"{WORKER}.sqlite3"
        away = path.with_suffix(".away")
        path.rename(away)
        path.mkdir()
        try:
            yield
        finally:
            path.rmdir()
            os.replace(away, path)


def whole(answer, status, language="en", direction="ltr"):
    html = answer.content.decode()
    assert answer.status_code == status
    check(answer)
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert not faults(html)
    assert html.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert "/static/portal/portal." in html
    return html


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
def test_what_is_not_there_is_said_in_the_language_of_the_address(site, client, code, direction):
    html = whole(client.get(f"/{code}/nothing/"), 404, code, direction)
    assert f'href="/{code}/"' in html


def test_a_wrong_host_and_a_forged_form_are_answered_in_the_design(site):
    client = Client(enforce_csrf_checks=True)
    whole(client.get("/es/", headers={"host": "elsewhere.example"}), 400, "es")
    whole(client.post("/ar/", {"a": "b"}), 403, "ar", "rtl")


def test_a_fault_of_ours_is_said_without_details(site, client):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        broken = '[{"type": "facts", "value": {"title": "canary", "items": 5}, "id": "1"}]'
        table = HomePage._meta.db_table
        cursor.execute(f"UPDATE {table} SET body = %s", [broken])
    html = whole(client.get("/ar/"), 500, "ar", "rtl")
    assert "Traceback" not in html and "canary" not in html


def test_without_a_database_it_says_come_back_in_the_language_of_the_address(serve, request):
    request.getfixturevalue("site")
    address = serve()
    assert requests.get(f"{address}/ar/").status_code == 200
    with database_away():
        for place, code, direction in [("/ar/other/", "ar", "rtl"), ("/es/letters/", "es", "ltr")]:
            answer = requests.get(address + place, timeout=30)
            html = whole(answer, 503, code, direction)
            assert int(answer.headers["Retry-After"]) > 0
            assert "Set-Cookie" not in answer.headers
            assert "sqlite" not in html.lower() and "Error" not in html
        # Somebody signed in, or who says so, gets the same page.
        answer = requests.get(f"{address}/en/", cookies={"session": "x" * 32}, timeout=30)
        whole(answer, 503)
        assert requests.get(f"{address}/static/portal/icon.svg").status_code == 200
    assert requests.get(f"{address}/ar/", timeout=30).status_code == 200
