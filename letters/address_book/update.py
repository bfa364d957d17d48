"""Brings decision-makers and their channels up to an address book."""

import hashlib
from collections import defaultdict
from itertools import count

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from letters.address_book.record import BadRecord, read_record
from letters.models import Channel, ChannelKind, DecisionMaker
from letters.vocabulary import AddresseeKind
from portal import generation
from portal.cache.news import announce
from portal.translation.sync import refresh_segments

BATCH = 500
ROW_FIELDS = ["name", "description", "kind", "office", "countries", "language"]


def _same_name(name):
    return " ".join(name.split()).casefold()


def _same_address(kind, value):
    if kind == ChannelKind.POST:
        return kind, " ".join(value.casefold().replace(",", " ").split())
    return kind, value.casefold() if kind == ChannelKind.EMAIL else value.rstrip("/")


class Update:
    """Counts every record as one of new, changed, unchanged or bad.

    checked_on, checked_by: stand in for records that don't say when and by whom.
    """

    def __init__(self, checked_on=None, checked_by=""):
        self.checked_on, self.checked_by = checked_on, checked_by
        self.new = self.changed = self.unchanged = 0
        self.undated = 0  # records with addresses that don't say when they were checked
        self.bad, self.notes = [], []  # (place, text)
        self._new_rows, self._changed_rows = [], []
        self._new_channels, self._new_sources = [], {}
        self._new_checks = defaultdict(list)  # (checked on, by): [primary key]

    @property
    def total(self):
        return self.new + self.changed + self.unchanged + len(self.bad)

    def run(self, found, dry_run=False):
        """found: [Found] of a file. All good records or, if anything fails, none."""
        with transaction.atomic():
            self._load()
            self._taken = {str(each.record.get("slug")) for each in found if each.record}
            for each in found:
                try:
                    self._take(each)
                except BadRecord as error:
                    self.bad.append((each.place, str(error)))
            if not dry_run and (self.new or self.changed):
                self._write()

    # ---------------------------------------------------------------------- what there is

    def _load(self):
        self._locale = Locale.get_default()
        self._rows, self._names, self._places = {}, defaultdict(set), {}
        self._channels = defaultdict(dict)  # slug: {same address: Channel}
        slugs = {}
        for row in DecisionMaker.objects.filter(locale=self._locale):
            self._remember(row)
            slugs[row.pk] = row.slug
        for channel in Channel.objects.filter(decision_maker__locale=self._locale).order_by("-pk"):
            key = _same_address(channel.kind, channel.value)
            self._channels[slugs[channel.decision_maker_id]][key] = channel

    def _remember(self, row):
        self._rows[row.slug] = row
        self._names[_same_name(row.name)].add(row.slug)

    # ---------------------------------------------------------------------- one record

    def _take(self, found):
        if found.record is None:
            raise BadRecord(found.problem)
        entry = read_record(found.record, self.checked_on, self.checked_by)
        slug = entry.slug or self._slug_of_name(entry.name)
        if slug in self._places:
            raise BadRecord(f"It is about the same as {self._places[slug]}.")
        row = self._rows.get(slug)
        if row is None and not entry.name:
            raise BadRecord("It has no name.")
        self._places[slug] = found.place
        self.undated += bool(entry.channels and not entry.checked_on)
        if entry.name and (others := self._names[_same_name(entry.name)] - {slug}):
            slugs = ", ".join(sorted(others))
            self.notes.append((found.place, f"This name exists under another slug: {slugs}"))
        if row is None:
            self._make(slug, entry)
            self.new += 1
        elif self._change(row, entry):
            self.changed += 1
        else:
            self.unchanged += 1

    def _slug_of_name(self, name):
        known = self._names.get(_same_name(name), set())
        if len(known) > 1:
            slugs = ", ".join(sorted(known))
            raise BadRecord(f"Several have this name; a slug is needed to tell them apart: {slugs}")
        if known:
            return next(iter(known))
        # Names in many scripts have nothing that an address can hold.
        digest = hashlib.sha256(_same_name(name).encode()).hexdigest()[:8]
        base = slugify(name)[:70].strip("-_") or f"office-{digest}"
        candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
        return next(s for s in candidates if s not in self._rows and s not in self._taken)

    def _make(self, slug, entry):
        values = {"kind": AddresseeKind.COMPANY.value} | entry.values
        row = DecisionMaker(locale=self._locale, slug=slug, name=entry.name, **values)
        self._new_rows.append(row)
        self._remember(row)
        self._merge_channels(row, entry)

    def _change(self, row, entry):
        values = dict(entry.values)
        if entry.slug and entry.name:
            values["name"] = entry.name
        changes = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changes:
            if "name" in changes:
                self._names[_same_name(row.name)].discard(row.slug)
            for name, value in changes.items():
                setattr(row, name, value)
            self._remember(row)
            self._changed_rows.append(row)
        return self._merge_channels(row, entry) or bool(changes)

    def _merge_channels(self, row, entry):
        """Add what is new, and date what is confirmed. Returns whether anything changed."""
        known, has_changed = self._channels[row.slug], False
        for kind, value in entry.channels:
            key = _same_address(kind, value)
            channel = known.get(key)
            if channel is None:
                known[key] = channel = Channel(
                    decision_maker=row,
                    kind=kind.value,
                    value=value,
                    source=entry.source,
                    checked_on=entry.checked_on,
                    checked_by=entry.checked_by,
                )
                self._new_channels.append(channel)
                has_changed = True
            elif self._confirm(channel, entry):
                has_changed = True
        return has_changed

    def _confirm(self, channel, entry):
        source = channel.source or entry.source
        is_newer = entry.checked_on and (
            not channel.checked_on or entry.checked_on > channel.checked_on
        )
        if is_newer:
            # Who looked and when belong together: no name, rather than another's.
            channel.checked_on, channel.checked_by = entry.checked_on, entry.checked_by
            self._new_checks[entry.checked_on, entry.checked_by].append(channel.pk)
            source = entry.source or channel.source
        if has_new_source := source != channel.source:
            channel.source = source
            self._new_sources[channel.pk] = channel
        return bool(is_newer or has_new_source)

    # ---------------------------------------------------------------------- all of them

    def _write(self):
        DecisionMaker.objects.bulk_create(self._new_rows, batch_size=BATCH)
        DecisionMaker.objects.bulk_update(self._changed_rows, ROW_FIELDS, batch_size=BATCH)
        Channel.objects.bulk_create(self._new_channels, batch_size=BATCH)
        Channel.objects.bulk_update(self._new_sources.values(), ["source"], batch_size=BATCH)
        # One update for many: most records of a book were checked on the same day.
        for (checked_on, checked_by), keys in self._new_checks.items():
            for start in range(0, len(keys), BATCH):
                batch = Channel.objects.filter(pk__in=keys[start : start + BATCH])
                batch.update(checked_on=checked_on, checked_by=checked_by)
        # What saving one by one would have told: translators and the names in memory.
        sources = TranslationSource.objects.filter(locale=self._locale)
        translated = set(sources.values_list("object_id", flat=True))
        for row in self._changed_rows:
            if row.translation_key in translated:
                refresh_segments(DecisionMaker, row)
        generation.bump(generation.TREE)
        announce(DecisionMaker)
