import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal import tree
from portal.mirror.copying import Copy
from portal.mirror.crawl import Broken, Copied, Crawl
from portal.mirror.folder import Folder, InUse, NotAMirror


class Command(BaseCommand):
    help = (
        "Write the whole public site as plain files, for a web server, an archive or a memory "
        "stick. Only what changed since the last run is written. Whatever else is in the folder "
        "is deleted, except for names that begin with a full stop."
    )

    def add_arguments(self, parser):
        parser.add_argument("out", help="A folder that is empty, missing, or a mirror already.")
        parser.add_argument(
            "--letters",
            action="store_true",
            help="With the letters. Their writers can take them back here, but not from copies.",
        )

    def handle(self, out, letters, verbosity, **options):
        started = time.monotonic()
        site = next(iter(tree.current().sites), None)
        if site is None or site.source is None:
            raise CommandError("There is no home page yet, and so there is nothing to mirror.")
        copy = Copy(settings.BASE_URL, timezone.now().date(), letters)
        try:
            with Folder(out) as folder:
                crawl = Crawl(copy, folder.making)
                crawl.run()
                pages = self._write(crawl, folder)
        except NotAMirror:
            raise CommandError(f"{out} holds something else: choose an empty folder.") from None
        except InUse:
            raise CommandError(f"Another run is at work on {out}.") from None
        except Broken as error:
            address, status = error.args
            raise CommandError(
                f"{address} answered {status}: the mirror was left as it is."
            ) from None
        for address in crawl.left_out:
            self.stderr.write(f"Left out, because it shows letters: {address}")
        if verbosity:
            self.stdout.write(
                f"{pages} pages in {len(site.homes)} languages, "
                f"{'with' if letters else 'without'} letters: {folder.written} files written, "
                f"{folder.unchanged} unchanged, {folder.removed} removed, "
                f"{time.monotonic() - started:.0f} s"
            )

    def _write(self, crawl, folder):
        copied = {a: place for a, place in crawl.places.items() if isinstance(place, Copied)}
        # What is gone goes first: it may have been taken back.
        folder.keep_only(place.file for place in copied.values())
        for address, place in copied.items():
            folder.put(place.file, crawl.linked(address), _is_text(place.kind))
        return sum(place.kind == "text/html" for place in copied.values())


def _is_text(kind):
    return kind.startswith("text/") or any(name in kind for name in ("xml", "json", "javascript"))
