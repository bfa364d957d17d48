from django.contrib.auth.management import create_permissions
from django.db import migrations

from portal.accounts import ensure_groups, ensure_translators


def give_rights(apps, schema_editor):
    # Django makes the permissions only after the last migration.
    letters = apps.get_app_config("letters")
    letters.models_module = True
    create_permissions(letters, apps=apps, verbosity=0)
    letters.models_module = None
    ensure_groups(apps)
    for locale in apps.get_model("wagtailcore", "Locale").objects.all():
        ensure_translators(locale.language_code, apps)


class Migration(migrations.Migration):
    """Who may change the rules of the desk and the reasons for declining, and translate these."""

    dependencies = [
        ("portal", "0003_rights_of_intake"),
        ("letters", "0004_the_desk"),
    ]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
