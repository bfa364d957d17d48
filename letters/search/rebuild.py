"""Cutting the words of all letters anew, in batches that let others write in between: for the
migration, and for whenever `letters.search.tokens` changes."""

from django.db import connection, transaction

from letters.models.letter_search import search_text

BATCH = 500
FIELDS = ["title", "words", "signature", "picture_alt", "transcript"]


def rebuild(letters, progress=lambda number: None):
    """letters: the manager of the model, also of a migration's. progress: told how many are
    done."""
    last = done = 0
    update = "UPDATE letters_letter SET search_text = %s, campaign_key = %s WHERE id = %s"
    as_column = letters.model._meta.get_field("campaign_key").get_db_prep_value
    while True:
        with transaction.atomic():
            batch = list(
                letters.filter(pk__gt=last)
                .order_by("pk")
                .select_for_update(of=["self"])
                .only(*FIELDS, "campaign_key", "campaign__translation_key")
                .select_related("campaign")[:BATCH]
            )
            rows = [
                (
                    search_text(letter),
                    as_column(
                        letter.campaign.translation_key if letter.campaign else letter.campaign_key,
                        connection,
                    ),
                    letter.pk,
                )
                for letter in batch
            ]
            with connection.cursor() as cursor:
                cursor.executemany(update, rows)
        if not batch:
            return
        last, done = batch[-1].pk, done + len(batch)
        progress(done)
