"""nginx before the portal: a plain file, answers of the portal that it keeps, files of a mirror."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from tests.bench import programs
from tests.server import answers, free_port

CONFIGURATION = """
{modules}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    default_type text/html;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=1000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache levels=1:2 keys_zone=pages:10m max_size=100m
        use_temp_path=off;
    map $http_accept_encoding $encoding {{ default ""; ~*br br; ~*gzip gzip; }}
    map $http_accept_encoding $twin {{ default ""; ~*br .br; ~*gzip .gz; }}
    server {{
        listen 127.0.0.1:{port};
        server_name _;
        keepalive_requests 1000000;
        root {folder}/files;
        location = /robots.txt {{ return 204; }}
        location = /file {{ add_header Content-Encoding br; }}
        location /mirror/ {{
            add_header Content-Encoding br;
            try_files ${{uri}}index.html$twin $uri$twin =404;
        }}
        location / {{
            proxy_pass {portal};
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $proxy_host;
            proxy_cache pages;
            proxy_cache_key "$host$request_uri $encoding";
            proxy_cache_lock on;
            proxy_cache_use_stale updating error timeout http_500 http_502 http_503;
            add_header X-Cache $upstream_cache_status;
            {purge}
        }}
    }}
}}
"""


@contextmanager
def serving(portal, page):
    """portal: an address. page: the compressed body that the files hold. Gives a namespace as
    `servers.serving` does: `/file`, `/mirror/en/`, and below `/` what the portal answers."""
    folder = Path(tempfile.mkdtemp(prefix="bench-nginx-"))
    folder.chmod(0o755)
    (folder / "files/mirror/en").mkdir(parents=True)
    for name in ("file", "mirror/en/index.html.br"):
        (folder / "files" / name).write_bytes(page)
    port = free_port()
    has_purge = programs.PURGE.exists()
    (folder / "nginx.conf").write_text(
        CONFIGURATION.format(
            folder=folder,
            port=port,
            portal=portal,
            user="user root;" if os.geteuid() == 0 else "",
            modules=f"load_module {programs.PURGE};" if has_purge else "",
            purge="proxy_cache_purge PURGE from 127.0.0.1;" if has_purge else "",
        )
    )
    process = subprocess.Popen(
        [programs.nginx(), "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"],
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 20
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx failed:\n{(folder / 'error.log').read_text()}")
            time.sleep(0.05)
        yield SimpleNamespace(address=f"http://127.0.0.1:{port}", process=process)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
