"""Which letters somebody asks for, and how much of them."""

from django.db import models
from wagtail.models import Page

from letters import kept
from portal.cache.recording import depends
from portal.mirror import copying

ON_CARDS = [
    *("code", "kind", "language", "title", "excerpt", "signature", "published", "may_quote"),
    *("content_notes_codes", "picture_alt", "addressee_text", "campaign_key"),
    *("decision_maker__slug", "decision_maker__name", "picture", "hidden"),
]


def may_be_read(code=""):
    """Whether readers may see letters in what is being made, which is then out of date with the
    next change of any letter, or of the one with the code."""
    if copying.without_letters():
        return False
    depends(kept.tag(code) if code else kept.LETTERS, recallable=True)
    return True


class LetterQuerySet(models.QuerySet):
    """Letters are in the order of publication: the primary key is the keyset."""

    def public(self, code=""):
        """What readers may see: every list, page, feed and search begins here; see
        `may_be_read`."""
        return self.filter(hidden=False) if may_be_read(code) else self.none()

    def quotable(self):
        """Public, and the writer lets the campaign quote from it."""
        return self.public().filter(may_quote=True)

    def translatable(self):
        """Public, and the writer lets volunteers translate it."""
        return self.public().filter(may_translate=True)

    def of_campaign(self, path):
        """Of the campaign at a path of the tree and of its translations."""
        campaign = Page.objects.filter(path=path).values("translation_key")
        return self.filter(campaign_key=models.Subquery(campaign[:1]))

    def with_pictures(self):
        return self.select_related("decision_maker", "picture").prefetch_related(
            "picture__renditions"
        )

    def for_cards(self):
        """With what a card shows, and without the letters' words; see `Letter.prepare`."""
        return self.select_related("decision_maker").only(*ON_CARDS)

    def newest(self, count):
        """A list of letters for cards."""
        return self.model.prepare(self.for_cards().order_by("-pk")[:count])
