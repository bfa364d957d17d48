"""One anonymous visitor walks through the whole demo, page by page, language by language."""

import re
import urllib.error
import urllib.request
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

from tests import markup

XHTML = "{http://www.w3.org/1999/xhtml}"
RIGHT_TO_LEFT = {"ar"}


class Visit:
    """A page as it came: address, status, headers, tree."""

    def __init__(self, address):
        self.address = address
        request = urllib.request.Request(address)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                self.status, self.headers = response.status, response.headers
                self.final, self.body = response.url, response.read()
        except urllib.error.HTTPError as error:
            with error:
                self.status, self.headers = error.code, error.headers
                self.final, self.body = address, error.read()
        self.tree = html5lib.parse(self.body) if self.is_html else None

    @property
    def is_html(self):
        return self.headers.get_content_type() == "text/html"

    def all(self, tag):
        return self.tree.iter(XHTML + tag) if self.is_html else []

    @property
    def links(self):
        named = [("a", "href"), ("img", "src"), ("link", "href"), ("script", "src")]
        for tag, attribute in [*named, ("form", "action"), ("source", "srcset")]:
            for element in self.all(tag):
                for part in (element.get(attribute) or "").split(", "):
                    if part:
                        yield tag, urljoin(self.final, part.split(" ")[0])

    @property
    def alternates(self):
        return {
            element.get("hreflang"): element.get("href")
            for element in self.all("link")
            if element.get("rel") == "alternate" and element.get("hreflang")
        }


@pytest.fixture(scope="module")
def visits(live):
    """Every page that can be reached from the front door and the sitemaps."""
    host = urlsplit(live).netloc
    index = Visit(f"{live}/sitemap.xml").body.decode()
    sitemaps = re.findall(r"<loc>(.*?)</loc>", index)
    addresses = {f"{live}/"}
    for sitemap in sitemaps:
        path = urlsplit(sitemap).path
        addresses |= {
            live + urlsplit(found).path
            for found in re.findall(r"<loc>(.*?)</loc>", Visit(live + path).body.decode())
        }
    seen, waiting = {}, sorted(addresses)
    while waiting:
        address = waiting.pop().partition("#")[0]
        parts = urlsplit(address)
        if address in seen or parts.netloc != host or parts.scheme != "http":
            continue
        if parts.path.startswith("/exit/"):
            continue  # leads off the site, which is what it is for
        seen[address] = visit = Visit(address)
        waiting += [link for tag, link in visit.links if tag != "form"]
    return seen


@pytest.fixture(scope="module")
def pages(visits):
    return [visit for visit in visits.values() if visit.is_html]


def test_every_address_that_a_page_names_answers_200(visits):
    assert len(visits) > 150
    assert {v.address: v.status for v in visits.values() if v.status != 200} == {}


def test_nobody_gets_a_cookie(visits):
    assert [v.address for v in visits.values() if v.headers.get("Set-Cookie")] == []
    assert [v.address for v in visits.values() if "Cookie" in v.headers.get("Vary", "")] == []


def test_every_page_says_its_language_and_direction(pages):
    for page in pages:
        code = urlsplit(page.final).path.split("/")[1]
        html = page.tree
        assert html.get("lang") == code, page.address
        assert html.get("dir") == ("rtl" if code in RIGHT_TO_LEFT else "ltr"), page.address


def test_every_page_has_one_first_heading_and_a_title(pages):
    for page in pages:
        assert len(list(page.all("h1"))) == 1, page.address
        (title,) = [t for t in page.all("title") if (t.text or "").strip()]
        assert title.text.strip(), page.address


def test_no_page_asks_another_host_for_anything(pages, live):
    host = urlsplit(live).netloc
    for page in pages:
        for tag, link in page.links:
            if tag in ("img", "script", "source", "form"):
                assert urlsplit(link).netloc == host, (page.address, link)
        for element in page.all("link"):
            if element.get("rel") in ("stylesheet", "icon"):
                assert urlsplit(urljoin(live, element.get("href"))).netloc == host


def test_the_html_is_valid(pages):
    faults = {page.address: found for page in pages if (found := markup.faults(page.body))}
    assert faults == {}


def test_hreflang_is_symmetric_and_names_only_living_pages(visits, live):
    groups = {}
    for visit in visits.values():
        if visit.is_html and "?" not in visit.address:
            groups[urlsplit(visit.final).path] = {
                code: urlsplit(url).path for code, url in visit.alternates.items()
            }
    assert any(groups.values())
    for path, alternates in groups.items():
        if not alternates:
            continue
        assert path in alternates.values(), path  # itself
        assert "x-default" in alternates, path
        for code, other in alternates.items():
            assert groups[other] == alternates, (path, code)


def test_canonical_stays_in_its_language(pages):
    for page in pages:
        canonical = [e.get("href") for e in page.all("link") if e.get("rel") == "canonical"]
        assert len(canonical) <= 1
        for address in canonical:
            assert urlsplit(address).path == urlsplit(page.final).path, page.address


def test_no_page_has_inline_script_or_style(pages):
    for page in pages:
        for element in page.tree.iter():
            if isinstance(element.tag, str):
                assert element.get("style") is None, page.address
                assert not [name for name in element.attrib if name.startswith("on")], page.address
        assert all(script.get("src") for script in page.all("script")), page.address
        assert not list(page.all("style")), page.address


def test_every_letter_carries_its_own_language_and_direction(pages):
    letters = 0
    for page in pages:
        for element in page.tree.iter():
            if isinstance(element.tag, str) and element.get("data-letter") is not None:
                letters += 1
                said = {(e.get("lang"), e.get("dir")) for e in element.iter() if e.get("lang")}
                classes = " ".join(e.get("class") or "" for e in element.iter()).split()
                if not {"excerpt", "letter-words"} & set(classes):
                    continue  # none of its words are shown here
                own = element.get("data-letter")
                assert {(own, "ltr"), (own, "rtl"), (own, "auto")} & said, page.address
    assert letters > 80
