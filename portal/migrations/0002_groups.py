from django.contrib.auth.management import create_permissions
from django.db import migrations

from portal.accounts import Rights, ensure_groups

WITH_RIGHTS = [
    *("auth", "letters", "safety", "wagtailadmin", "wagtailcore", "wagtailimages"),
    *("wagtailredirects", "wagtail_localize"),
]


def make_groups(apps, schema_editor):
    # Django makes the permissions only after the last migration.
    for label in WITH_RIGHTS:
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, apps=apps, verbosity=0)
        app.models_module = None
    Rights(apps).take_stock_rights()
    ensure_groups(apps)


def retire_stock_workflow(apps, schema_editor):
    # It asks "Moderators" to approve pages. Here they decide letters; pages need no approval
    # until an owner assigns a workflow.
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(page__depth=1).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(
        active=False
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("letters", "0001_initial"),
        ("safety", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(retire_stock_workflow, migrations.RunPython.noop),
    ]
