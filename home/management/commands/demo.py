import time
import warnings

from bs4 import MarkupResemblesLocatorWarning
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.demo import accounts, backlog, content, mailbag, tree
from portal import outbox
from portal.models import Generation

MARK = "demo"  # a row that says: this database holds the demo


class Command(BaseCommand):
    help = "Build the demo: pages in six languages, letters, people. Does nothing if it is there."

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting", type=int, metavar="N", help="Fill the queue up to N waiting letters."
        )

    def handle(self, waiting, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("The demo is built only where DEMO is set (on localhost).")
        self.say = self.stdout.write if verbosity else lambda line: None
        if not Generation.objects.filter(name=MARK).exists():
            self.refuse_anything_else()
            self.build()
        if waiting is not None:
            self.say(f"{backlog.fill(waiting)} letters added to the queue")

    def refuse_anything_else(self):
        """Only what migrations make may be there: a root page, a welcome page."""
        others = [
            Page.objects.filter(depth__gt=2),
            Page.objects.filter(depth=2).exclude(title="Welcome to your new Wagtail site!"),
            get_user_model().objects.all(),
            apps.get_model("letters", "Submission").objects.all(),
            apps.get_model("letters", "DecisionMaker").objects.all(),
        ]
        if any(rows.exists() for rows in others):
            raise CommandError("This database holds something else: the demo stays out of it.")

    def build(self):
        started = time.monotonic()
        # wagtail-localize reads every text as markup, addresses too.
        warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)
        # All or nothing: an interrupted build leaves no half of a demo.
        with transaction.atomic():
            Generation.objects.create(name=MARK, value=1)
            self.say("Pages and their translations")
            pages = tree.build(self.say)
            self.say("People")
            people = accounts.build()
            self.say("Letters")
            mailbag.helplines()
            letters = mailbag.build(pages, people["moderator"])
            for table in content.read_all("pages"):
                if any(block["block"] == "letters" for block in table.get("body", [])):
                    tree.feature(pages[table["key"]], table, letters)
            # Slugs changed while translations were made; nobody has been at those addresses.
            Redirect.objects.all().delete()
        self.say("Pictures")
        outbox.drain()
        self.say(f"The demo is there, {time.monotonic() - started:.0f} s")
