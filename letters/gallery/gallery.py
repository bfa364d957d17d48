"""A page of the gallery: which letters, which filters, where older and newer ones are.

The primary key is the order, so a page anywhere in the gallery costs the same (keyset),
and letters that arrive meanwhile shift nothing.
"""

from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from letters.gallery.forms import FilterForm
from letters.models import DecisionMaker, Letter
from letters.search import matching
from portal.languages import name_local

PER_PAGE = 12
cursors = Signer(salt="letters.gallery", sep="~")


def cursor_value(text):
    """The key in a signed cursor, or None for one that is not ours."""
    try:
        return int(cursors.unsign(text))
    except (BadSignature, ValueError):
        return None


class Gallery:
    """What `letters/letter_index_page.html` shows for one query string."""

    def __init__(self, parameters, path):
        self.path = path
        self._names = DecisionMaker.names_in(get_language())
        self._campaigns = Letter.campaign_titles(get_language())
        languages = Letter.objects.public().order_by().values_list("language", flat=True)
        self.filter_form = FilterForm(
            parameters,
            decision_makers=self._written_to(parameters.get("decision_maker", "")),
            languages=sorted(
                ((c, name_local(c)) for c in languages.distinct()), key=lambda x: x[1]
            ),
            campaigns=[(str(key), title) for key, title in self._campaigns.items()],
        )
        self.active_filters = self.filter_form.chosen
        self._select(
            before=cursor_value(parameters.get("before", "")),
            after=cursor_value(parameters.get("after", "")),
        )

    def _written_to(self, asked):
        """(slug, name) of those who have letters, and of who is asked for: an address book may
        hold thousands."""
        theirs = Letter.objects.public().filter(decision_maker=OuterRef("pk"))
        slugs = DecisionMaker.objects.filter(Exists(theirs)).values_list("slug", flat=True)
        names = {slug: self._names[slug][0] for slug in {*slugs, asked} if slug in self._names}
        return sorted(names.items(), key=lambda choice: choice[1])

    def _filtered(self):
        letters, chosen = Letter.objects.public(), self.active_filters
        if "kind" in chosen:
            letters = letters.filter(kind=chosen["kind"])
        if "decision_maker" in chosen:
            letters = letters.filter(decision_maker__slug=chosen["decision_maker"])
        if "language" in chosen:
            letters = letters.filter(language=chosen["language"])
        if "campaign" in chosen:
            letters = letters.filter(campaign__translation_key=chosen["campaign"])
        if "q" in chosen:
            letters = matching(letters, chosen["q"])
        return letters

    def _select(self, before, after):
        letters = self._filtered().with_pictures()
        if after is not None:
            found = list(letters.filter(pk__gt=after).order_by("pk")[: PER_PAGE + 1])
            has_newer, has_older = len(found) > PER_PAGE, True
            found = found[:PER_PAGE][::-1]
        else:
            if before is not None:
                letters = letters.filter(pk__lt=before)
            found = list(letters.order_by("-pk")[: PER_PAGE + 1])
            has_newer, has_older = before is not None, len(found) > PER_PAGE
            found = found[:PER_PAGE]
        self.letters = Letter.name(found, self._names, self._campaigns)
        self.older_url = self._link("before", found[-1]) if found and has_older else ""
        self.newer_url = self._link("after", found[0]) if found and has_newer else ""

    def _link(self, name, letter):
        return f"{self.path}?{urlencode({**self.active_filters, name: cursors.sign(letter.pk)})}"
