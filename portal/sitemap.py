"""Sitemaps of each language behind an index. Versions in other languages come from one query
for all pages, so cost does not grow with languages; apps add addresses of their own: a few to
the language's own sitemap, or many in sitemaps of their own."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils.html import escape
from wagtail.models import Page

from portal import tree as page_tree
from portal.cache.recording import depends, kept

LENGTH = 50_000  # addresses of one file, as many as sitemaps.org allows
CHUNK = 1000  # of them that are sent at once

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="%s">\n'
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

sources = []  # functions: language -> iterable of addresses below the origin
multitudes = {}  # name in the address -> Multitude


@dataclass(frozen=True)
class Multitude:
    """how_many: () -> {language: number}. addresses: language, start, stop -> those below the
    origin, in an order in which new ones come last."""

    how_many: Callable
    addresses: Callable


def source(function):
    """Register a function that names further addresses of a language, "/es/letter/…/"."""
    sources.append(function)
    return function


def add_multitude(name, how_many, addresses):
    """Register what has sitemaps of its own, /sitemap-es-{name}-1.xml and so on. name: letters."""
    multitudes[name] = Multitude(how_many, addresses)


def _site(request):
    site = page_tree.current().site_for(request.get_host())
    if site is None or site.source is None:
        raise Http404
    return site


@kept()
def index(request):
    site = _site(request)
    names = list(site.homes)
    for what, multitude in multitudes.items():
        for language, how_many in multitude.how_many().items():
            files = -(-how_many // LENGTH) if language in site.homes else 0
            names += [f"{language}-{what}-{number}" for number in range(1, files + 1)]
    context = {"origin": site.origin, "names": names}
    return render(request, "portal/sitemap_index.xml", context, "application/xml")


@kept()
def of_language(request, language):
    site = _site(request)
    if language not in site.homes:
        raise Http404
    depends("any page")
    tree = page_tree.current()
    pages = Page.objects.filter(live=True, alias_of=None).only(
        "url_path", "translation_key", "path", "last_published_at"
    )
    versions, own = defaultdict(list), []
    for page in pages:
        place = tree.place(page)
        if not place or place[0] != site.site.pk or place[1] not in site.homes:
            continue
        if tree.is_restricted(page):
            continue
        address = f"{site.origin}/{place[1]}/{place[2]}"
        versions[page.translation_key].append({"code": place[1], "url": address})
        if place[1] == language:
            own.append((address, page))
    entries = [
        {
            "address": address,
            "changed": page.last_published_at,
            "alternates": versions[page.translation_key]
            if len(versions[page.translation_key]) > 1
            else [],
        }
        for address, page in own
    ]
    entries += [
        {"address": site.origin + address, "changed": None, "alternates": []}
        for function in sources
        for address in function(language)
    ]
    return render(request, "portal/sitemap.xml", {"entries": entries}, "application/xml")


def of_multitude(request, language, what, number):
    """Not kept, for its size; so it is sent piece by piece, and is asked for rarely."""
    site = _site(request)
    multitude = multitudes.get(what)
    if language not in site.homes or multitude is None:
        raise Http404
    stop = int(number) * LENGTH
    found = list(multitude.addresses(language, stop - LENGTH, stop))
    if not found:
        raise Http404
    return StreamingHttpResponse(_pieces(site.origin, found), "application/xml")


def _pieces(origin, addresses):
    yield HEAD % XMLNS
    for start in range(0, len(addresses), CHUNK):
        urls = (escape(origin + address) for address in addresses[start : start + CHUNK])
        yield "".join(f"<url><loc>{url}</loc></url>\n" for url in urls)
    yield "</urlset>\n"
