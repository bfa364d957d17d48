import signal
import threading

from django.core.management.base import BaseCommand

from portal import worker


class Command(BaseCommand):
    help = "Drain the outbox and wind the clock until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due and end.")

    def handle(self, once, **options):
        if once:
            worker.work_once()
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: (stop.set(), worker.wake()))
        worker.run(stop)
