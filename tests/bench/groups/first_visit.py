"""What somebody has to fetch who has never been here: bytes as they cross the wire."""

import re
from urllib.parse import urljoin, urlsplit

import brotli
from bs4 import BeautifulSoup

from tests.bench import measure, servers
from tests.bench.figures import AT_MOST, Figure

GROUP = "A first visit"
KILOBYTES, REQUESTS, WITH_PICTURES = 14, 3, 100
LANGUAGES, GALLERY = ["en", "ar"], "/en/letters/"
FORMS = ["write/decision-maker/", "write/survivor/", "receipt/", "helplines/"]


def run(plan):
    with servers.serving(servers.PORTAL, plan.main, workers=1) as server:
        visits = {}
        for path in _addresses(server, plan.main):
            visits[path] = Visit(server, path)
        gallery = visits[GALLERY]
    for name, unit, most, of in (
        ("what it weighs", "kB", KILOBYTES, lambda visit: visit.weight / 1024),
        ("requests", "requests", REQUESTS, lambda visit: visit.requests),
        ("other hosts that are asked", "hosts", 0, lambda visit: len(visit.strangers)),
    ):
        worst = max(visits, key=lambda path: of(visits[path]))
        named = f"{name}, the worst of {len(visits)} pages ({worst})"
        plan.tell(Figure(GROUP, named, of(visits[worst]), unit, AT_MOST, most))
    named = "the gallery with the pictures that don’t wait"
    plan.tell(Figure(GROUP, named, gallery.all_bytes / 1024, "kB", AT_MOST, WITH_PICTURES))


def _addresses(server, dataset):
    """Every page of the site in two languages, and what their sitemaps don't name; one letter."""
    found = []
    for language in LANGUAGES:
        plain = {"Accept-Encoding": "identity"}
        sitemap = measure.Browser(server).ask(f"/sitemap-{language}.xml", plain).body.decode()
        found += [urlsplit(address).path for address in re.findall(r"<loc>(.*?)</loc>", sitemap)]
        found += [f"/{language}/{path}" for path in FORMS]
    found.append(f"{GALLERY}?q=you")
    return [*dict.fromkeys(found), dataset.ask("pages")["letter"]]


class Visit:
    """weight: bytes of the page, its styles and scripts, without the words of letters. requests:
    for those. all_bytes: also of the pictures that don't wait until they are seen."""

    def __init__(self, server, path):
        self.browser, self.own = measure.Browser(server), urlsplit(server.address).netloc
        self.strangers = set()
        answer = self.browser.ask(path)  # the first there is: not yet compressed well
        page = answer.body
        if answer.headers.get("content-encoding") == "br":
            page = brotli.decompress(page)
        soup = BeautifulSoup(page, "html.parser")
        addresses = [path]
        addresses += [tag["href"] for tag in soup.select('link[rel~="stylesheet"][href]')]
        addresses += [tag["src"] for tag in soup.select("script[src]")]
        files = {where for each in addresses[1:] if (where := self._own(path, each))}
        weight = len(answer.body) + sum(len(self.browser.ask(file).body) for file in files)
        words = "".join(tag.get_text() for tag in soup.select("[data-letter]"))
        self.weight = weight - (len(brotli.compress(words.encode(), quality=6)) if words else 0)
        self.requests = 1 + len(files)
        at_once = {
            where
            for tag in soup.select('img[src]:not([loading="lazy"])')
            if (where := self._own(path, tag["src"]))
        }
        pictures = (self.browser.ask(picture) for picture in at_once)
        self.all_bytes = weight + sum(len(picture.body) for picture in pictures)
        for tag in soup.select("iframe[src], video[src], audio[src], object[data], source[src]"):
            self._own(path, tag.get("src") or tag.get("data"))

    def _own(self, page, address):
        """The path, or None for what is on another host, which is noted."""
        where = urlsplit(urljoin(f"http://{self.own}{page}", address))
        if where.netloc != self.own:
            self.strangers.add(where.netloc)
            return None
        return where.path + (f"?{where.query}" if where.query else "")
