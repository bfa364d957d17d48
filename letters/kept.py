"""What letters mean for pages that are kept: which of them show a letter, and where it is shown.

A page with a list of letters depends on all of them, the page of a letter on that one.
"""

from django.db.models.signals import post_delete, post_save

from portal import tree
from portal.cache import front
from portal.cache.news import announce

LETTERS = "letters"  # any of them
ONE = "letter:"


def tag(code):
    """Of the letter with that code."""
    return f"{ONE}{code}"


def announce_letter(letter):
    announce(LETTERS, tag(letter.code))


def watch(model):
    def changed(instance, raw=False, **kwargs):
        if not raw:
            announce_letter(instance)

    for signal in (post_save, post_delete):
        signal.connect(changed, sender=model, weak=False, dispatch_uid="letters.kept")


@front.addresses_of
def addresses(tags):
    """Where front caches may hold something of letters. Searches and filters are only known to
    the process that made them, and there for a minute."""
    if LETTERS in tags:
        yield "/sitemap.xml"
    for code, home in tree.current().homes.items():
        if LETTERS in tags:
            yield home.address
            yield home.section("letters.LetterIndexPage") or home.address
            yield f"/{code}/letters.atom"
        for each in tags:
            if each.startswith(ONE):
                yield f"/{code}/letter/{each.removeprefix(ONE)}/"
