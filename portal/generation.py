"""Tells processes that what they keep in memory is out of date.

Reading costs one query by primary key; writing happens in the transaction of the change,
so nobody sees the new number without the new rows.
"""

import secrets

from django.db import connection
from django.db.models.signals import post_delete, post_save

TREE = "tree"
watched = []  # models; apps add theirs


def current(name):
    # Every page asks for it: composing SQL would take longer than the answer.
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM portal_generation WHERE name = %s", [name])
        found = cursor.fetchone()
    return found[0] if found else bump(name)


def bump(name):
    from portal import tree
    from portal.models import Generation

    value = secrets.randbits(62)
    Generation.objects.update_or_create(name=name, defaults={"value": value})
    tree.forget()
    return value


def watch():
    """One receiver for everything that the tree in memory is made from."""
    from wagtail.models import Locale, Page, PageViewRestriction, Site
    from wagtail.signals import post_page_move

    watched.extend([Locale, Page, PageViewRestriction, Site])

    def changed(sender, instance, raw=False, **kwargs):
        if isinstance(instance, tuple(watched)) and not raw:
            bump(TREE)

    for signal in (post_save, post_delete, post_page_move):
        signal.connect(changed, weak=False, dispatch_uid="portal.generation")
