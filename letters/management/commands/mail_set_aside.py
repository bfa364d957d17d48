from django.core.management.base import BaseCommand, CommandError

from letters.mail import arrive
from letters.models import IncomingMail
from portal.private import decrypt_bytes


class Command(BaseCommand):
    help = "List mails that were set aside because they seem to be no letters; read or take one."

    def add_arguments(self, parser):
        parser.add_argument("--show", type=int, metavar="NUMBER", help="Print a mail as it came.")
        parser.add_argument("--take", type=int, metavar="NUMBER", help="Make a letter of it.")

    def handle(self, show, take, **options):
        set_aside = IncomingMail.objects.filter(state=IncomingMail.State.QUARANTINED)
        try:
            if show is not None:
                raw = decrypt_bytes(bytes(set_aside.get(pk=show).raw))
                text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
                # What a stranger wrote commands no terminal.
                self.stdout.write(
                    "".join(c if c in "\n\t" or c.isprintable() else "�" for c in text)
                )
            elif take is not None:
                self.stdout.write(arrive.take(take))
            else:
                for mail in set_aside.defer("raw").order_by("pk"):
                    self.stdout.write(f"{mail.pk}  {mail.received:%Y-%m-%d}  {mail.outcome}")
        except IncomingMail.DoesNotExist:
            raise CommandError("No mail with this number is set aside.") from None
