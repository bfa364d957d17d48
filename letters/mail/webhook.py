"""Mail that a provider brings by POST: the raw mail, or a form that holds it.

It proves who it is by `X-Signature` (HMAC-SHA256 of the body with MAIL_WEBHOOK_SECRET, in
hexadecimal digits), or by the secret as the password of HTTP Basic. The answer says nothing but
its status: 200 after the mail is committed, 503 when it should be brought again.
"""

import base64
import hashlib
import hmac
import logging
import re
from urllib.parse import parse_qs

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from letters.mail import keep
from letters.mail.mailbox import may_fetch
from letters.mail.parts import BYTES

FIELDS = ("email", "body-mime", "message")
logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def receive(request):
    if not settings.MAIL_WEBHOOK_SECRET:
        raise Http404
    password, signature = _password(request), request.headers.get("X-Signature", "")
    if not (password or signature):
        return _answer(401)
    try:
        # Too large: nothing of it is read.
        if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES:
            return _answer(413)
        body = request.read(BYTES + 1)
    except (ValueError, OSError, RequestDataTooBig):
        return _answer(400)
    if not _is_theirs(password, signature, body):
        return _answer(401)
    raw = _mail(request.headers.get("Content-Type", ""), body)
    if not raw.strip():
        return _answer(400)
    try:
        if not may_fetch():
            return _answer(503)
        keep.store(raw)
    except Exception as error:  # whatever it is, the provider brings it again
        logger.error("A mail could not be stored: %s", type(error).__name__)
        return _answer(503)
    return _answer(200)


def _answer(status):
    response = HttpResponse(status=status, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = "Basic"
    if status == 503:
        response.headers["Retry-After"] = "300"
    return response


def _password(request):
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


def _is_theirs(password, signature, body):
    secret = settings.MAIL_WEBHOOK_SECRET.encode()
    if password and hmac.compare_digest(password.encode(), secret):
        return True
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    given = signature.removeprefix("sha256=").lower()
    return hmac.compare_digest(given.encode(), expected.encode())


def _mail(content_type, body):
    """The raw mail in a body of this type; b"" if there is none."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        boundary = re.search(r'boundary="?([^";]{1,200})', content_type)
        return _field(body, boundary[1].encode()) if boundary else b""
    if kind == "application/x-www-form-urlencoded":
        try:
            fields = parse_qs(body.decode("ascii"), encoding="latin-1", max_num_fields=200)
        except ValueError:
            return b""
        return next((fields[name][0].encode("latin-1") for name in FIELDS if name in fields), b"")
    return body


def _field(body, boundary):
    """The field of a multipart form that holds the mail, byte for byte."""
    found = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[:200]:
        head, _blank, value = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]{1,40})"', head[:4000])
        if name:
            found[name[1].decode("latin-1")] = value
    return next((found[name] for name in FIELDS if name in found), b"")
