"""A page behind nginx as `deploy/nginx.conf` has it: out of its cache of the portal's answers, or
as a file of a mirror."""

from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

from tests import nginx
from tests.bench import measure, servers
from tests.bench.figures import AT_LEAST, Figure
from tests.bench.groups.cached_page import PAGE, warm
from tests.server import free_port

GROUP = "A cached page behind nginx"
FILE = "a file of nginx"
LEAST = {"out of nginx’s cache": 80, "a file of a mirror": 90}  # % of a plain file

FILES = """
    map $http_accept_encoding $twin {{ default ""; ~*br .br; ~*gzip .gz; }}
    server {{
        listen 127.0.0.1:{port};
        access_log off;
        root {folder}/files;
        location = /robots.txt {{ return 204; }}
        location = /file {{ add_header Content-Encoding br; }}
        location /mirror/ {{
            add_header Content-Encoding br;
            try_files ${{uri}}index.html$twin $uri$twin =404;
        }}
    }}
"""
missing = nginx.missing


def run(plan):
    brotli = {"Accept-Encoding": "br"}
    with ExitStack() as stack:
        behind = {"TRUSTED_PROXIES": "1"}
        portal = stack.enter_context(servers.serving(servers.PORTAL, plan.main, **behind))
        page = warm(portal, PAGE, brotli)
        front, files = stack.enter_context(serving(portal, page.body))
        kept = measure.Browser(front).ask(PAGE)
        if not any(key.endswith(PAGE) for key in front.kept()) or kept.body != page.body:
            raise RuntimeError(f"nginx did not keep the page: {kept.headers}")
        if measure.Browser(files).ask("/mirror/en/").body != page.body:
            raise RuntimeError("nginx did not find the file of the mirror.")
        asked = {
            FILE: (files, "/file"),
            "out of nginx’s cache": (front, PAGE),
            "a file of a mirror": (files, "/mirror/en/"),
            "the portal alone": (portal, PAGE),
        }
        loads = measure.interleaved(
            {
                name: lambda what=what: measure.load(*what, brotli, seconds=plan.seconds)
                for name, what in asked.items()
            },
            plan.rounds,
        )
    for name, each in loads.items():
        ratios = [
            load.a_second / base.a_second * 100
            for load, base in zip(each, loads[FILE], strict=True)
        ]
        if name != FILE:
            target = [AT_LEAST, LEAST[name]] if name in LEAST else []
            named = f"{name}, requests a second against {FILE}"
            plan.tell(Figure.of(GROUP, named, ratios, "%", *target))
        costs = [load.processor for load in each]
        plan.tell(Figure.of(GROUP, f"{name}, processor time", costs, "ms"))


@contextmanager
def serving(portal, page):
    """nginx, twice as `servers.serving` gives a server: before the portal, and with files that
    hold a compressed page, `/file` and `/mirror/en/`. One master process, so one processor time."""
    front = nginx.Nginx()
    try:
        for name in ("file", "mirror/en/index.html.br"):
            path = front.folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page)
        port = free_port()
        also = FILES.format(folder=front.folder, port=port)
        front.start([int(portal.address.rpartition(":")[2])], also)
        yield front, SimpleNamespace(address=f"http://127.0.0.1:{port}", process=front.process)
    finally:
        front.stop()
