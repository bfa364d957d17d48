"""The text of a mail that is HTML only.

A scanner of our own: it looks at every character once, whatever strangers send. Python's
html.parser takes minutes for some pages of a megabyte.
"""

import html
import re

QUOTE = "\x02"  # a line of its own where a mail program's quotation begins

_SILENT = {"head", "style", "script", "title", "template", "noscript", "svg", "math", "object"}
_LINES = {
    *("address", "article", "aside", "br", "center", "dd", "div", "dt", "figcaption", "figure"),
    *("footer", "form", "header", "hr", "li", "main", "nav", "section", "table", "td", "th", "tr"),
}
_PARAGRAPHS = {"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "ul"}
# How mail programs mark what they quote.
_QUOTING = re.compile(
    r"gmail_quote|gmail_attr|yahoo_quoted|protonmail_quote|moz-cite-prefix|divRplyFwdMsg"
    r"|appendonsend|zmail_extra|tutanota_quote",
    re.IGNORECASE,
)
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,20})")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def text_of(markup: str) -> str:
    """Return the words of an HTML page: paragraphs by empty lines, quotations by "> "."""
    out, never_closed = _Lines(), set()
    position, pre = 0, 0
    while position < len(markup):
        start = markup.find("<", position)
        end = start if start >= 0 else len(markup)
        if end > position:
            out.say(html.unescape(markup[position:end]), keep_lines=pre > 0)
        if start < 0:
            break
        if markup.startswith("<!--", start):
            closing = markup.find("-->", start + 4)
            position = closing + 3 if closing >= 0 else len(markup)
            continue
        name = _NAME.match(markup, start + 1)
        if not name and markup[start + 1 : start + 2] not in ("!", "?", "/"):  # "3 < 4"
            out.say("<")
            position = start + 1
            continue
        position, tag = _tag(markup, start)
        if not name:
            continue
        name, closes = name[1].lower(), tag.startswith("/")
        if name in _SILENT and not closes and name not in never_closed:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(markup, position)
            if closing:
                position = closing.start()
            else:
                never_closed.add(name)  # and hides nothing
            continue
        if name == "pre":
            pre = max(0, pre - 1) if closes else pre + 1
        out.tag(name, closes, tag)
    return out.text()


def _tag(markup, start):
    """Where the tag at `start` ends, and what stands in it."""
    end = markup.find(">", start)
    if end < 0:
        return len(markup), markup[start + 1 : start + 200]
    inside = markup[start + 1 : end]
    # One ">" in an attribute, as in alt="a > b": a tag doesn't end between quotation marks.
    if (inside.count('"') % 2) and (quote := markup.find('"', end, end + 2000)) > 0:
        later = markup.find(">", quote, quote + 2000)
        if later > 0:
            return later + 1, inside
    return end + 1, inside


class _Lines:
    """Lines as they come to be; `depth` is how many quotations they stand in."""

    def __init__(self):
        self.lines, self.current, self.depth = [], [], 0

    def say(self, words, keep_lines=False):
        if keep_lines:
            first, *rest = words.replace("\r\n", "\n").split("\n")
            self.current.append(first)
            for line in rest:
                self.end()
                self.current.append(line)
        else:
            self.current.append(_SPACES.sub(" ", words))

    def tag(self, name, closes, tag):
        if not closes and "=" in tag and _QUOTING.search(tag):
            self.end()
            self.lines.append(QUOTE)
        if name == "blockquote":
            self.paragraph()
            self.depth = max(0, min(9, self.depth + (-1 if closes else 1)))
        elif name in _PARAGRAPHS:
            self.paragraph()
        elif name == "br" or name in _LINES:
            if name != "br":
                self.end(only_if_said=True)
            elif not closes:
                self.end()

    def end(self, only_if_said=False):
        line = _SPACES.sub(" ", "".join(self.current)).strip(" ")
        self.current = []
        if line or not only_if_said:
            self.lines.append("> " * self.depth + line if self.depth else line)

    def paragraph(self):
        self.end(only_if_said=True)
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(("> " * self.depth).strip())

    def text(self):
        self.end(only_if_said=True)
        return "\n".join(self.lines).strip("\n")
