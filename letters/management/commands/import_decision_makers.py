from argparse import RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from letters import address_book
from letters.address_book.file import BadFile, read_file
from letters.address_book.update import Update


class Command(BaseCommand):
    help = (
        "Import or update decision-makers from an address book in CSV or JSON (UTF-8).\n\n"
        "Only offices, authorities, companies and platforms: never private persons. No program "
        "can check\nthat; whoever imports a file answers for it. Running it again changes "
        f"nothing.\n\n{address_book.__doc__}"
    )

    def create_parser(self, *arguments, **options):
        return super().create_parser(
            *arguments, formatter_class=RawDescriptionHelpFormatter, **options
        )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="A .csv or .json file.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would change.")
        parser.add_argument(
            "--checked-by",
            default="",
            metavar="NAME",
            help="Who checked it, for records that don't say it.",
        )
        parser.add_argument(
            "--checked-on",
            type=date.fromisoformat,
            metavar="DATE",
            help="When, for records that don't say it: 2026-03-01. Without a date, their "
            "addresses are unverified.",
        )

    def handle(self, file, dry_run, checked_by, checked_on, verbosity, **options):
        if len(checked_by) > 100:
            raise CommandError("The name of who checked is too long.")
        if checked_on and checked_on > timezone.localdate():
            raise CommandError("The day of the check is still to come.")
        try:
            found, unknown = read_file(file)
        except BadFile as error:
            raise CommandError(str(error)) from None
        update = Update(checked_on, checked_by)
        update.run(found, dry_run)
        if unknown:
            names = "".join(c if c.isprintable() else "?" for c in ", ".join(unknown))
            self.stderr.write(f"Left out, because nothing here has these names: {names}")
        for place, text in [*update.notes, *update.bad]:
            self.stderr.write(f"{place}: {text}")
        if verbosity:
            self.stdout.write(
                f"{update.total} records: {update.new} new, {update.changed} changed, "
                f"{update.unchanged} unchanged, {len(update.bad)} bad."
            )
            if update.undated:
                self.stdout.write(
                    f"{update.undated} of them have no day of a check (--checked-on gives them "
                    "one); their new addresses are unverified."
                )
            if dry_run:
                self.stdout.write("Nothing was written: this was a dry run.")
            elif not update.new and not update.changed:
                self.stdout.write("Nothing has changed.")
        if update.bad:
            raise CommandError(f"{len(update.bad)} records were not imported.", returncode=1)
