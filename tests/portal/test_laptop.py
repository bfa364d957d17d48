import socket

import pytest

from home.demo import accounts
from portal import laptop


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    return tmp_path


def test_a_busy_port_is_one_clear_line(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"^Port {port} can't be used .+ PORT=8001$"):
            laptop.main(str(port))


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_clear_line(var, port):
    with pytest.raises(SystemExit, match="^PORT must be a number"):
        laptop.main(port)


def test_the_secrets_are_made_once_and_for_their_owner_only(tmp_path):
    path = tmp_path / "laptop.env"
    first = laptop.keys(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert laptop.keys(path) == first
    assert len(set(first.values())) == 3


def test_another_projects_environment_does_not_reach_it(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/precious")
    monkeypatch.setenv("S3_BUCKET", "precious")
    environ = laptop.environment(tmp_path, "8000")
    assert environ["DATABASE_URL"].startswith("sqlite:///")
    assert "S3_BUCKET" not in environ


def test_a_second_start_has_nothing_to_do(tmp_path, monkeypatch):
    run = []
    monkeypatch.setattr(laptop, "step", lambda command, *_: run.append(command))
    environ = {"DEMO_PASSWORD": "of that day"}
    laptop.prepare(tmp_path, environ)
    assert run[0] == "migrate" and run[-1] == "demo"
    (tmp_path / "portal.sqlite3").touch()
    (tmp_path / "static").mkdir()
    run.clear()
    assert laptop.prepare(tmp_path, {"DEMO_PASSWORD": "of another"}) == "of that day"
    assert run == []


def test_the_demo_comes_back_when_its_database_is_deleted(tmp_path, monkeypatch):
    run = []
    monkeypatch.setattr(laptop, "step", lambda command, *_: run.append(command))
    laptop.prepare(tmp_path, {"DEMO_PASSWORD": "of that day"})
    run.clear()
    laptop.prepare(tmp_path, {"DEMO_PASSWORD": "of that day"})
    assert {"migrate", "demo"} <= set(run)


def test_what_it_prints_is_what_the_demo_makes():
    assert sorted(laptop.LOGINS) == sorted(accounts.PEOPLE)
