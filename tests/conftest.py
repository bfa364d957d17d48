"""Fixtures for the whole suite."""

import os
import shutil
from contextlib import ExitStack
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from portal import tree
from tests import databases
from tests.chromium import launched
from tests.environment import FOLDER, POSTGRESQL, WORKER, variables
from tests.server import Server, serving
from tests.trees import plant

# Two busy cores make a slow example, not a wrong one.
hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    if POSTGRESQL:  # what asks no database has been tried already
        asks = [item for item in items if asks_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
        items[:] = asks
    else:
        shared = [item for item in items if item.get_closest_marker("two_machines")]
        config.hook.pytest_deselected(items=shared)
        items[:] = [item for item in items if item not in set(shared)]
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def asks_a_database(item):
    if item.get_closest_marker("one_database"):
        return False
    fixtures = {"db", "transactional_db", "demo"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db"))


# ---------------------------------------------------------------------- database


def restore(_self=None):
    """Puts a fresh copy of the migrated database in the place of this worker's."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    databases.copy("migrated", WORKER)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    databases.migrated()
    with django_db_blocker.unblock():
        restore()
    # Django would empty every table after a test that commits, Wagtail's root page and the
    # groups that migrations made included.
    TransactionTestCase._fixture_teardown = restore
    yield
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


@pytest.fixture(scope="session", autouse=True)
def built_files():
    databases.files()
    # Read anew: in a fresh clone it was empty when this process began.
    staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = (
        staticfiles_storage.load_manifest()
    )


@pytest.fixture(autouse=True)
def fresh_process(settings):
    """What one test leaves in memory or on disk is not there for the next."""
    # Argon2 takes a quarter of a second for every login. The real hashers stay behind it.
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    # Otherwise every test client lists all static files.
    settings.WHITENOISE_AUTOREFRESH = True
    cache.clear()
    tree.forget()
    yield
    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()
    for folder in ("media", "private"):
        shutil.rmtree(FOLDER / WORKER / folder, ignore_errors=True)


@pytest.fixture
def site(db):
    """A small tree: English, Spanish and Arabic, each with a live home page, on the default site.

    Gives a namespace: `site.site` (the Wagtail site), `site.en`, `site.es`, `site.ar` (the home
    pages, which are translations of each other). Everything is made through the models.
    """
    return plant("en", "es", "ar")


# ------------------------------------------------------------------------ servers


@pytest.fixture
def serve(transactional_db):
    """Starts server processes on this test's own database, as many as it is called:
    `first, second = serve(), serve(WORKER_IN_SERVER="true")` gives their addresses."""
    with ExitStack() as stack:
        connection.close()
        yield lambda **changes: stack.enter_context(serving(WORKER, **changes))


@pytest.fixture
def start(transactional_db):
    """Starts servers as `serve` does, for a test that ends them itself or reads what they log:
    `start(workers=2, DEMO="false")` gives a `tests.server.Server`."""
    with ExitStack() as stack:
        connection.close()

        def start(**options):
            server = Server(WORKER, **options)
            stack.callback(server.stop)
            return server.wait()

        yield start


@pytest.fixture(scope="session")
def demo():
    """The demo, built once a run by `manage.py demo`, and copied for each worker.

    Gives a namespace: `demo.name`, `demo.environment` (the settings of a process on it),
    `demo.folder` (holds media/ and private/), `demo.password`, and
    `demo.manage("shell", "-c", "…")`, which runs a command on it and gives what it printed.
    """
    databases.demo()
    name = f"demo_{WORKER}"
    databases.copy("demo", name)
    shutil.copytree(FOLDER / "demo", FOLDER / name, dirs_exist_ok=True)
    environment = variables(name)
    return SimpleNamespace(
        name=name,
        environment=environment,
        folder=FOLDER / name,
        password=environment["DEMO_PASSWORD"],
        manage=lambda *arguments: databases.manage(environment, *arguments),
    )


@pytest.fixture(scope="session")
def live(demo):
    """The address of a real server with the demo, such as http://127.0.0.1:43210, no slash.

    One server serves all tests of a worker: a test that writes must not count on totals.
    """
    with serving(demo.name, WORKER_IN_SERVER="true") as address:
        yield address


# ------------------------------------------------------------------------ browser


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the session. Tests ask for `page` or `new_page`."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live):
    """Opens a page in a browser context of its own: `new_page(locale="ar", color_scheme="dark",
    viewport={"width": 320, "height": 640}, java_script_enabled=False)`.

    Relative addresses are of `live`, or of `base_url=`. After the test, any request that a
    page made to another host fails it.
    """
    contexts, strays = [], []

    def open_page(**options):
        options = {"base_url": live, "viewport": {"width": 1280, "height": 800}} | options
        own = urlsplit(options["base_url"]).netloc

        def look(request):
            address = urlsplit(request.url)
            if address.scheme not in ("data", "blob", "about") and address.netloc != own:
                strays.append(request.url)

        context = browser.new_context(**options)
        context.on("request", look)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not strays, f"Requests left the site: {strays}"


@pytest.fixture
def page(new_page):
    """A page at 1280 × 800 on the demo: `page.goto("/en/")`."""
    return new_page()
