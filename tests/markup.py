"""What is wrong with a page's HTML, as far as one can tell without a browser."""

from collections import Counter

import html5lib

HTML = "{http://www.w3.org/1999/xhtml}"
CHILDREN = {  # elements that take only these; everything may hold script and template
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tbody": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup", "hr"},
}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "details", "label"}
POINTERS = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "for", "list"]


def faults(html):
    """A list of sentences; empty for a valid page. `html` is text or bytes."""
    parser = html5lib.HTMLParser()
    tree = parser.parse(html)
    found = [f"line {line}: {code}" for (line, _), code, _ in parser.errors]
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    found += [f"id {name!r} is used {count} times" for name, count in ids.items() if count > 1]
    found += [f"id {name!r} is empty or has a space" for name in ids if name.split() != [name]]
    for element in elements:
        name = element.tag.removeprefix(HTML)
        for attribute in POINTERS:
            for target in (element.get(attribute) or "").split():
                if target not in ids:
                    found.append(
                        f"{attribute} of <{name}> points to {target!r}, which is not there"
                    )
        if name == "img" and element.get("alt") is None:
            found.append(f"<img src={element.get('src')!r}> has no alt")
        children = [child.tag.removeprefix(HTML) for child in element if isinstance(child.tag, str)]
        if name in CHILDREN:
            wrong = set(children) - CHILDREN[name] - {"script", "template"}
            found += [f"<{child}> directly inside <{name}>" for child in sorted(wrong)]
        if name in ("a", "button"):
            inside = {
                child.tag.removeprefix(HTML)
                for child in element.iter()
                if child is not element and isinstance(child.tag, str)
            }
            found += [f"<{child}> inside <{name}>" for child in sorted(inside & INTERACTIVE)]
    return found
