"""Did this POST come from a page of ours? Asked of the browser's own headers, because there is no
cookie.
"""

from urllib.parse import urlsplit

from django.conf import settings

OURS, FOREIGN, UNKNOWN = "ours", "foreign", "unknown"


def of(request) -> str:
    """Return OURS, FOREIGN (refuse, give the words back) or UNKNOWN (an old browser or a tool:
    hold).
    """
    fetched_from = request.headers.get("Sec-Fetch-Site", "")
    # "none" is the visitor herself, sending a page again.
    if fetched_from in ("same-origin", "none"):
        return OURS
    if fetched_from:
        return FOREIGN
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return UNKNOWN
    if urlsplit(origin).netloc == request.get_host() or origin in settings.CSRF_TRUSTED_ORIGINS:
        return OURS
    return FOREIGN
