"""Publishes and unpublishes pages at their time.

What `manage.py publish_scheduled` does, except that one page that cannot go live does not
keep the others waiting.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from portal import clock

logger = logging.getLogger(__name__)


@clock.every(minutes=1)
def keep_the_schedule():
    now = timezone.now()
    for page in list(Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")):
        with transaction.atomic():
            page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in list(due):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except ValidationError:
            # It stays on the schedule, and goes live with the first minute that finds it whole.
            logger.warning("Page %s is due but cannot go live yet", revision.object_id)
