"""What a letter is found by: fields that are worked out whenever they are written, also where
many letters are made at once, and the indexes of the gallery."""

from django.db import models
from django.db.models import Q

from letters import paper, search


def search_text(letter):
    return search.text_of(
        [
            *(letter.title, paper.gapless(letter.words), letter.signature, letter.picture_alt),
            paper.gapless(letter.transcript),
        ]
    )


class _Plain:
    """For migrations it is the field that the database has."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{type(self).__base_field__}", args, kwargs


class SearchText(_Plain, models.TextField):
    """The tokens of what readers can read in it; see `search.text_of`."""

    __base_field__ = "TextField"

    def pre_save(self, letter, add):
        letter.search_text = search_text(letter)
        return letter.search_text


class CampaignKey(_Plain, models.UUIDField):
    """The translation key of its campaign: one in every language."""

    __base_field__ = "UUIDField"

    def pre_save(self, letter, add):
        if letter.campaign_id is not None:  # one whose page is gone keeps its place
            letter.campaign_key = letter.campaign.translation_key
        return letter.campaign_key


def _index(*columns):
    """Of public letters, in the order of the gallery."""
    public = Q(hidden=False)
    for column in columns:
        if column in ("decision_maker", "campaign_key"):
            public &= Q(**{f"{column}__isnull": False})
    name = "_".join(column[:4] for column in columns)
    return models.Index(fields=[*columns, "-id"], condition=public, name=f"letter_by_{name}")


# One for each way to combine filters, so that no page has to pass by letters that don't fit.
# A decision-maker goes without the kind: all of theirs are of one.
INDEXES = [
    _index("language"),
    _index("kind"),
    _index("decision_maker"),
    _index("campaign_key"),
    _index("language", "kind"),
    _index("language", "decision_maker"),
    _index("language", "campaign_key"),
    _index("kind", "campaign_key"),
    _index("decision_maker", "campaign_key"),
    _index("language", "kind", "campaign_key"),
    _index("language", "decision_maker", "campaign_key"),
    models.Index(fields=["-id"], condition=Q(hidden=True), name="letter_hidden"),
]
