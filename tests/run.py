"""`make test`: sees to the tools, then runs the suite on SQLite and Chromium, then on PostgreSQL.

`python -m tests.run` passes its arguments on to pytest: paths, `-k`, `-x`.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

TOOLS = {  # Debian's package: what it brings
    "chromium": ["chromium"],
    "dovecot-imapd": ["/usr/sbin/dovecot"],
    "fonts-noto-core": ["/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf"],
    "fonts-noto-cjk": ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"],
    "gettext": ["msgfmt", "xgettext"],
    "libimage-exiftool-perl": ["exiftool"],
    "libnginx-mod-http-cache-purge": ["/usr/lib/nginx/modules/ngx_http_cache_purge_module.so"],
    "nginx-light": ["/usr/sbin/nginx"],
    "poppler-utils": ["pdftotext"],
    "postgresql": ["initdb"],
    "redis-server": ["redis-server"],
}


def postgresql_folder():
    """Where initdb is: PostgreSQL 15 or newer, from Debian's folders or the PATH."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = {int(path.parts[4]): path for path in debian if path.parts[4].isdigit()}
    if versions and max(versions) >= 15:
        return versions[max(versions)].parent
    if program := shutil.which("initdb"):
        said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        if int((re.findall(r"\d+", said) or [0])[0]) >= 15:
            return Path(program).resolve().parent
    return None


def missing():
    def there(thing):
        if thing == "initdb":
            return postgresql_folder()
        return Path(thing).exists() if thing.startswith("/") else shutil.which(thing)

    return [package for package, things in TOOLS.items() if not all(map(there, things))]


def install():
    packages = missing()
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"The tests need more programs. Install them first:\n  sudo {' '.join(command)}")
    print(f"Installing {', '.join(packages)} …", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    subprocess.run(["apt-get", "update", "--quiet", *wait], env=environ, check=True)
    subprocess.run([*command, "--quiet", *wait], env=environ, check=True)
    if still := missing():
        sys.exit(f"These are installed, but can't be found: {', '.join(still)}")


@contextmanager
def postgresql():
    """A PostgreSQL server of this run's own, reached by a socket in its folder; gives its URL."""
    programs = postgresql_folder()
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    owner = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        names = {user.pw_name for user in pwd.getpwall()}
        name = "postgres" if "postgres" in names else "nobody"
        account = pwd.getpwnam(name)
        owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        os.chown(folder, account.pw_uid, account.pw_gid)
    options = {"cwd": folder, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **owner}
    server = None
    try:
        print("Starting PostgreSQL …", flush=True)
        made = subprocess.run(
            [
                *(programs / "initdb", "--pgdata", folder / "data", "--username", "tests"),
                *("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
            ],
            **options,
        )
        if made.returncode:
            sys.exit(f"initdb failed:\n{made.stdout.decode()}")
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 200,
        }
        with open(folder.with_suffix(".log"), "wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data"]
                + [word for name, value in settings.items() for word in ("-c", f"{name}={value}")],
                start_new_session=True,  # Ctrl-C reaches the tests first
                **options | {"stdout": log},
            )
        for _ in range(300):
            ready = [programs / "pg_isready", "--quiet", "--host", folder]
            if subprocess.run(ready).returncode == 0:
                break
            if server.poll() is not None:
                sys.exit(f"PostgreSQL failed:\n{folder.with_suffix('.log').read_text()}")
            time.sleep(0.1)
        yield f"postgresql://tests@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # disconnects everybody
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".log").unlink(missing_ok=True)


def pytest(*arguments, **environ):
    workers = str(min(os.cpu_count() or 1, 4))
    # In the order of the folders: files of a few long tests would come last otherwise, and
    # all but one worker would have nothing to do.
    by_file = ["--dist", "loadfile", "--no-loadscope-reorder"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-n", workers, *by_file, *arguments],
        env=os.environ | environ,
    )
    try:
        return process.wait()
    except KeyboardInterrupt:  # which pytest has had as well
        process.wait()
        raise
    except SystemExit:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    install()
    # Before any process of pytest starts: Django reads catalogues and static files once.
    build = "from tests import databases; databases.files()"
    subprocess.run([sys.executable, "-c", build], check=True)
    print("On SQLite, and in Chromium:", flush=True)
    failed = pytest(*arguments)
    with postgresql() as server:
        print("On PostgreSQL:", flush=True)
        failed_too = pytest("-m", "not browser", *arguments, TESTS_POSTGRESQL=server)
    if arguments and 5 in (failed, failed_too) and failed != failed_too:
        # All that was asked for is for the browser, or for PostgreSQL.
        return failed + failed_too - 5
    return failed or failed_too


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
