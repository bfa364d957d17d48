"""A letter while a moderator reads it: what she has before her, and that others are told."""

import json
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from letters.redactions import TEXT_FIELDS

CLAIM = timedelta(minutes=15)

# What must be as it was read, so that nothing is published that has been taken out since, by its
# writer or by another moderator.
SEEN = [
    *("addressee", "title", "words", "signature", "content_notes", "picture_name", "picture_alt"),
    *("may_publish_words", "may_publish_picture", "may_quote", "may_translate", "agreed_by_id"),
    *("redactions", "boxes", "transcript"),
]


class BeingRead(models.Model):
    """The part of a Submission that changes nothing of it."""

    class Meta:
        abstract = True

    @cached_property
    def seen(self):
        """What stands for it as it was read: the page on which a moderator reads it sends this
        back with her decision."""
        values = json.dumps([getattr(self, name) for name in SEEN])
        return salted_hmac("letters.submission.seen", values, algorithm="sha256").hexdigest()

    @property
    def texts_seen(self):
        """What stands for the texts in which a page counts the places of its marks."""
        values = json.dumps([getattr(self, name) for name in TEXT_FIELDS])
        return salted_hmac("letters.submission.texts", values, algorithm="sha256").hexdigest()

    # -------------------------------------------------------------------- claiming

    @property
    def is_claimed(self):
        return self.claimed_until is not None and self.claimed_until > timezone.now()

    def is_claimed_by_another(self, moderator):
        return self.is_claimed and self.claimed_by_id != moderator.pk

    def claim(self, moderator):
        """Say for a quarter of an hour that she reads it. Returns whether nobody else does."""
        now = timezone.now()
        free = Q(claimed_by=None) | Q(claimed_by=moderator) | Q(claimed_until__lte=now)
        self.claimed_by, self.claimed_until = moderator, now + CLAIM
        waiting = type(self).objects.filter(pk=self.pk, state=self.State.WAITING)
        values = {"claimed_by": moderator, "claimed_until": self.claimed_until}
        return bool(waiting.filter(free).update(**values))

    def release(self, moderator):
        claims = type(self).objects.filter(pk=self.pk, claimed_by=moderator)
        return bool(claims.update(claimed_by=None, claimed_until=None))
