"""What one record says, by the rules of our models."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from letters.intake.language import codes
from letters.models import Channel, ChannelKind, DecisionMaker
from letters.models.channel import clean_value
from letters.vocabulary import AddresseeKind

# what we call it: the keys it may have, the first that isn't empty counts
KEYS = {
    "slug": ["slug"],
    "name": ["name"],
    "description": ["description"],
    "office": ["office", "department"],
    "kind": ["kind"],
    "countries": ["relevant-countries", "countries", "country"],
    "language": ["request-language", "language", "languages"],
    ChannelKind.EMAIL: ["email", "e-mail", "emails"],
    ChannelKind.FORM: ["webform", "web-form", "form"],
    ChannelKind.POST: ["address", "postal-address", "post"],
    ChannelKind.ACCOUNT: ["account", "accounts", "public-account"],
    "source": ["sources", "source", "web", "website"],
    "checked_on": ["checked-on", "last-checked", "checked"],
    "checked_by": ["checked-by"],
    "quality": ["quality"],
}
KNOWN = frozenset(key for keys in KEYS.values() for key in keys)
NOBODY_LOOKED = "scraped"


class BadRecord(Exception):
    """It can't be taken over; the message says why."""


def plain_key(key):
    return re.sub("[-_ ]+", "-", key.strip().lower())


@dataclass
class Entry:
    slug: str = ""
    name: str = ""
    values: dict = field(default_factory=dict)  # fields of DecisionMaker; none is empty
    channels: list = field(default_factory=list)  # (ChannelKind, value)
    source: str = ""
    checked_on: date | None = None
    checked_by: str = ""


def read_record(record, checked_on=None, checked_by=""):
    """The Entry of a record; date and name stand in where it has none. Raises BadRecord."""
    reader = _Reader(record)
    entry = Entry(slug=reader.line("slug"), name=reader.line("name"))
    if not entry.slug and not entry.name:
        raise BadRecord("It has neither a name nor a slug.")
    values = {
        "description": reader.line("description"),
        "office": reader.line("office"),
        "kind": reader.kind(),
        "countries": reader.countries(),
        "language": reader.language(),
    }
    entry.values = {name: value for name, value in values.items() if value}
    # The others come from lists of ours.
    texts = {"slug": entry.slug, "name": entry.name, "countries": values["countries"]}
    texts |= {name: values[name] for name in ("description", "office")}
    _check_model(DecisionMaker, reader.given(**texts))
    for kind in ChannelKind:
        entry.channels += [(kind, value) for value in reader.addresses(kind)]
    entry.source = next(iter(reader.many("source", r"[\s|]+")), "")
    entry.checked_by = reader.line("checked_by") or checked_by
    if reader.line("quality").lower() != NOBODY_LOOKED:
        entry.checked_on = reader.date() or checked_on
    if entry.checked_on is None:
        entry.checked_by = ""  # who looked, but when?
    about = {"source": entry.source, "checked_on": entry.checked_on}
    about["checked_by"] = entry.checked_by
    _check_model(Channel, reader.given(**about))
    return entry


def _check_model(model, values):
    """By the rules of the model's fields. Raises BadRecord."""
    instance = model(**values)
    others = [each.name for each in model._meta.fields if each.name not in values]
    try:
        instance.clean_fields(exclude=others)
        if model is Channel:
            instance.clean()
    except ValidationError as error:
        reasons = [f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
        raise BadRecord("; ".join(reasons)) from None


class _Reader:
    def __init__(self, record):
        self.record = record

    @staticmethod
    def given(**values):
        return {name: value for name, value in values.items() if value}

    def raw(self, name):
        """(key, value) of the first key that isn't empty, else (name, "")."""
        for key in KEYS[name]:
            value = self.record.get(key)
            if isinstance(value, str):
                value = value.strip()
            if value not in (None, "", []):
                return key, value
        return name, ""

    def texts(self, name):
        """(key, [text]). A list in JSON may have empty texts; they are left out."""
        key, value = self.raw(name)
        found = value if isinstance(value, list) else [value]
        for text in found:
            if not isinstance(text, str):
                raise BadRecord(f"{key}: a text is needed here.")
            if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n\t" for c in text):
                raise BadRecord(f"{key}: there are characters in it that are no text.")
        return key, [text.strip() for text in found if text.strip()]

    def line(self, name):
        key, texts = self.texts(name)
        if len(texts) > 1 or any(len(text.splitlines()) > 1 for text in texts):
            raise BadRecord(f"{key}: there is more than one line.")
        return " ".join(texts[0].split()) if texts else ""

    def many(self, name, separators):
        _key, texts = self.texts(name)
        return [part for text in texts for part in re.split(separators, text) if part]

    def kind(self):
        kind = self.line("kind").lower()
        if kind and kind not in AddresseeKind.values:
            raise BadRecord(f"kind: one of {', '.join(AddresseeKind.values)} is needed here.")
        return kind

    def countries(self):
        found = [code.upper() for code in self.many("countries", r"[\s,;|]+")]
        return [] if "ALL" in found else list(dict.fromkeys(found))

    def language(self):
        found = self.many("language", r"[\s,;|]+")
        if not found:
            return ""
        code = found[0].lower().replace("_", "-")
        # A letter need not name regional variants.
        for candidate in (code, code.split("-")[0]):
            if candidate in codes():
                return candidate
        raise BadRecord("language: there is no language with this code.")

    def addresses(self, kind):
        """The tidied addresses of one kind, each once."""
        key, texts = self.texts(kind)
        if kind == ChannelKind.POST:
            whole = "\n".join(texts)
            lines = whole.splitlines()
            found = ["\n".join(lines[0].split(","))] if len(lines) == 1 else [whole]
            found = [address for address in found if address]
        else:
            found = self.many(kind, r"[\s,;|]+" if kind == ChannelKind.EMAIL else r"[\s|]+")
        try:
            return list(dict.fromkeys(clean_value(kind, address) for address in found))
        except ValidationError as error:
            raise BadRecord(f"{key}: {' '.join(error.messages)}") from None

    def date(self):
        text = self.line("checked_on")
        try:
            return date.fromisoformat(text.split("T")[0]) if text else None
        except ValueError:
            raise BadRecord("checked-on: a date such as 2026-03-01 is needed here.") from None
