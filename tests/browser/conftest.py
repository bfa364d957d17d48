"""A desk of five hundred letters, and moderators signed in to it."""

import json
import shutil
from types import SimpleNamespace

import pytest

from tests import databases
from tests.environment import FOLDER, WORKER, variables
from tests.server import serving


@pytest.fixture(scope="session")
def crowded():
    """A server of its own with the demo and five hundred letters that wait.

    Gives a namespace: `crowded.address`, and `crowded.ask("print(…)")`, which runs Python in the
    portal on its database and gives what that printed last, read as JSON.
    """
    databases.demo()
    name = f"crowded_{WORKER}"
    environment = variables(name)
    databases.copy("demo", name)
    shutil.copytree(FOLDER / "demo", FOLDER / name, dirs_exist_ok=True)
    databases.manage(environment, "demo", "--waiting", "500")

    def ask(code):
        said = databases.manage(environment, "shell", "--no-imports", "-c", code)
        return json.loads(said.splitlines()[-1])

    with serving(name, WORKER_IN_SERVER="true") as address:
        yield SimpleNamespace(
            address=address, ask=ask, password=environment["DEMO_PASSWORD"], name=name
        )


@pytest.fixture
def sign_in(new_page, crowded):
    """sign_in("moderator", viewport=…, has_touch=True): her page, at the desk. Whatever a policy
    stops or a script stumbles over fails the test."""
    faults = []

    def open_page(name, **options):
        page = new_page(base_url=crowded.address, **options)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda said: "Content Security Policy" in said.text and faults.append(said.text),
        )
        page.goto("/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", crowded.password)
        page.click("main [type=submit], form [type=submit]")
        page.goto("/admin/desk/")
        return page

    yield open_page
    assert faults == []
