"""`make run`: the portal with its demo on one machine, by the production server.

Keeps everything in var/. Each step runs only when what it depends on has changed, so a
second start does none of them; nothing here imports Django.
"""

import base64
import hashlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Takes no part in the password rules: settings accept DEMO on localhost only.
DEMO_PASSWORD = "love-letters"  # noqa: S105
LOGINS = [
    *("admin", "editor", "moderator", "moderator-ar", "moderator-es", "lead"),
    *("translator-es", "translator-ar"),
]

DEPENDS_ON = {
    "migrate": [
        *("requirements.txt", "portal/languages.py", "*/migrations/*.py"),
        "letters/search/*.py",  # its tables are no models
    ],
    "compile_catalogues": ["portal/languages.py", "locale/*/LC_MESSAGES/*.po"],
    "collectstatic": ["requirements.txt", "*/static/**/*"],
}
SAYS = {
    "migrate": "Preparing the database",
    "compile_catalogues": "Compiling the translations of the interface",
    "collectstatic": "Collecting styles and scripts",
    "demo": "Building the demo",
}


def fingerprint(patterns):
    """A short hash of the names and contents of the project's files that match."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def keys(path):
    """The machine's own secrets, made once, readable by their owner only."""
    if not path.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "RECEIPT_PEPPER": secrets.token_urlsafe(50),
            "FIELD_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        }
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in made.items())
    return dict(line.split("=", 1) for line in path.read_text().splitlines())


def environment(var, port):
    """The settings of a laptop. Those of another project in the same shell don't reach it."""
    kept = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TERM", "VIRTUAL_ENV"]
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        **keys(var / "laptop.env"),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "BASE_URL": f"http://localhost:{port}",
        "DATABASE_URL": f"sqlite:///{var / 'portal.sqlite3'}",
        "MEDIA_ROOT": str(var / "media"),
        "PRIVATE_ROOT": str(var / "private"),
        "STATIC_ROOT": str(var / "static"),
        "PAGES_ROOT": str(var / "pages"),
        "WORKER_IN_SERVER": "true",
        "DEMO": "true",
        "DEMO_PASSWORD": os.environ.get("DEMO_PASSWORD") or DEMO_PASSWORD,
        "PYTHONUNBUFFERED": "1",
    }


def step(command, environ, log):
    """Runs a management command with a dot a second; shows what it said if it fails."""
    print(f"{SAYS[command]} ", end="", flush=True)
    started = time.monotonic()
    options = ["--noinput"] if command in ("migrate", "collectstatic") else []
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", command, *options],
            cwd=ROOT,
            env=environ,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while True:
            try:
                failed = process.wait(timeout=1)
                break
            except subprocess.TimeoutExpired:
                print(".", end="", flush=True)
    print(" failed" if failed else f" {time.monotonic() - started:.0f} s", flush=True)
    if failed:
        sys.exit(Path(log).read_text(errors="replace")[-4000:])


def prepare(var, environ):
    """Runs the steps that are due. Gives the password of the demo."""
    done_path = var / "done.json"
    done = json.loads(done_path.read_text()) if done_path.exists() else {}
    if not (var / "portal.sqlite3").exists():
        done.pop("migrate", None)
        done.pop("demo", None)
    if not (var / "static").exists():
        done.pop("collectstatic", None)
    if any(not po.with_suffix(".mo").exists() for po in ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        done.pop("compile_catalogues", None)
    due = {command: fingerprint(patterns) for command, patterns in DEPENDS_ON.items()}
    # The demo is built once, with the password of that day: what was tried out in it stays.
    due["demo"] = done.get("demo") or environ["DEMO_PASSWORD"]
    for command, state in due.items():
        if done.get(command) != state:
            step(command, environ, var / "laptop.log")
            done[command] = state
            done_path.write_text(json.dumps(done))
    return done["demo"]


def main(port="8000"):
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {port}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            sys.exit(f"Port {port} can't be used ({error.strerror}). Try: make run PORT=8001")
    var = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()
    var.mkdir(parents=True, exist_ok=True)
    environ = environment(var, port)
    password = prepare(var, environ)
    print(f"\nThe portal    {environ['BASE_URL']}/\nIts admin     {environ['BASE_URL']}/admin/")
    print(f"Logins        {', '.join(LOGINS)}\nPassword      {password}")
    print("\nCtrl-C stops it.", flush=True)
    server = "--interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 4 --no-ws"
    options = f"{server} --port {port} --log-level warning portal.wsgi:application".split()
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "-m", "granian", *options], environ)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:2])
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
