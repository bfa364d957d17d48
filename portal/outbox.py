"""Work that is done after the answer: rows written in the transaction of their cause.

A worker takes a row by moving its due time ahead (the lease), does the work, and deletes
the row. If the process dies in between, the lease runs out and somebody else does it: so
every handler must be able to run twice. Ours, because no queue that we know of recovers
from kill -9 on both SQLite and PostgreSQL without a server of its own.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal import clock
from portal.models import Job

LEASE = timedelta(minutes=2)
BACK_OFF = timedelta(seconds=15)  # doubled at every attempt
ATTEMPTS = 8

handlers = {}
logger = logging.getLogger(__name__)


def handler(name):
    """Register `function(**payload)` as what is done for jobs called `name`."""

    def register(function):
        handlers[name] = function
        return function

    return register


def enqueue(name, **payload):
    """Write a job; it becomes visible to workers when the surrounding transaction commits."""
    from portal import worker

    job = Job.objects.create(name=name, payload=payload, due=timezone.now())
    transaction.on_commit(worker.wake)
    return job


def lease():
    """Take the job that has been due longest, or None. Safe among any number of workers."""
    now = timezone.now()
    waiting = Job.objects.filter(due__lte=now, attempts__lt=ATTEMPTS, name__in=handlers)
    for job in waiting.order_by("due")[:10]:
        taken = Job.objects.filter(pk=job.pk, due=job.due).update(
            due=now + LEASE, attempts=job.attempts + 1
        )
        if taken:
            job.attempts += 1
            return job
    return None


def drain():
    """Do everything that is due; returns how many jobs were tried."""
    tried = 0
    while job := lease():
        tried += 1
        try:
            # No transaction around it: on SQLite that would hold up every writer.
            handlers[job.name](**job.payload)
            Job.objects.filter(pk=job.pk).delete()
        except Exception as error:
            # The error's words may quote a letter; its type is enough to find the place.
            logger.exception("Job %s failed, attempt %d", job.name, job.attempts)
            Job.objects.filter(pk=job.pk).update(
                due=timezone.now() + BACK_OFF * 2 ** (job.attempts - 1),
                failure=type(error).__name__,
            )
    return tried


@clock.every(hours=1)
def try_again():
    """Jobs that were given up get one more try an hour: what was away for a day comes back."""
    given_up = Job.objects.filter(attempts__gte=ATTEMPTS)
    if count := given_up.update(attempts=ATTEMPTS - 1, due=timezone.now()):
        logger.error("%d jobs of the outbox keep failing", count)
