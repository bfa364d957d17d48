"""Walking through a folder of pages that a file server serves, as a browser would."""

import re
import urllib.error
import urllib.request
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
IN_SITEMAP = re.compile(rb"<loc>(.*?)</loc>")
OF_A_PAGE = {"a": "href", "img": "src", "script": "src", "link": "href", "source": "srcset"}


class Visit:
    """address: as asked for. root: of the folder."""

    def __init__(self, address, root):
        self.address, self.root = address, root
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                self.status, self.body = answer.status, answer.read()
                self.kind = answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            with error:
                self.status, self.body, self.kind = error.code, b"", ""

    @cached_property
    def tree(self):
        return html5lib.parse(self.body)

    @cached_property
    def language(self):
        return self.tree.get("lang")

    def find(self, tag):
        return list(self.tree.iter(XHTML + tag)) if self.kind == "text/html" else []

    @cached_property
    def everywhere(self):
        """Whatever the page names, as it names it."""
        found = []
        for tag, attribute in OF_A_PAGE.items():
            for element in self.find(tag):
                if element.get("rel") == "canonical" or tag == "link" and element.get("hreflang"):
                    continue  # the head speaks of the live site
                for offer in (element.get(attribute) or "").split(", "):
                    found += [offer.split(" ")[0]] if offer else []
        return found

    @cached_property
    def within(self):
        joined = (urljoin(self.address, link).partition("#")[0] for link in self.everywhere)
        return [address for address in joined if address.startswith(self.root)]

    @property
    def links_with_rel(self):
        return [(a.get("href"), a.get("rel")) for a in self.find("a")]

    def with_rel(self, rel):
        return [urljoin(self.address, link) for link, said in self.links_with_rel if said == rel]

    def is_of_copy(self, time):
        notice = self.tree.find(f".//{XHTML}main/{XHTML}div")
        return time in list(notice.iter())


class Walk:
    """Everything that is reached from the front page, each once. A link that leaves the folder
    for another place on the same server fails the walk."""

    def __init__(self, root):
        self.root = root
        self._visits, waiting = {}, [root + "index.html"]
        server = "{0.scheme}://{0.netloc}/".format(urlsplit(root))
        while waiting:
            address = waiting.pop()
            if address not in self._visits:
                self._visits[address] = visit = self.get(address, root)
                strays = [urljoin(address, link) for link in visit.everywhere]
                strays = [s for s in strays if s.startswith(server) and not s.startswith(root)]
                assert not strays, (address, strays)
                waiting += visit.within

    @staticmethod
    def get(address, root=""):
        return Visit(address, root or address)

    @staticmethod
    def named_in(sitemap):
        return [address.decode() for address in IN_SITEMAP.findall(sitemap)]

    @property
    def visits(self):
        return list(self._visits.values())

    @cached_property
    def pages(self):
        return [visit for visit in self.visits if visit.kind == "text/html"]

    def visit(self, address):
        return self._visits[address]

    def at(self, name):
        return self._visits[self.root + name]
