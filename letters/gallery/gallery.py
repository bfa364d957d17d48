"""A page of the gallery: which letters, which filters, where older and newer ones are.

The primary key is the order, so a page anywhere in the gallery costs the same (keyset),
and letters that arrive meanwhile shift nothing.
"""

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property
from django.utils.translation import get_language

from letters import counting, search
from letters.gallery.forms import BEST, FilterForm
from letters.gallery.said import notices, said_of
from letters.models import DecisionMaker, Letter
from letters.models.letter_queries import may_be_read
from portal import tree
from portal.languages import name_local
from portal.prepared import Prepared

PER_PAGE = 12
cursors = Signer(salt="letters.gallery", sep="~")


def cursor_value(text):
    """The key in a signed cursor, or None for one that is not ours."""
    try:
        return int(cursors.unsign(text))
    except (BadSignature, ValueError):
        return None


def place_value(text):
    """(key, place) in a signed cursor of a search, the best first: the newest letter that was
    there when it began, and how many come before; (None, 0) for one that is not ours."""
    try:
        key, _dot, place = cursors.unsign(text).partition(".")
        return int(key), max(0, int(place))
    except (BadSignature, ValueError):
        return None, 0


def _makers():
    """{short name: key} of the decision-makers, from memory."""
    found = DecisionMaker.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return tree.current().remember(
        "keys of decision-makers", lambda: dict(found.values_list("slug", "pk"))
    )


def _stamped(letters):
    """For cards, with what says whether the filters offered are still right."""
    stamp = RawSQL(counting.STAMP, [])  # noqa: S611 (nothing in it comes from outside)
    return letters.for_cards().annotate(stamp=stamp)


@cache
def _page(*names):
    """The query for a page of the letters that have some values, and one letter more; on the way
    to newer ones (pk__gt), those next to it, the oldest first."""
    order = "pk" if "pk__gt" in names else "-pk"
    letters = _stamped(Letter.objects.public()).order_by(order)
    return Prepared(
        lambda *values: letters.filter(**dict(zip(names, values, strict=True)))[: PER_PAGE + 1]
    )


def _in_database(name, value):
    field = Letter._meta.pk if name.startswith("pk") else Letter._meta.get_field(name)
    return field.get_db_prep_value(value, connection)


class Gallery:
    """What `letters/letter_index_page.html` shows for one query string."""

    def __init__(self, parameters, path):
        self._parameters, self.path = parameters, path
        self._names = DecisionMaker.names_in(get_language())
        self._campaigns = Letter.campaign_titles(get_language())
        self.query = search.Query.of(parameters.get("q", ""))
        self._offer(counting.remembered())
        self._select()
        stamp = self.letters[0].stamp if self.letters else counting.ask_for_stamp()
        if stamp != self._counts.stamp:
            before = self.active_filters
            self._offer(counting.current(stamp))
            if self.active_filters != before:
                self._select()

    # --------------------------------------------------------------------- filters

    def _offer(self, counts):
        """The filters, and what is chosen: of what there are letters."""
        self._counts, makers = counts, _makers()
        asked = self._parameters.get("decision_maker", "")
        theirs = counts.values("decision_maker_id")
        names = {
            slug: name
            for slug, (name, _language) in self._names.items()
            if slug == asked or makers.get(slug) in theirs
        }
        self.filter_form = FilterForm(
            self._parameters,
            # An address book may hold thousands: those who have letters, and who is asked for.
            decision_makers=sorted(names.items(), key=lambda choice: choice[1]),
            languages=sorted(
                ((code, name_local(code)) for code in counts.values("language")),
                key=lambda choice: choice[1],
            ),
            campaigns=[(str(key), title) for key, title in self._campaigns.items()],
        )
        self.active_filters = self.filter_form.chosen

    @property
    def _chosen(self):
        """{column of `search.index.FILTERS`: value}"""
        chosen, keys = self.active_filters, {str(key): key for key in self._campaigns}
        found = {name: chosen[name] for name in ("language", "kind") if name in chosen}
        if "decision_maker" in chosen:
            found["decision_maker_id"] = _makers().get(chosen["decision_maker"], 0)
        if "campaign" in chosen:
            found["campaign_key"] = keys[chosen["campaign"]]
        return found

    @property
    def is_searched(self):
        return "q" in self.active_filters

    @property
    def is_best_first(self):
        return self.is_searched and self.active_filters.get("order") == BEST

    # --------------------------------------------------------------------- letters

    def _select(self):
        self.older_url = self.newer_url = self.next_url = self.former_url = ""
        self._found = None
        if self.is_best_first:
            found = self._best()
        else:
            before = cursor_value(self._parameters.get("before", ""))
            after = cursor_value(self._parameters.get("after", ""))
            self.is_first = before is None and after is None
            find = self._searched if self.is_searched else self._listed
            found, has_more = find(before, after)
            is_back = after is not None
            has_newer = has_more if is_back else before is not None
            has_older = is_back or has_more
            self.older_url = self._link("before", found[-1].pk) if found and has_older else ""
            self.newer_url = self._link("after", found[0].pk) if found and has_newer else ""
        self.letters = Letter.name(found, self._names, self._campaigns)

    def _listed(self, before, after):
        """A page of letters, newest first, and whether there are more the way one goes."""
        if not may_be_read():
            return [], False
        chosen = dict(self._chosen)
        if after is not None:
            chosen["pk__gt"] = after
        elif before is not None:
            chosen["pk__lt"] = before
        found = _page(*chosen)(*(_in_database(name, value) for name, value in chosen.items()))
        has_more, found = len(found) > PER_PAGE, found[:PER_PAGE]
        return found[::-1] if after is not None else found, has_more

    def _searched(self, before, after):
        self._found = search.find(self.query, self._chosen, before=before, after=after)
        keys = self._found.keys
        page = keys[-PER_PAGE:] if after is not None else keys[:PER_PAGE]
        return self._of(page), len(keys) > PER_PAGE

    def _best(self):
        newest, place = place_value(self._parameters.get("from", ""))
        self._found = search.best(self.query, self._chosen, upto=newest)
        keys, self.is_first = self._found.keys, not place
        newest = newest or max(keys, default=0)
        if place + PER_PAGE < len(keys):
            self.next_url = self._link("from", f"{newest}.{place + PER_PAGE}")
        if place:
            self.former_url = self._link("from", f"{newest}.{max(0, place - PER_PAGE)}")
        return self._of(keys[place : place + PER_PAGE])

    def _of(self, keys):
        """The letters with these keys, in their order."""
        found = _stamped(Letter.objects.public()).in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _link(self, name, value):
        return f"{self.path}?{urlencode({**self.active_filters, name: cursors.sign(value)})}"

    # ----------------------------------------------------------------------- words

    @cached_property
    def notices(self):
        """Sentences about what became of the search."""
        if not self.is_searched:
            return []
        return notices(self.query, self._found, self.is_best_first)

    @cached_property
    def said(self):
        """How many letters there are of what is chosen, in words, or ""."""
        if not self.is_first or not self.letters or not self.active_filters:
            return ""
        if self._found is None:
            return said_of(self._counts.of(self._chosen), is_all=True)
        return said_of(len(self._found.keys), self._found.is_all)
