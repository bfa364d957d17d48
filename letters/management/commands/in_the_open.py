"""manage.py in_the_open [--all]: count anew what the page "In the open" tells."""

from django.core.management.base import BaseCommand

from letters.in_the_open import count_everything, count_lately

HELP = """
Counts anew how many letters came and what became of them, from the submissions and the log of
decisions: of this month and the last one, which the clock does every hour by itself. With --all,
of every month; what writers have taken back since then is counted too.
"""


class Command(BaseCommand):
    help = HELP.strip()

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="every month since the first letter")

    def handle(self, **options):
        if options["all"]:
            self.stdout.write(f"Months counted: {count_everything()}")
        else:
            count_lately()
            self.stdout.write("Counted this month and the last one.")
