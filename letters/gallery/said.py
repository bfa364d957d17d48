"""What a search says of itself, in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.search import MOST

FEW = 20


def said_of(number, is_all):
    """How many letters fit. Where not all are known, a round number of which there are more, or
    "" for a few."""
    if is_all:
        sentence = ngettext("%(count)s letter fits.", "%(count)s letters fit.", number)
        return sentence % {"count": number_format(number, force_grouping=True)}
    if number < FEW:
        return ""
    number = min(number - 1, MOST)
    number -= number % 10 ** (len(str(number)) - 1)
    sentence = ngettext(
        "More than %(count)s letter fits.", "More than %(count)s letters fit.", number
    )
    return sentence % {"count": number_format(number, force_grouping=True)}


def notices(query, found, is_best_first):
    """query: `search.Query`; found: `search.Found`."""
    if not query:
        return [_("There is no word in what you typed. Type a word, or how one begins.")]
    sentences = []
    if query.was_cut:
        sentences.append(_("That was much at once: we looked for the first words of it only."))
    if found.is_late:
        sentences.append(
            _("There was too much to look through, so letters may be missing. Another word helps.")
        )
    elif is_best_first and not found.is_all:
        sentences.append(
            _("Only the newest letters that fit are here, the best first. “Newest first” has all.")
        )
    return sentences
