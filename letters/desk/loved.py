"""Public letters that colleagues loved, to cheer a moderator up between hard ones."""

import random

from letters.models import Letter, Love

LATEST = 200  # loves from which one is taken
REMEMBERED = 20  # letters that she has just seen


def keys(user, profile, seen=()):
    """Keys of letters that a colleague loved, in a language that she reads: with words, without
    anything that needs a warning, and not among `seen`. At most LATEST."""
    found = Love.objects.exclude(user=user).filter(
        letter__hidden=False, letter__content_notes_codes=[]
    )
    found = found.exclude(letter__words="").exclude(letter__in=seen)
    if profile.languages:
        found = found.filter(letter__language__in=profile.languages)
    return set(found.order_by("-pk").values_list("letter_id", flat=True)[:LATEST])


def one(user, profile, seen=()):
    """A public letter of `keys`, or None."""
    found = sorted(keys(user, profile, seen))
    if not found:
        return None
    letters = Letter.objects.public().select_related("decision_maker", "campaign")
    return next(iter(Letter.prepare(letters.filter(pk=random.choice(found)))), None)  # noqa: S311 (no secret)


def toggle(letter, user):
    """Love a letter, or no longer. Returns whether she loves it now."""
    if Love.objects.filter(letter=letter, user=user).delete()[0]:
        return False
    Love.objects.get_or_create(letter=letter, user=user)
    return True
