"""The shell's own tables: what changed (Generation, Change), what is to be done (Job, Tick)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """A random number that changes whenever the things it stands for do.

    Processes keep what they computed from those things together with the number they saw.
    A number of its own for every change, not a counter: a transaction that is rolled back
    must not leave behind a number that the next one reaches again.
    """

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField()


class Change(models.Model):
    """What pages were made from has changed, see `portal.cache.news`."""

    key = models.BigIntegerField()  # a random number: known again wherever it is heard
    tags = models.JSONField()
    made = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = []


class Job(models.Model):
    """A row of the outbox, see `portal.outbox`."""

    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    due = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")


class Tick(models.Model):
    """When the clock next does something, see `portal.clock`."""

    name = models.CharField(max_length=80, primary_key=True)
    due = models.DateTimeField()
