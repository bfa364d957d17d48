"""The frame of the page tree, in memory: sites, live home pages, sections, restrictions.

It answers "which languages are there", "where does this page live" and "what stands in the
menu" without a query. It is built from a handful of queries, whenever the
generation number says that a page, locale, site or restriction has changed.
"""

import threading
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import cached_property
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal import generation


@dataclass(frozen=True)
class Section:
    """A live page right below a home page."""

    title: str
    address: str
    page_type: str  # "letters.letterindexpage"
    in_menu: bool


@dataclass(frozen=True)
class Home:
    """The live home page of one site in one language."""

    page: Page  # specific
    language: str
    url_path: str
    sections: list = field(default_factory=list)

    @property
    def address(self):
        return f"/{self.language}/"

    def type_of(self, address):
        """The page type of the section at an address, "letters.letterindexpage", or ""."""
        return next((s.page_type for s in self.sections if s.address == address), "")

    def section(self, page_type):
        """The address of the first section of a type ("letters.LetterIndexPage") or ""."""
        wanted = page_type.lower()
        return next((s.address for s in self.sections if s.page_type == wanted), "")


@dataclass(frozen=True)
class SiteHomes:
    site: Site
    homes: dict  # language code -> Home

    @cached_property
    def origin(self):
        return settings.BASE_URL if self.site.is_default_site else self.site.root_url

    @cached_property
    def source(self):
        """The home in the language that others are translated from."""
        return self.homes.get(settings.LANGUAGE_CODE) or next(iter(self.homes.values()), None)


class Tree:
    def __init__(self):
        pages = Page.objects.select_related("locale", "content_type")
        locales = Locale.objects.in_bulk()
        self.remembered = {}
        self.sites = []
        self.roots = {}  # url_path of every home page, live or not -> (site id, language)
        for site in Site.objects.select_related("root_page__locale").order_by("-is_default_site"):
            all_homes = pages.filter(translation_key=site.root_page.translation_key)
            homes = {}
            for home in all_homes.order_by("locale__language_code").specific():
                home.locale = locales[home.locale_id]
                code = home.locale.language_code
                self.roots[home.url_path] = (site.pk, code)
                if home.live and home.alias_of_id is None:
                    homes[code] = Home(home, code, home.url_path)
            self.sites.append(SiteHomes(site, homes))
        by_path = {h.page.path: h for s in self.sites for h in s.homes.values()}
        depths = {home.page.depth + 1 for home in by_path.values()}
        for page in pages.filter(depth__in=depths, live=True, alias_of=None).order_by("path"):
            home = by_path.get(page.path[: -Page.steplen])
            if home is not None:
                kind = page.content_type
                home.sections.append(
                    Section(
                        title=page.title,
                        address=home.address + page.url_path[len(home.url_path) :],
                        page_type=f"{kind.app_label}.{kind.model}",
                        in_menu=page.show_in_menus,
                    )
                )
        self.restricted = list(PageViewRestriction.objects.values_list("page__path", flat=True))

    def remember(self, key, find):
        """What `find()` gives, asked for once as long as this tree stands; for what is small
        and changes with pages, or with a model that `generation.watched` has."""
        if key not in self.remembered:
            self.remembered[key] = find()
        return self.remembered[key]

    @property
    def homes(self):
        """{language: Home} of the default site."""
        return self.sites[0].homes if self.sites else {}

    def site_for(self, host):
        """The site of a Host header ("example.org:8000"), else the default one."""
        name, _, port = host.partition(":")
        for entry in self.sites:
            if entry.site.hostname == name and (not port or str(entry.site.port) == port):
                return entry
        return self.sites[0] if self.sites else None

    def place(self, page):
        """(site id, language, path below the language) of a page, or None outside any site."""
        for root, (site_id, language) in self.roots.items():
            if page.url_path.startswith(root):
                return site_id, language, page.url_path[len(root) :]
        return None

    def address(self, page):
        """The address without host, "/es/cartas/", or "" outside any site."""
        place = self.place(page)
        return f"/{place[1]}/{place[2]}" if place else ""

    def is_restricted(self, page):
        return any(page.path.startswith(path) for path in self.restricted)


_built = (None, None)  # (generation, Tree): shared by the threads of a process
_lock = threading.Lock()
_seen = ContextVar("tree", default=None)  # one look a request


def current():
    global _built
    tree = _seen.get()
    if tree is None:
        number = generation.current(generation.TREE)
        if _built[0] != number:
            with _lock:
                if _built[0] != number:
                    _built = (number, Tree())
        tree = _built[1]
        _seen.set(tree)
    return tree


def forget():
    """Look again at the next use: at the start of a request, and after a change."""
    _seen.set(None)
