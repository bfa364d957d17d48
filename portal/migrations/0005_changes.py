from django.db import migrations, models

# A message holds 8,000 bytes; of a longer one only the key is sent, and the row is looked up.
FUNCTION = """
CREATE FUNCTION portal_tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tags text;
BEGIN
    SELECT string_agg(tag, E'\\n') INTO tags FROM jsonb_array_elements_text(NEW.tags) AS tag;
    IF octet_length(tags) > 7000 THEN tags := ''; END IF;
    PERFORM pg_notify('portal_change', NEW.key || ' ' || coalesce(tags, ''));
    RETURN NULL;
END $$;
CREATE TRIGGER portal_tell_change AFTER INSERT ON portal_change
    FOR EACH ROW EXECUTE FUNCTION portal_tell_change();
"""
BACK = """
DROP TRIGGER portal_tell_change ON portal_change;
DROP FUNCTION portal_tell_change();
"""


def tell(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_rights_of_the_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("tags", models.JSONField()),
                ("made", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "default_permissions": [],
            },
        ),
        migrations.RunPython(tell(FUNCTION), tell(BACK)),
    ]
