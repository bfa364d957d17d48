from django.db import models


class LetterCount(models.Model):
    """So many public letters of one kind, language, decision-maker and campaign, or so many more
    or fewer: rows of the same add up. Made by triggers, see `letters.search.index`."""

    language = models.CharField(max_length=35)
    kind = models.CharField(max_length=20)
    # Their keys, as they stand in the letter; no relations, which would have to be kept.
    decision_maker_id = models.BigIntegerField(null=True)
    campaign_key = models.UUIDField(null=True)
    letters = models.IntegerField()
