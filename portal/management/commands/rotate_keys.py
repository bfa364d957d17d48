from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from portal import private


def rotate_fields():
    """Encrypt anew whatever is in an EncryptedTextField; returns how many values."""
    count = 0
    for model in apps.get_models():
        fields = [f.name for f in model._meta.fields if isinstance(f, private.EncryptedTextField)]
        for name in fields:
            filled = model._base_manager.exclude(**{name: ""})
            for key in list(filled.values_list("pk", flat=True)):
                count += _rotate(model, key, name)
    return count


def _rotate(model, key, name):
    # Row by row, and locked: what is emptied meanwhile must not come back.
    with transaction.atomic():
        row = model._base_manager.select_for_update().only(name).filter(pk=key).first()
        if row is None or not getattr(row, name):
            return 0
        row.save(update_fields=[name])
    return 1


class Command(BaseCommand):
    help = (
        "Encrypts everything private anew with the first of FIELD_KEYS. Put the new key in front "
        "of the old one, restart, run this, then drop the old key. May run twice; what no key "
        "opens stops it."
    )

    def handle(self, *args, **options):
        count = rotate_fields()
        for rotate in private.rotations:
            count += rotate()
        self.stdout.write(f"Encrypted anew: {count}")
