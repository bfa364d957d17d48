from django.db import migrations, models

from letters.search import index
from letters.search.rebuild import rebuild


def find_letters(apps, schema_editor):
    connection, letters = schema_editor.connection, apps.get_model("letters", "Letter").objects
    if connection.vendor == "sqlite":
        rebuild(letters)
        index.install(connection)
        index.fill(connection)
    else:
        index.install(connection)
        rebuild(letters)
    index.count_anew(connection)


def find_no_letters(apps, schema_editor):
    index.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Letters get an index of their own, in batches: it may be stopped and begun again."""

    atomic = False

    dependencies = [
        ("campaigns", "0001_initial"),
        ("home", "0001_initial"),
        ("letters", "0006_told_and_undone"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=35)),
                ("kind", models.CharField(max_length=20)),
                ("decision_maker_id", models.BigIntegerField(null=True)),
                ("campaign_key", models.UUIDField(null=True)),
                ("letters", models.IntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="letter",
            name="campaign_key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False)),
                fields=["language", "-id"],
                name="letter_by_lang",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False)), fields=["kind", "-id"], name="letter_by_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False), ("decision_maker__isnull", False)),
                fields=["decision_maker", "-id"],
                name="letter_by_deci",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False), ("campaign_key__isnull", False)),
                fields=["campaign_key", "-id"],
                name="letter_by_camp",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False)),
                fields=["language", "kind", "-id"],
                name="letter_by_lang_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False), ("decision_maker__isnull", False)),
                fields=["language", "decision_maker", "-id"],
                name="letter_by_lang_deci",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False), ("campaign_key__isnull", False)),
                fields=["language", "campaign_key", "-id"],
                name="letter_by_lang_camp",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False), ("campaign_key__isnull", False)),
                fields=["kind", "campaign_key", "-id"],
                name="letter_by_kind_camp",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(
                    ("hidden", False),
                    ("decision_maker__isnull", False),
                    ("campaign_key__isnull", False),
                ),
                fields=["decision_maker", "campaign_key", "-id"],
                name="letter_by_deci_camp",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", False), ("campaign_key__isnull", False)),
                fields=["language", "kind", "campaign_key", "-id"],
                name="letter_by_lang_kind_camp",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(
                    ("hidden", False),
                    ("decision_maker__isnull", False),
                    ("campaign_key__isnull", False),
                ),
                fields=["language", "decision_maker", "campaign_key", "-id"],
                name="letter_by_lang_deci_camp",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("hidden", True)), fields=["-id"], name="letter_hidden"
            ),
        ),
        migrations.RunPython(find_letters, find_no_letters, elidable=False),
    ]
