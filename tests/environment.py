"""What the settings need before Django loads them. pytest loads it with `-p tests.environment`.

Nothing of the developer's own environment reaches the tests. Each xdist worker has its own
database and folders below one temporary folder that the first process makes and removes.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var/tests"  # what may be used again by the next run
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["TESTS_FOLDER"] = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, os.environ["TESTS_FOLDER"], ignore_errors=True)
FOLDER = Path(os.environ["TESTS_FOLDER"])

# The address of a PostgreSQL server's maintenance database; SQLite without it.
POSTGRESQL = os.environ.get("TESTS_POSTGRESQL", "")


def database_url(name):
    if POSTGRESQL:
        server, _, _ = POSTGRESQL.rpartition("/")
        return f"{server}/portal_tests_{name}"
    return f"sqlite:///{FOLDER / name}.sqlite3"


def variables(name, port=8000):
    """The whole environment of the portal for the database and the folders called `name`."""
    kept = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TERM", "VIRTUAL_ENV", "PYTHONPATH"]
    return {key: os.environ[key] for key in kept if key in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "for-tests-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "RECEIPT_PEPPER": "for-tests-only-" + "zyxwvutsrqponmlkjihgfedcba9876543210" * 2,
        "FIELD_KEYS": "ZGV2ZWxvcGVycyd0ZXN0c29ubHk6bmV2ZXJpbnVzZSE=",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database_url(name),
        "EMAIL_URL": "memory://",
        "MEDIA_ROOT": str(FOLDER / name / "media"),
        "PRIVATE_ROOT": str(FOLDER / name / "private"),
        "STATIC_ROOT": str(CACHE / "static"),
        "PAGES_ROOT": str(FOLDER / name / "pages"),
        "DEMO": "true",
        "DEMO_PASSWORD": "password-of-the-tests",
    }


OPTIONAL = [
    *("IMAP_URL", "IMAP_CA_FILE", "MAIL_WEBHOOK_SECRET"),
    *("FRONT_CACHES", "PAGES_MEMORY_MB", "PAGES_ON_DISK"),
    *("CACHE_URL", "DEFAULT_FROM_EMAIL", "HSTS_SECONDS", "SECRET_KEY_FALLBACKS"),
    *("S3_BUCKET", "S3_PRIVATE_BUCKET", "S3_ENDPOINT", "TRUSTED_PROXIES", "WORKER_IN_SERVER"),
]
for variable in OPTIONAL:
    os.environ.pop(variable, None)
os.environ.update(variables(WORKER))
