from django.db import migrations

from letters.search import index
from letters.search.rebuild import rebuild

FORMER = [
    "DROP TRIGGER IF EXISTS letters_letter_words ON letters_letter",
    "DROP FUNCTION IF EXISTS letters_letter_words",
    "ALTER TABLE letters_letter DROP COLUMN IF EXISTS search_vector",  # and its index
]


def find_letters_by_shelves(apps, schema_editor):
    connection, letters = schema_editor.connection, apps.get_model("letters", "Letter").objects
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in FORMER:
                cursor.execute(statement)
    index.remove(connection)
    rebuild(letters)
    index.install(connection)
    if connection.vendor == "sqlite":
        index.fill(connection)
    index.count_anew(connection)


class Migration(migrations.Migration):
    """Phrases are found by pairs of words, and the index has shelves. In batches: it may be stopped
    and begun again."""

    atomic = False

    dependencies = [("letters", "0007_search_and_counts")]

    operations = [
        migrations.RunPython(find_letters_by_shelves, migrations.RunPython.noop, elidable=False),
    ]
