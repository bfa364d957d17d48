"""The addresses in a page, found and changed without touching anything else in it."""

import re
from html import escape, unescape
from html.parser import HTMLParser

# As our templates and rich text write them: in double quotes.
ATTRIBUTE = re.compile(r'(?<=\s)(href|src|srcset|action|formaction)="([^"]*)"')
IN_STYLE = re.compile(rb"url\(\s*['\"]?([^'\")]+)")


class _Tags(HTMLParser):
    """[(place, its own text, name, {attribute: value}), …] of what opens an element."""

    def __init__(self, html):
        super().__init__()
        self.found, self.lines = [], [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        line, column = self.getpos()
        place = self.lines[line - 1] + column
        self.found.append((place, self.get_starttag_text(), tag, dict(attributes)))


def changed(html, change):
    """The page with other addresses. change: called with the name of the element, its attributes,
    the attribute and the address in it; returns the new address, or None to leave it."""

    def address_in(tag, attributes, name, address):
        new = change(tag, attributes, name, address)
        return address if new is None else new

    parts, end = [], 0
    for place, text, tag, attributes in _Tags(html).found:

        def value(found, tag=tag, attributes=attributes):
            name, old = found[1], unescape(found[2])
            if name == "srcset":
                offers = [offer.partition(" ") for offer in old.split(", ")]
                new = ", ".join(
                    address_in(tag, attributes, name, address) + space + width
                    for address, space, width in offers
                )
            else:
                new = address_in(tag, attributes, name, old)
            return found[0] if new == old else f'{name}="{escape(new)}"'

        parts += [html[end:place], ATTRIBUTE.sub(value, text)]
        end = place + len(text)
    return "".join([*parts, html[end:]])


def addresses(html):
    """[(name of the element, its attributes, address), …]"""
    found = []
    changed(html, lambda tag, attributes, name, address: found.append((tag, attributes, address)))
    return found


def addresses_in_style(style):
    """style: bytes of a style sheet."""
    return [address.decode() for address in IN_STYLE.findall(style)]
