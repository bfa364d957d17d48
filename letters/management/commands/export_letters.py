"""manage.py export_letters --for quoting|translation: letters for those who work with them."""

import csv
import itertools
import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from letters import paper
from letters.models import Letter

PURPOSES = {"quoting": Letter.objects.quotable, "translation": Letter.objects.translatable}
COLUMNS = "code address language kind addressee title words transcript signature month".split()
# A spreadsheet takes a cell that begins so for a formula, and runs it.
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
BATCH = 500

HELP = """
Writes the public letters whose writers allow a purpose: that the campaign quotes them, or that
volunteers translate them. Hidden letters and all others are left out, and nothing private is in
it: code, address, language, kind, addressee, title, words (with the marks of what was blanked
out, as on their pages), what its picture says, if a moderator wrote it down, signature and month.
A letter of which only the picture may be shown has no words here either.

Somebody may take her letter back, or her consent, at any time: export anew before you publish,
and throw old files away. In CSV, a ' stands before cells that a spreadsheet would run as a
formula.
"""


class Command(BaseCommand):
    help = HELP.strip()

    def add_arguments(self, parser):
        parser.add_argument(
            "--for", dest="purpose", required=True, choices=PURPOSES, help="what they are for"
        )
        parser.add_argument("--language", default="", help="only letters in this one, as es")
        parser.add_argument("--format", choices=["json", "csv"], default="json")
        parser.add_argument("-o", "--output", default="", help="a file; otherwise it is printed")

    def handle(self, *, purpose, language, output, **options):
        letters = PURPOSES[purpose]().order_by("pk")
        if language:
            letters = letters.filter(language=language)
        write = {"json": write_json, "csv": write_csv}[options["format"]]
        if not output:
            write(rows(letters), self.stdout)
            return
        try:
            with open(output, "w", encoding="utf-8", newline="") as file:
                write(rows(letters), file)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from None


def rows(letters):
    """A dict of COLUMNS for each letter, in batches: there may be very many."""
    found = letters.select_related("decision_maker").iterator(chunk_size=BATCH)
    while batch := list(itertools.islice(found, BATCH)):
        for letter in Letter.prepare(batch, settings.LANGUAGE_CODE):
            with translation.override(letter.address_language):
                words, transcript = paper.plain(letter.words), paper.plain(letter.transcript)
            yield {
                "code": letter.code,
                "address": settings.BASE_URL + letter.address,
                "language": letter.language,
                "kind": letter.kind,
                "addressee": letter.addressee,
                "title": letter.title,
                "words": words,
                "transcript": transcript,
                "signature": letter.signature,
                "month": f"{letter.published:%Y-%m}",
            }


def write_json(found, file):
    """A list, one letter a line."""
    file.write("[\n")
    for number, row in enumerate(found):
        file.write(("," if number else "") + json.dumps(row, ensure_ascii=False) + "\n")
    file.write("]\n")


def write_csv(found, file):
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    for row in found:
        writer.writerow({name: safe(text) for name, text in row.items()})


def safe(text):
    return f"'{text}" if text.startswith(DANGEROUS) else text
