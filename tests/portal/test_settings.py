"""The environment: what is missing or wrong stops the start with one message."""

import subprocess
import sys

import pytest

from tests.environment import ROOT, variables

SAY = "from portal import settings; print(settings.DEBUG, settings.SECURE, settings.DEMO)"
PRODUCTION = {"BASE_URL": "https://portal.example", "DEMO": "false"}


def start(say=SAY, /, **changes):
    """What a process with these variables says; None takes one away."""
    environ = {
        name: value for name, value in (variables("none") | changes).items() if value is not None
    }
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", say],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
    )


def test_a_complete_environment_starts():
    assert start().stdout == "False False True\n"
    assert start(**PRODUCTION).stdout == "False True False\n"


def test_one_message_names_all_that_is_missing_or_malformed():
    failed = start(
        SECRET_KEY="short",
        RECEIPT_PEPPER=None,
        FIELD_KEYS="not-a-key",
        ALLOWED_HOSTS="",
        BASE_URL="http://portal.example",
        DATABASE_URL=None,
        DEMO="perhaps",
        TRUSTED_PROXIES="two",
        HSTS_SECONDS="a year",
        CACHE_URL="memcached://127.0.0.1",
        S3_BUCKET="pictures",
    )
    assert failed.returncode
    message = failed.stderr.rpartition("ImproperlyConfigured: ")[2]
    named = [line.split(":")[0].strip() for line in message.splitlines()[1:]]
    assert named == [
        *("ALLOWED_HOSTS", "BASE_URL", "CACHE_URL", "DATABASE_URL", "DEMO", "FIELD_KEYS"),
        *("HSTS_SECONDS", "RECEIPT_PEPPER", "S3_BUCKET", "SECRET_KEY", "TRUSTED_PROXIES"),
    ]


@pytest.mark.parametrize("url", ["nonsense", "localhost:6379", "memcached://127.0.0.1"])
def test_a_cache_is_redis_or_none(url):
    assert "CACHE_URL" in start(CACHE_URL=url).stderr


def test_pictures_in_a_bucket_have_addresses_of_our_own():
    said = start(
        "import django; django.setup(); from django.core.files.storage import default_storage;"
        "print(default_storage.url('images/a.width-400.webp'))",
        **PRODUCTION,
        S3_BUCKET="pictures",
        S3_PRIVATE_BUCKET="originals",
    )
    assert said.stdout == "https://portal.example/media/images/a.width-400.webp\n", said.stderr


def test_the_message_does_not_repeat_a_secret():
    failed = start(SECRET_KEY="too-short-a-secret", FIELD_KEYS="half-a-key")
    assert "too-short-a-secret" not in failed.stderr
    assert "half-a-key" not in failed.stderr


@pytest.mark.parametrize(
    "changes",
    [
        {"BASE_URL": "http://portal.example"},
        {"BASE_URL": "portal.example"},
        {"BASE_URL": "https://"},
        {"BASE_URL": "https://portal.example/"},
        {"BASE_URL": "https://[portal"},
        {"ALLOWED_HOSTS": "portal.example,*"},
        {"DATABASE_URL": "nonsense"},
        {"DATABASE_URL": ""},
        {"EMAIL_URL": "nonsense"},
        {"S3_PRIVATE_BUCKET": "originals"},
        {"FIELD_KEYS": ""},
    ],
    ids=str,
)
def test_it_does_not_start_with(changes):
    failed = start(**PRODUCTION | changes)
    assert failed.returncode
    assert "ImproperlyConfigured: The environment is not right:" in failed.stderr
    assert next(iter(changes)).split("_")[0] in failed.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "address", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"]
)
def test_plain_http_is_for_this_machine(address):
    assert start(BASE_URL=address).stdout == "False False True\n"


def test_the_demo_is_for_this_machine():
    failed = start(**PRODUCTION | {"DEMO": "true"})
    assert failed.returncode
    assert failed.stderr.endswith("DEMO: It is for localhost only.\n")


def test_debug_is_never_on():
    for name in ("DEBUG", "DJANGO_DEBUG"):
        assert start(**{name: "true"}).stdout.startswith("False ")


def test_django_finds_no_fault_in_a_production_environment():
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=variables("none") | PRODUCTION | {"DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr
