import sys
from functools import cache
from mimetypes import guess_type

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError
from django.db.models import F, Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail import hooks
from wagtail.models import Page
from wagtail.views import serve_chain
from wagtail.wagtail_hooks import check_view_restrictions

from portal import tree as page_tree
from portal.cache.recording import depends, keep, kept
from portal.languages import CODES
from portal.prepared import Prepared
from portal.shell import BareShell, Shell

PICTURES = {"image/avif", "image/webp", "image/jpeg"}


def negotiate(request):
    """`/`, the only address that looks at what the browser prefers."""
    site = page_tree.current().site_for(request.get_host())
    if site is None or site.source is None:
        raise Http404
    chosen = site.source.language
    for wanted, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if not quality:
            continue  # "es;q=0" says that she does not want it
        variants = [wanted, wanted.rpartition("-")[0], wanted.split("-")[0]]
        if wanted.startswith("zh"):
            traditional = any(part in wanted for part in ("hant", "tw", "hk", "mo"))
            variants.append("zh-hant" if traditional else "zh-hans")
        match = next((code for code in variants if code in site.homes), None)
        if match:
            chosen = match
            break
    response = HttpResponseRedirect(f"/{chosen}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def serve(request, path):
    """Wagtail's `serve`, with one query for the route instead of one a level.

    The address is unique in the tree, so the page is found by it; what Wagtail would ask
    the database on the way (site, root, locale, restrictions) is in memory.
    """
    tree = page_tree.current()
    site = tree.site_for(request.get_host())
    home = site and site.homes.get(translation.get_language())
    if not home:
        raise Http404
    # A section's type is in memory; of any other page it has to be asked for.
    kind = home.type_of(f"{home.address}{path}")
    found = _live(apps.get_model(kind) if kind else Page)(home.url_path + path)
    if not found:
        raise Http404
    page = found[0]
    locale = page.locale
    page = page if kind else page.specific
    page.locale = locale  # already here; saves the template a query
    depends(f"page:{page.pk}")
    if request.method in ("GET", "HEAD") and not tree.is_restricted(page):
        keep(request, *page.query_parameters)
    chain = serve_chain
    for function in reversed(hooks.get_hooks("on_serve_page")):
        if function is not check_view_restrictions or tree.is_restricted(page):
            chain = function(chain)
    for function in hooks.get_hooks("before_serve_page"):
        answer = function(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return chain(page, request, [], {})


@cache
def _live(model):
    """Gives [the live page of that model at a path]."""
    # An alias of a page in another language would be that language's words.
    own = Q(alias_of=None) | Q(alias_of__locale=F("locale"))
    pages = model.objects.filter(own, live=True).select_related("locale", "content_type")
    return Prepared(lambda path: pages.filter(url_path=path).order_by("pk")[:1])


def media(request, name):
    """Pictures from the public storage, under our own origin wherever they are kept."""
    kind, _encoding = guess_type(name)
    if not name.startswith("images/") or kind not in PICTURES:
        raise Http404  # renditions only
    try:
        response = FileResponse(default_storage.open(name), content_type=kind)
    except (OSError, ValueError):
        raise Http404 from None
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=3600, s-maxage=60"
    return response


@kept()
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /exit/"]
    site = page_tree.current().site_for(request.get_host())
    if site:
        lines.append(f"Sitemap: {site.origin}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


# ------------------------------------------------------------------------ errors


def bad_request(request, exception=None):
    return failure(request, 400)


def permission_denied(request, exception=None):
    return failure(request, 403)


def csrf_failure(request, reason=""):
    return failure(request, 403)


def page_not_found(request, exception=None):
    return failure(request, 404)


def server_error(request):
    """Also for a database that is away, so neither template nor language may need it."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    response = failure(request, 503 if away else 500)
    if away:
        response.headers["Retry-After"] = "30"
    return response


def failure(request, status):
    """An error page in the design and in the language of the address."""
    code = request.path.split("/", 2)[1]
    needs_no_database = status in (400, 500, 503)
    language = code if code in CODES else settings.LANGUAGE_CODE
    if not needs_no_database:
        language = translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        kind = BareShell if needs_no_database else Shell
        shell = kind(request, language=language, robots="noindex")
        return render(request, f"portal/errors/{status}.html", {"shell": shell}, status=status)
