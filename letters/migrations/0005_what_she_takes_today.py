from django.db import migrations, models


class Migration(migrations.Migration):
    """What a moderator says of today ends with her day. Who had left out letters before leaves
    them out until she changes it."""

    dependencies = [
        ("letters", "0004_the_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="moderatorprofile",
            name="pictures_contrary_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="moderatorprofile",
            name="survivor_letters_contrary_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="moderatorprofile",
            name="takes_pictures",
            field=models.BooleanField(default=True, verbose_name="I take letters with pictures"),
        ),
        migrations.AlterField(
            model_name="moderatorprofile",
            name="takes_survivor_letters",
            field=models.BooleanField(default=True, verbose_name="I take letters to survivors"),
        ),
    ]
