from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from portal.accounts import ensure_groups, ensure_translators
from portal.languages import CODES, name_local


class Command(BaseCommand):
    help = "Add a language and the group of its translators. Running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("language", help="The language's code, for instance qu or pt-br.")

    def handle(self, language, **options):
        language = language.lower()
        if language not in CODES:
            raise CommandError(f"There is no language “{language}”: see portal/languages.py.")
        ensure_groups()
        Locale.objects.get_or_create(language_code=language)
        group = ensure_translators(language)
        if options["verbosity"]:
            self.stdout.write(f"{name_local(language)}: the group “{group.name}” is ready.")
