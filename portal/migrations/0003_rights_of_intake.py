from django.contrib.auth.management import create_permissions
from django.db import migrations

from portal.accounts import ensure_groups


def give_rights(apps, schema_editor):
    # Django makes the permissions only after the last migration.
    letters = apps.get_app_config("letters")
    letters.models_module = True
    create_permissions(letters, apps=apps, verbosity=0)
    letters.models_module = None
    ensure_groups(apps)


class Migration(migrations.Migration):
    """Who may turn the intake's switch and change the lists of words."""

    dependencies = [
        ("portal", "0002_groups"),
        ("letters", "0002_consents_reports_and_intake"),
    ]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
