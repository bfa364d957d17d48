import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import letters.models.desk_policy
import portal.private


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("letters", "0003_decision_makers_and_channels"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "two_for_people",
                    models.BooleanField(
                        default=True, verbose_name="two people agree to pictures of people"
                    ),
                ),
                (
                    "two_for_flags",
                    models.JSONField(
                        blank=True,
                        default=letters.models.desk_policy.every_flag,
                        verbose_name="two people agree to letters with these marks",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of the desk",
                "verbose_name_plural": "rules of the desk",
            },
        ),
        migrations.CreateModel(
            name="Love",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "loved letter",
                "verbose_name_plural": "loved letters",
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="MonthInNumbers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("language", models.CharField(max_length=35)),
                ("received", models.PositiveIntegerField(default=0)),
                ("published", models.PositiveIntegerField(default=0)),
                ("withdrawn", models.PositiveIntegerField(default=0)),
                ("taken_down", models.PositiveIntegerField(default=0)),
                ("declined", models.JSONField(default=dict)),
                ("median_wait", models.PositiveIntegerField(null=True)),
            ],
            options={
                "ordering": ["-month", "language"],
                "default_permissions": [],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("code", models.SlugField(max_length=40, verbose_name="short name")),
                (
                    "words",
                    models.TextField(
                        help_text="Its writer reads this with her receipt.",
                        validators=[django.core.validators.MaxLengthValidator(200)],
                        verbose_name="words",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=100, verbose_name="position"),
                ),
                (
                    "refuses_picture",
                    models.BooleanField(
                        default=False, verbose_name="its picture is known when it comes again"
                    ),
                ),
                (
                    "is_offered",
                    models.BooleanField(default=True, verbose_name="moderators may choose it"),
                ),
            ],
            options={
                "verbose_name": "reason for declining",
                "verbose_name_plural": "reasons for declining",
                "ordering": ["position", "code"],
                "abstract": False,
            },
        ),
        migrations.RemoveIndex(
            model_name="submission",
            name="letters_sub_state_168248_idx",
        ),
        migrations.RemoveIndex(
            model_name="submission",
            name="letters_sub_state_46d8fd_idx",
        ),
        migrations.AddField(
            model_name="decision",
            name="batch",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="decision",
            name="language",
            field=models.CharField(blank=True, max_length=35),
        ),
        migrations.AddField(
            model_name="decision",
            name="undoes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone",
                to="letters.decision",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="waited",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="transcript",
            field=models.TextField(blank=True, verbose_name="transcript"),
        ),
        migrations.AddField(
            model_name="moderatorprofile",
            name="daily_number",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="letters a day that are enough for me"
            ),
        ),
        migrations.AddField(
            model_name="moderatorprofile",
            name="digest",
            field=models.CharField(
                choices=[
                    ("never", "Never"),
                    ("daily", "Once a day"),
                    ("hourly", "Once an hour, while letters wait"),
                ],
                default="daily",
                max_length=10,
                verbose_name="tell me by e-mail how many letters wait",
            ),
        ),
        migrations.AddField(
            model_name="moderatorprofile",
            name="digest_sent",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="moderatorprofile",
            name="takes_pictures",
            field=models.BooleanField(
                default=True, verbose_name="I take letters with pictures today"
            ),
        ),
        migrations.AddField(
            model_name="moderatorprofile",
            name="takes_survivor_letters",
            field=models.BooleanField(
                default=True, verbose_name="I take letters to survivors today"
            ),
        ),
        migrations.AddField(
            model_name="moderatorprofile",
            name="wants_loved",
            field=models.BooleanField(
                default=False, verbose_name="now and then, show me a letter that others loved"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="agreed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="boxes",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="submission",
            name="burst_of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="burst",
                to="letters.submission",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="claimed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="claimed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="for_lead",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="submission",
            name="letter_code",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="submission",
            name="note",
            field=portal.private.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="question",
            field=portal.private.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="redactions",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="submission",
            name="same_words",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="submission",
            name="shows_people",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="transcript",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="decision",
            name="act",
            field=models.CharField(
                choices=[
                    ("publish", "Published"),
                    ("agree", "Agreed to publish"),
                    ("decline", "Declined"),
                    ("pass", "Passed on"),
                    ("ask", "Asked a lead"),
                    ("redact", "Blanked out"),
                    ("correct", "Corrected"),
                    ("take-down", "Taken down"),
                    ("restore", "Published again"),
                    ("return", "Put back into the queue"),
                    ("undo", "Undone"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="reason",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["moderator", "made"], name="letters_dec_moderat_5509e9_idx"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["language", "made"], name="letters_dec_languag_cb7af1_idx"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("burst_of", None), ("state", "waiting")),
                fields=[
                    "language",
                    "due",
                    "kind",
                    "for_lead",
                    "picture_name",
                    "received",
                    "state",
                    "burst_of",
                ],
                name="desk_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("burst_of", None), ("state", "waiting")),
                fields=["due"],
                name="desk_due",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("for_lead", True)), fields=["due"], name="desk_for_lead"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("agreed_by__isnull", False)),
                fields=["agreed_by"],
                name="desk_agreed",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("claimed_by__isnull", False)),
                fields=["claimed_by"],
                name="desk_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("burst_of__isnull", False)),
                fields=["burst_of"],
                name="desk_burst",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("letter__isnull", False), ("state", "declined")),
                fields=["letter"],
                name="desk_taken_down",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("same_words", ""), _negated=True),
                fields=["same_words"],
                name="same_words",
            ),
        ),
        migrations.AddField(
            model_name="love",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="loves",
                to="letters.letter",
            ),
        ),
        migrations.AddField(
            model_name="love",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="monthinnumbers",
            constraint=models.UniqueConstraint(
                fields=("month", "language"), name="a_language_once_a_month"
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="locale",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AddConstraint(
            model_name="love",
            constraint=models.UniqueConstraint(fields=("letter", "user"), name="loved_once"),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.UniqueConstraint(
                fields=("code", "locale"), name="reason_once_a_language"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="reason",
            unique_together={("translation_key", "locale")},
        ),
    ]
