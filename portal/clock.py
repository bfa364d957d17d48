"""What happens at its time: scheduled publishing, retention, expiry."""

import logging
from datetime import timedelta

from django.utils import timezone

from portal.models import Tick

tasks = {}
logger = logging.getLogger(__name__)


def every(**interval):
    """Register a function to be called once an interval, by one process of all."""

    def register(function):
        tasks[f"{function.__module__}.{function.__name__}"] = (timedelta(**interval), function)
        return function

    return register


def tick():
    """Run what is due. A task's next time is set before it runs: it may not run twice at
    once, and one that always fails must not stop the others."""
    now = timezone.now()
    due_times = dict(Tick.objects.values_list("name", "due"))
    for name, (interval, function) in tasks.items():
        if name not in due_times:
            Tick.objects.get_or_create(name=name, defaults={"due": now})
        elif due_times[name] <= now and Tick.objects.filter(name=name, due=due_times[name]).update(
            due=now + interval
        ):
            try:
                function()
            except Exception:
                logger.exception("The clock's task %s failed", name)
