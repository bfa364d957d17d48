"""The demo's letters: received, decided and published as real ones are."""

import secrets
from datetime import timedelta

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.models import Locale

from home.demo import content, tree
from portal import outbox
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
                moderator, redactions=redactions(table), published=tree.days_ago(table["age_days"])
            )
        elif table["state"] == "declined":
            submission.decline(moderator, table["reason"])
        elif table["state"] == "withdrawn":
            submission.withdraw()
        else:
            outbox.enqueue("letters.traces", submission_id=submission.pk)  # as intake does
    date_decisions()
    return published


def date_decisions():
    """As if each had been made some hours after its letter came, and not all of them today."""
    decisions = apps.get_model("letters", "Decision")._base_manager  # others keep them as they are
    for row in decisions.select_related("submission"):
        waited = timedelta(hours=1 + row.pk % 40, minutes=row.pk * 7 % 60)
        made = min(row.submission.received + waited, timezone.now() - timedelta(hours=1))
        waited = row.waited and int((made - row.submission.received).total_seconds())
        decisions.filter(pk=row.pk).update(made=made, waited=waited)


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
    """[[field, start, end, reason]] of the words that the moderators blanked out."""
    words, spans = table.get("words", "").strip(), []
    for blank in table.get("blank", []):
        start = words.index(blank["text"])
        spans.append(["words", start, start + len(blank["text"]), blank["reason"]])
    return spans
