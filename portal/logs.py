"""Log lines that hold nothing of a visitor.

Django's records carry the request (address, browser name, form) in their arguments and
tracebacks carry local values; this filter keeps the message's own words, cuts what looks
like an address, and escapes control characters. Of what Django says about a request it keeps
the status and the name of the route: the rest is where somebody was.
"""

import logging
import re
import traceback

ADDRESSES = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"  # e-mail
    r"|(?<![\w:])(?:(?:[0-9a-f]{1,4}:){4,}[0-9a-f:]*|[0-9a-f:]*::[0-9a-f:]*)[\d.]*"  # IPv6
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"  # IPv4
    r"|\b(?:\d{4}[ -]){4,}\d{1,4}\b|\b\d{20}\b",  # receipt
    re.IGNORECASE,
)
REQUESTS = re.compile(r"django\.(request|security|server)\b")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # a line break would forge a line


def scrubbed(text):
    return CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", ADDRESSES.sub("[cut]", text))


def answered(record):
    """For "Internal Server Error: /es/write/survivor/": "500 letters:write"."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return f"{getattr(record, 'status_code', '')} {match.view_name if match else ''}".strip()


class Scrub(logging.Filter):
    def filter(self, record):
        if REQUESTS.match(record.name):
            record.msg = answered(record)
            record.request = None
        else:
            record.msg = scrubbed(record.getMessage())
        record.args = None
        if record.exc_info:
            # The type and the way there; the error's text may quote what somebody wrote.
            kind, _error, trace = record.exc_info
            frames = "".join(traceback.format_tb(trace)) if trace else ""
            record.msg += f" [{kind.__name__}]\n{frames}" if kind else ""
            record.exc_info = record.exc_text = None
        return True
