"""One sitemap a language behind an index. Versions in other languages come from one query
for all pages, so cost does not grow with languages; apps add addresses of their own."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import render
from wagtail.models import Page

from portal import tree as page_tree
from portal.cache.recording import depends, kept

sources = []  # functions: language -> iterable of addresses below the origin


def source(function):
    """Register a function that names further addresses of a language, "/es/letter/…/"."""
    sources.append(function)
    return function


def _site(request):
    site = page_tree.current().site_for(request.get_host())
    if site is None or site.source is None:
        raise Http404
    return site


@kept()
def index(request):
    return render(request, "portal/sitemap_index.xml", {"site": _site(request)}, "application/xml")


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
