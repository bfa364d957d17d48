from django.core.management.base import BaseCommand

from letters import counting
from letters.models import Letter
from letters.search.rebuild import rebuild


class Command(BaseCommand):
    help = (
        "Makes the search index of all letters anew, and counts them anew. Nobody notices: they "
        "are found meanwhile."
    )

    def handle(self, *args, **options):
        rebuild(Letter.objects, lambda done: self.stdout.write(f"{done} letters", ending="\r"))
        counting.count_anew()
        counting.add_up()
