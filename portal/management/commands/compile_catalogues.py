"""`compilemessages` without gettext's programs, and with stubs.

Django takes a language for real only when it finds a compiled catalogue, so every
language that can be added in the admin and has none gets an empty one.
"""

from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

DJANGO_LOCALES = Path(django.__file__).parent / "conf/locale"


class Command(BaseCommand):
    help = "Compile the interface catalogues in locale/."

    def handle(self, **options):
        root = settings.LOCALE_PATHS[0]
        compiled = 0
        for po in sorted(root.glob("*/LC_MESSAGES/django.po")):
            mo = po.with_suffix(".mo")
            if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
                polib.pofile(str(po)).save_as_mofile(str(mo))
                compiled += 1
        for code, _name in settings.LANGUAGES:
            folder = root / to_locale(code) / "LC_MESSAGES"
            has_own = (folder / "django.po").exists() or (folder / "django.mo").exists()
            if not has_own and not (DJANGO_LOCALES / to_locale(code)).is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                stub = polib.POFile()
                stub.metadata = {"Language": code, "Content-Type": "text/plain; charset=UTF-8"}
                stub.save_as_mofile(str(folder / "django.mo"))
                compiled += 1
        if options["verbosity"]:
            self.stdout.write(f"{compiled} catalogues compiled")
