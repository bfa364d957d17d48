"""Reads the demo's plain data: TOML files whose texts are tables, language -> words."""

import re
import tomllib
from pathlib import Path

from django.utils.html import escape
from wagtail_localize.strings import StringValue, extract_strings

HERE = Path(__file__).parent
SOURCE = "en"
LANGUAGES = ["en", "es", "fr", "ar", "hi", "zh-hans"]
BOLD = re.compile(r"\*\*(.+?)\*\*")


def read(name):
    with open(HERE / name, "rb") as file:
        return tomllib.load(file)


def read_all(folder):
    files = sorted((HERE / folder).glob("*.toml"))
    return [tomllib.loads(path.read_text("utf-8")) for path in files]


def is_text(value):
    """A text has only language codes for keys ("before" holds an older source)."""
    return isinstance(value, dict) and SOURCE in value and set(value) <= {*LANGUAGES, "before"}


def texts(value):
    """All texts inside a value."""
    if is_text(value):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from texts(child)


def rich(words):
    """Paragraphs parted by empty lines, **bold**, as rich text."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", words.strip()))
    return "".join("<p>" + BOLD.sub(r"<b>\1</b>", escape(p)) + "</p>" for p in paragraphs)


def source_words(text, old):
    return text["before"] if old and "before" in text else text[SOURCE]


def in_source(value, old=False):
    """The value with every text replaced by its words in the source language."""
    if is_text(value):
        return source_words(value, old).strip()
    if isinstance(value, dict):
        return {key: in_source(child, old) for key, child in value.items()}
    if isinstance(value, list):
        return [in_source(child, old) for child in value]
    return value


def body(blocks, old=False):
    """StreamField data of [[body]] tables, in the source language."""
    stream = []
    for table in blocks:
        block, values = table["block"], {k: v for k, v in table.items() if k != "block"}
        if block == "paragraph":
            stream.append((block, rich(source_words(values["text"], old))))
        elif block == "letters":
            # They come after the pages, see `tree.feature`.
            stream.append((block, {"title": in_source(values["title"], old), "letters": []}))
        elif block == "heading":
            stream.append((block, in_source(values["text"], old)))
        else:
            stream.append((block, in_source(values, old)))
    return stream


def translations(tables, language, old=False):
    """{segment of the source: segment in `language`}, as wagtail-localize cuts them."""
    found = {}
    for text in texts(tables):
        if language not in text:
            continue
        source, target = source_words(text, old).strip(), text[language].strip()
        found[StringValue.from_plaintext(source).data] = StringValue.from_plaintext(target).data
        _template, ours = extract_strings(rich(source))
        _template, theirs = extract_strings(rich(target))
        found |= {a.data: b.data for (a, _), (b, _) in zip(ours, theirs, strict=True)}
    return found
