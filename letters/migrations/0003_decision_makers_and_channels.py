import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

import letters.models.decision_maker


def one_to_many(apps, schema_editor):
    for row in apps.get_model("letters", "DecisionMaker").objects.exclude(country=""):
        row.countries = [row.country]
        row.save(update_fields=["countries"])


def many_to_one(apps, schema_editor):
    for row in apps.get_model("letters", "DecisionMaker").objects.all():
        row.country = (row.countries or [""])[0]
        row.save(update_fields=["country"])


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_consents_reports_and_intake"),
    ]

    operations = [
        migrations.AddField(
            model_name="decisionmaker",
            name="countries",
            field=models.JSONField(
                blank=True,
                default=list,
                validators=[letters.models.decision_maker.validate_countries],
                verbose_name="countries",
            ),
        ),
        migrations.RunPython(one_to_many, many_to_one),
        migrations.RemoveField(
            model_name="decisionmaker",
            name="country",
        ),
        migrations.AddField(
            model_name="decisionmaker",
            name="language",
            field=models.CharField(
                blank=True,
                choices=letters.models.decision_maker.languages,
                help_text="The language that it is best written to in.",
                max_length=35,
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            model_name="decisionmaker",
            name="office",
            field=models.TextField(
                blank=True,
                help_text="As it stands on an envelope, in their own language.",
                validators=[django.core.validators.MaxLengthValidator(200)],
                verbose_name="office or department",
            ),
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("form", "Web form"),
                            ("post", "Post"),
                            ("account", "Public account"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "value",
                    models.TextField(
                        help_text="An e-mail address, the address of the form or account on the web, or the lines of a postal address.",
                        verbose_name="address",
                    ),
                ),
                (
                    "source",
                    models.URLField(
                        blank=True,
                        help_text="The page that says so, best one of their own.",
                        max_length=2000,
                        verbose_name="found at",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody last saw that it holds. After a year it is unverified.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "checked_by",
                    models.CharField(blank=True, max_length=100, verbose_name="checked by"),
                ),
                (
                    "decision_maker",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="letters.decisionmaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "channel",
                "verbose_name_plural": "channels",
                "ordering": ["pk"],
                "default_permissions": [],
            },
        ),
    ]
