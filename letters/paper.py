"""How words become what readers see: paragraphs, headings, marked gaps, excerpts.

Letters are plain text. "## " begins a heading, an empty line a paragraph, and
⟦reason⟧ stands where moderators blanked words out (intake takes these brackets out of
what writers type).
"""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import mark_safe

from letters.vocabulary import GapReason

EXCERPT_CHARS = 240
GAP = re.compile(r"⟦([a-z-]+)⟧")
MARKS_SHOWN = 5  # marks on one letter; pointed Hebrew and Tibetan stacks need four


def gap(reason):
    return f"⟦{GapReason(reason).value}⟧"


def blanked(text, spans):
    """`text` with each span (start, end, reason) replaced by a gap. Spans may not overlap."""
    for start, end, reason in sorted(spans, reverse=True):
        text = text[:start] + gap(reason) + text[end:]
    return text


def gapless(text):
    """`text` without its gaps: what was blanked out can't be searched for by its reason."""
    return GAP.sub(" ", text)


def calm(text):
    """Without the towers of marks that some people build to break a page."""
    kept, marks = [], 0
    for character in text:
        # Not unicodedata.combining: it calls the marks of Thai and others no marks.
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
        elif category != "Cf":  # a joiner between two marks does not begin a new letter
            marks = 0
        if marks <= MARKS_SHOWN:
            kept.append(character)
    return "".join(kept)


def _gap_text(match):
    reason = match[1] if match[1] in GapReason.values else GapReason.OTHER
    return f"[{GapReason(reason).label}]"


def _gap_html(match):
    return f'<span class="gap">{escape(_gap_text(match))}</span>'


def _inline(text):
    return GAP.sub(_gap_html, escape(text).replace("\n", "<br>"))


def html(words, heading_level=2):
    """Safe HTML: h2 (or deeper) and p, nothing of the writer's but text. No links."""
    parts = []
    # A heading needs no empty line before it: people are told only how its line begins.
    for block in re.split(r"\n\s*\n|\n(?=## )", calm(words).strip()):
        lines = block.split("\n")
        while lines and lines[0].startswith("## "):
            title = _inline(lines.pop(0)[3:].strip())
            parts.append(f"<h{heading_level}>{title}</h{heading_level}>")
        if "".join(lines).strip():
            parts.append(f"<p>{_inline(chr(10).join(lines).strip())}</p>")
    return mark_safe("\n".join(parts))  # noqa: S308 (every part was escaped above)


def excerpt(words):
    """The beginning in one line of plain text; gaps become an ellipsis in brackets."""
    flat = " ".join(GAP.sub("[…]", calm(words)).replace("## ", "").split())
    if len(flat) <= EXCERPT_CHARS:
        return flat
    # Not Django's Truncator: it counts no marks, and a column does.
    cut = flat[: EXCERPT_CHARS - 1]
    whole_words = cut.rpartition(" ")[0]
    return (whole_words if len(whole_words) > EXCERPT_CHARS / 2 else cut).rstrip() + "…"


def plain(words):
    """Plain text for feeds and mail."""
    return GAP.sub(_gap_text, words)
