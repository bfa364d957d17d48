"""The demo's letters: received, decided and published as real ones are."""

import itertools
import secrets
from datetime import timedelta

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.models import Locale

from home.demo import content, tree
from portal.private import encrypt_bytes


def decision_makers():
    """{key: DecisionMaker in the source language}, with their channels and translations."""
    model, channel = apps.get_model("letters", "DecisionMaker"), apps.get_model("letters.Channel")
    found = {}
    for table in content.read("decision-makers.toml")["decision_maker"]:
        row = model.objects.create(
            locale=Locale.get_default(),
            slug=table["key"],
            kind=table["kind"],
            countries=table["countries"],
            office=table.get("office", ""),
            language=table.get("language", ""),
            name=content.in_source(table["name"]),
            description=content.in_source(table["description"]),
        )
        channel.objects.bulk_create(
            channel(
                decision_maker=row,
                kind=each["kind"],
                value=each["value"],
                source=each["source"],
                checked_on=tree.days_ago(each["checked_days_ago"]),
                checked_by="The demo",
            )
            for each in table["channel"]
        )
        others = [code for code in content.LANGUAGES if code != content.SOURCE]
        tree.translate(row, table, others)
        found[table["key"]] = row
    return found


def helplines():
    model = apps.get_model("safety", "Helpline")
    tables = content.read("helplines.toml")["helpline"]
    model.objects.bulk_create(model(**table) for table in tables)


def build(pages, moderator):
    """All letters in their states; returns {key: Letter} of the published ones."""
    addressees = decision_makers()
    tables = [table for file in content.read_all("letters") for table in file["letter"]]
    # The order of publication is the order of the gallery.
    tables.sort(key=lambda table: (-table["age_days"], table["key"]))
    published = {}
    for table in tables:
        submission = receive(table, pages, addressees)
        if table["state"] == "published":
            published[table["key"]] = submission.publish(
                moderator, redactions(table), published=tree.days_ago(table["age_days"])
            )
        elif table["state"] == "declined":
            submission.decline(moderator, table["reason"])
        elif table["state"] == "withdrawn":
            submission.withdraw()
    return published


def receive(table, pages, addressees):
    submission = apps.get_model("letters", "Submission")
    return submission.objects.create(
        kind=table["kind"],
        decision_maker=addressees[table["decision_maker"]] if table.get("decision_maker") else None,
        addressee=table.get("addressee", ""),
        title=table.get("title", ""),
        words=table.get("words", "").strip(),
        language=table["language"],
        signature=table.get("signature", ""),
        content_notes=table.get("content_notes", []),
        picture_name=store(table["picture"]) if table.get("picture") else "",
        picture_alt=table.get("alt", ""),
        campaign=pages[table["campaign"]] if table.get("campaign") else None,
        may_publish_words=True,
        may_publish_picture=True,
        may_translate=True,
        may_quote=len(table["key"]) % 2 == 0,
        token_hash=secrets.token_hex(32),
        receipt_hash=secrets.token_hex(32),
        received=timezone.now() - timedelta(days=table["age_days"], minutes=secrets.randbelow(600)),
    )


def store(name):
    data = (content.HERE / "pictures" / name).read_bytes()
    return storages["private"].save(
        f"letters/{secrets.token_hex(16)}", ContentFile(encrypt_bytes(data))
    )


def redactions(table):
    """[(start, end, reason)] of the words that the moderators blanked out."""
    words, spans = table.get("words", "").strip(), []
    for blank in table.get("blank", []):
        start = words.index(blank["text"])
        spans.append((start, start + len(blank["text"]), blank["reason"]))
    return spans


def fill_queue(count):
    """Bring the number of waiting letters to `count`, mixing sentences of those that wait."""
    model = apps.get_model("letters", "Submission")
    waiting = list(model.objects.waiting().filter(picture_name=""))
    by_language = {}
    for submission in waiting:
        by_language.setdefault(submission.language, []).append(submission)
    lacking = count - model.objects.waiting().count()
    made = []
    for number, first in zip(range(max(lacking, 0)), itertools.cycle(waiting), strict=False):
        family = by_language[first.language]
        second = family[(number // len(waiting) + number) % len(family)]
        half = first.words.split("\n\n")[0]
        words = f"{half}\n\n{second.words}" if second.pk != first.pk else first.words
        made.append(
            model(
                kind=first.kind,
                decision_maker=first.decision_maker,
                addressee=first.addressee,
                words=words,
                language=first.language,
                signature=second.signature,
                content_notes=first.content_notes,
                campaign=first.campaign,
                may_publish_words=True,
                token_hash=secrets.token_hex(32),
                receipt_hash=secrets.token_hex(32),
                received=(came := timezone.now() - timedelta(minutes=7 * number + 1)),
                due=came,
            )
        )
    model.objects.bulk_create(made)
    return len(made)
