import signal
import threading

from django.core.management.base import BaseCommand, CommandError

from letters.mail import arrive, mailbox  # noqa: F401 - arrive: its job
from letters.mail.address import configured


class Command(BaseCommand):
    help = "Fetch letters from the mailbox in IMAP_URL: store each, then delete it there."

    def add_arguments(self, parser):
        parser.add_argument("--watch", action="store_true", help="Go on until stopped.")
        parser.add_argument("--mailbox", default="", help="Another folder than in IMAP_URL.")

    def handle(self, watch, mailbox, **options):
        if configured() is None:
            raise CommandError("IMAP_URL is not set: imaps://user:password@host/INBOX")
        if watch:
            self.watch(mailbox)
        else:
            self.fetch(mailbox)

    def fetch(self, folder):
        try:
            new = mailbox.fetch_once(folder)
        except mailbox.AWAY as error:
            # Its words may hold the name of the account.
            raise CommandError(f"The mailbox can’t be read: {type(error).__name__}") from None
        self.stdout.write(f"New mails: {new}")

    def watch(self, folder):
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        mailbox.watch(stop, folder)
