"""nginx as `deploy/nginx.conf` has it, on free ports of this machine."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.environment import ROOT
from tests.server import answers, free_port

PURGE = Path("/usr/lib/nginx/modules/ngx_http_cache_purge_module.so")
AROUND = """
load_module {purge};
{user}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
    default_type text/html;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=1000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
    {also}
}}
"""


def program():
    return shutil.which("nginx") or "/usr/sbin/nginx"


def missing():
    """Debian's packages without which it can't be started."""
    needed = {"nginx-light": Path(program()), "libnginx-mod-http-cache-purge": PURGE}
    return [package for package, path in needed.items() if not path.exists()]


class Nginx:
    """address: where readers come in. purge: for FRONT_CACHES. `start` needs the ports of the
    portal's servers, and may get more of nginx's configuration."""

    def __init__(self):
        self.port, purge = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.purge = f"http://127.0.0.1:{purge}"
        self.folder = Path(tempfile.mkdtemp(prefix="portal-nginx-"))
        self.folder.chmod(0o755)
        self.process = None

    def start(self, ports, also=""):
        user = "user root;" if os.geteuid() == 0 else ""
        around = AROUND.format(folder=self.folder, purge=PURGE, user=user, also=also)
        (self.folder / "nginx.conf").write_text(around)
        (self.folder / "portal.conf").write_text(self._fitted(ports))
        command = [program(), "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log"]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        self.process = subprocess.Popen(command, start_new_session=True)
        deadline = time.monotonic() + 20
        while not answers(self.port):
            assert time.monotonic() < deadline, (self.folder / "error.log").read_text()
            time.sleep(0.05)
        return self

    def _fitted(self, ports):
        """The file, with what only fits its own machine replaced: addresses, folders, TLS."""
        text = (ROOT / "deploy/nginx.conf").read_text()
        servers = "\n".join(f"    server 127.0.0.1:{port};" for port in ports)
        for pattern, instead in [
            (r"^    server 127\.0\.0\.1:8000;$", servers),
            (r"^    listen 80;\n    listen \[::\]:80;$", f"    listen 127.0.0.1:{free_port()};"),
            (
                r"^    listen 443 ssl http2;\n    listen \[::\]:443 ssl http2;$",
                f"    listen 127.0.0.1:{self.port};",
            ),
            (r"^    ssl_\w+ [^\n]+\n    ssl_\w+ [^\n]+\n    ssl_\w+ [^\n]+\n", ""),
            (r"listen 127\.0\.0\.1:8081;", f"listen {self.purge.removeprefix('http://')};"),
            (r"/run/portal-pages", f"{self.folder}/pages"),
            (r"/var/log/nginx/portal\.log", f"{self.folder}/portal.log"),
        ]:
            text, found = re.subn(pattern, instead, text, flags=re.MULTILINE)
            assert found == 1, f"deploy/nginx.conf has {found} of {pattern}"
        return text

    def kept(self):
        """The keys of the answers that it keeps."""
        found = []
        for path in (self.folder / "pages").rglob("*"):
            if path.is_file():
                found += re.findall(rb"^KEY: (.*)$", path.read_bytes(), re.MULTILINE)
        return sorted(key.decode() for key in found)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
