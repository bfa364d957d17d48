from collections import Counter

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from letters import counting, paper
from letters.kept import LETTERS
from letters.models import Letter
from letters.models.letter import address_language
from portal import sitemap, tree
from portal.cache.recording import depends, kept
from portal.mirror import copying
from portal.shell import Shell

FEED_LENGTH = 30


@kept()
def letter(request, code):
    """One letter. It has one address: asked for under another language, it is not there."""
    found = Letter.objects.public(code).with_pictures().filter(code=code).first()
    if found is None or found.address_language != get_language():
        raise Http404
    (found,) = Letter.prepare([found])
    shell = Shell(
        request,
        title=found.label,
        description=found.description,
        canonical_path=found.address,
    )
    shell.add_step(_("Letters"), shell.letters_url)
    return render(request, "letters/letter.html", {"letter": found, "shell": shell})


def of_language(language):
    """The letters whose address is under a language: its own; under the source language
    also those in languages that the site does not have."""
    letters = Letter.objects.public()
    if language == settings.LANGUAGE_CODE:
        others = set(tree.current().homes) - {language}
        return letters.exclude(language__in=others)
    return letters.filter(language=language)


@kept()
def feed(request):
    """Atom: the newest letters under this language."""
    language = get_language()
    letters = Letter.prepare(of_language(language).with_pictures().order_by("-pk")[:FEED_LENGTH])
    for entry in letters:
        entry.plain_words = paper.plain(entry.words)
        entry.plain_transcript = paper.plain(entry.transcript)
    shell = Shell(request, title=_("Letters"))
    updated = letters[0].published if letters else None
    context = {"letters": letters, "shell": shell, "updated": updated}
    return render(request, "letters/letters.atom", context, "application/atom+xml")


def how_many():
    """{language: how many letters have their address under it}"""
    if copying.without_letters():
        return {}
    depends(LETTERS)
    found = Counter()
    for key, number in counting.current().rows:
        found[address_language(key[counting.KEY.index("language")])] += number
    return found


def addresses(language, start, stop):
    codes = of_language(language).order_by("pk").values_list("code", flat=True)
    return (f"/{language}/letter/{code}/" for code in codes[start:stop])


sitemap.add_multitude("letters", how_many, addresses)
