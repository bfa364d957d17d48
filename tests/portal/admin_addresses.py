"""Every address of the admin, with keys of things that exist, and what is sent there."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:(\w+):)?(\w+)>")
WORDS = {
    "app_label": ["letters"],
    "model_name": ["submission", "letter", "decisionmaker", "reason"],
    "app_name": ["letters"],
    "model": ["submission", "letter"],
    "action": ["delete"],
    "content_type_app_name": ["home"],
    "content_type_model_name": ["infopage"],
    "code": ["en"],
    "mode": [""],
    "filename": ["x"],
    "slug": ["letters"],
}

LISTS = re.compile(
    r"^/admin/(?:reports/[\w-]+|desk(?:/decided|/reports)?|snippets/\w+/\w+|users|images|pages/search)/$"
    r"|/(?:choose|chooser|results)/$"
)


def patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, text)
        elif isinstance(pattern, URLPattern):
            yield text


def addresses(keys):
    """Sorted paths, each with every number it might have. keys: {part of an address: the numbers
    of what stands below it}; "" for all others."""
    found = set()
    for text in patterns(get_resolver()):
        text = text.lstrip("^")
        if not text.startswith("admin/"):
            continue
        path = "/" + re.sub(r"\\Z|\$$|\^", "", text)
        variants, numbers = [path], sorted(next(keys[part] for part in keys if part in path))
        for inside, converter, name in GROUP.findall(path):
            if values := WORDS.get(inside or name):
                pass
            elif converter == "uuid":
                values = ["00000000-0000-0000-0000-000000000000"]
            elif converter == "str":
                values = ["0" * 32]
            else:
                values, numbers = numbers, numbers[:1]
            variants = [GROUP.sub(str(value), one, count=1) for one in variants for value in values]
        found.update(variants)
    return sorted(path for path in found if "logout" not in path)


def questions(path, keys):
    """What is asked for by GET: lists are also searched, and taken home as a file."""
    yield path
    if path.startswith("/admin/bulk/"):
        yield path + "?" + "&".join(f"id={key}" for key in keys)
    elif LISTS.search(path):
        yield from (path + "?q=canary", path + "?export=csv")


def body(path, private):
    """What somebody might send who tries hard: enough to be taken for what the page asks for.

    private: {key: submission} whose numbers may stand in the path.
    """
    about = re.match(r"/admin/desk/(?:[a-z]+/)?(\d+)/", path)
    submission = private.get(int(about[1])) if about else None
    everything = [str(key) for key in private]
    return {
        "seen": submission.seen if submission else "",
        **{f"seen-{key}": row.seen for key, row in private.items()},
        "reason": "court" if re.search("contact|original", path) else "spam",
        "language": "fr" if "/language/" in path else "en",
        "languages": ["en", "es", "ar"],
        "shows_people": "no",
        "picture_alt": "Other words",
        "transcript": "Other words",
        **dict.fromkeys(["words", "title", "signature", "note", "question"], "Other words"),
        **dict.fromkeys(["act", "decision", "what", "do"], "publish"),
        **dict.fromkeys(["pk", "id", "ids", "chosen", "letter", "submission"], everything),
        "name": "Name",
        "slug": "name",
        "code": "name",
        "kind": "government",
        "attack_day": "on",
        "reports_that_hide": "9",
        "is_active": "on",
        "is_superuser": "on",
        "username": "intruder",
        "password1": "a very long password",
        "password2": "a very long password",
        "next": "/admin/",
    }
