"""How words become what readers see: paragraphs, headings, marked gaps, excerpts.

Letters are plain text. "## " begins a heading, an empty line a paragraph, and
⟦reason⟧ stands where moderators blanked words out (intake takes these brackets out of
what writers type).
"""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from letters.vocabulary import GapReason

EXCERPT_CHARS = 240
GAP = re.compile(r"⟦([a-z-]+)⟧")
MARKS_SHOWN = 4  # combining marks on one letter; real languages need up to three or four


def gap(reason):
    return f"⟦{GapReason(reason).value}⟧"


def blanked(text, spans):
    """`text` with each span (start, end, reason) replaced by a gap. Spans may not overlap."""
    for start, end, reason in sorted(spans, reverse=True):
        text = text[:start] + gap(reason) + text[end:]
    return text


def calm(text):
    """Without the towers of combining marks that some people build to break a page."""
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARKS_SHOWN:
            kept.append(character)
    return "".join(kept)


def _gap_html(match):
    reason = match[1] if match[1] in GapReason.values else GapReason.OTHER
    return f'<span class="gap">[{escape(GapReason(reason).label)}]</span>'


def _inline(text):
    return GAP.sub(_gap_html, escape(text).replace("\n", "<br>"))


def html(words, heading_level=2):
    """Safe HTML: h2 (or deeper) and p, nothing of the writer's but text. No links."""
    parts = []
    for block in re.split(r"\n\s*\n", calm(words).strip()):
        lines = block.split("\n")
        while lines and lines[0].startswith("## "):
            title = _inline(lines.pop(0)[3:].strip())
            parts.append(f"<h{heading_level}>{title}</h{heading_level}>")
        if "".join(lines).strip():
            parts.append(f"<p>{_inline(chr(10).join(lines).strip())}</p>")
    return mark_safe("\n".join(parts))


def excerpt(words):
    """The beginning in one line of plain text; gaps become an ellipsis in brackets."""
    flat = " ".join(GAP.sub("[…]", words).replace("## ", "").split())
    return Truncator(flat).chars(EXCERPT_CHARS)


def plain(words):
    """Plain text for feeds and mail."""
    return GAP.sub(lambda match: f"[{GapReason(match[1]).label}]", words)
