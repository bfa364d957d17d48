"""Two layers of ours around every answer: the language of the address, and the headers."""

import base64
import hashlib
import re

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.utils import translation

from portal import tree
from portal.languages import CODES

PUBLIC_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)
ADMIN_CSP = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "camera microphone geolocation display-capture usb serial bluetooth payment "
        "browsing-topics interest-cohort"
    ).split()
)
ADMIN = "/admin/"
SIGNING_IN = (ADMIN, "/_util/")  # where a session may begin or end

INLINE_SCRIPT = re.compile(rb"<script(?: type=\"text/javascript\")?>(.*?)</script>", re.DOTALL)
# What Wagtail's widgets start themselves with: one known function, arguments of pure JSON.
INITIALISER = re.compile(
    rb"\s*(?:new )?(?:init(?:Date|Time|DateTime)Chooser|(?:Image|Document|Page|Snippet)?Chooser)"
    rb"\((?:\s*(?:\"(?:[^\"\\<]|\\.)*\"|[\d.]+|true|false|null|[\[\]{}:,]))*\s*\);?\s*"
)
# wagtail-localize's editor tells its choosers where to ask: addresses of our own and no more.
CHOOSER_ADDRESSES = re.compile(
    rb"\s*if \(typeof window\.chooserUrls === \"undefined\"\) \{"
    rb"\s*window\.chooserUrls = \{(?:\s*[a-zA-Z]+: \"(?:/[\w-]+)+/\",)*\s*\}\s*\}\s*"
)
# "Select all" where a page is sent to be translated: these words, however they are indented.
SELECT_ALL = b"""
document.addEventListener('DOMContentLoaded', function() {
    var selectAll = document.querySelector('[name="select_all"]');
    var locales = document.querySelectorAll('[name="locales"]');

    selectAll.addEventListener('change', function() {
        for (var i = 0; i < locales.length; i++) {
            locales[i].checked = selectAll.checked;
        }
    });
});
""".split()


def is_known(script):
    return bool(
        INITIALISER.fullmatch(script)
        or CHOOSER_ADDRESSES.fullmatch(script)
        or script.split() == SELECT_ALL
    )


class HeadersMiddleware:
    """What `SecurityMiddleware` does not set; outside of it, so that no answer of any status
    leaves without them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        in_admin = request.path.startswith(ADMIN)
        headers = response.headers
        if in_admin:
            headers["Content-Security-Policy"] = ADMIN_CSP.format(hashes=hashes(response))
            headers["X-Frame-Options"] = "SAMEORIGIN"
        else:
            headers.setdefault("Content-Security-Policy", PUBLIC_CSP)  # pictures have less
            headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = PERMISSIONS_POLICY
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if in_admin or getattr(request, "shows_userbar", False):
            headers["Cache-Control"] = "private, no-store"
        else:
            headers.setdefault("Cache-Control", "no-cache")
        return response


def hashes(response):
    """CSP sources for the known scripts in an admin page; other inline scripts get none."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    found = {
        base64.b64encode(hashlib.sha256(script).digest()).decode()
        for script in INLINE_SCRIPT.findall(response.content)
        if is_known(script)
    }
    return "".join(f" 'sha256-{digest}'" for digest in sorted(found))


class QuietSessionMiddleware(SessionMiddleware):
    """Django's, but a public answer never sets a cookie: not even to delete a forged one."""

    def process_response(self, request, response):
        if request.path.startswith(SIGNING_IN):
            return super().process_response(request, response)
        return response


class LanguageMiddleware:
    """The language is what the address says, and nothing else: no header, no cookie.

    An address in a language without a live home page is answered in the source language,
    and there it does not exist.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        tree.forget()  # this request looks for itself
        with translation.override(self.language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response

    def language_of(self, request):
        code = request.path.split("/", 2)[1]
        if code not in CODES:
            return settings.LANGUAGE_CODE
        try:
            site = tree.current().site_for(request.get_host())
        except (OperationalError, InterfaceError):
            # The database is away: let the view say so, and give back what was posted to it.
            return code
        return code if site is not None and code in site.homes else settings.LANGUAGE_CODE
