"""Who reads what: languages that letters wait in, and nobody reads."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from letters.models import ModeratorProfile


def unread(languages):
    """Those of some languages that no active moderator reads, in their order. A lead may decide
    letters in any language, and counts for those that she says she reads."""
    languages = list(languages)
    if not languages:
        return []
    leads = get_user_model().objects.with_perm(
        "letters.see_original",
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    leading = Exists(leads.filter(pk=OuterRef("pk")))
    read = set()
    for user in ModeratorProfile.moderators().annotate(leads=leading):
        profile = getattr(user, "moderator_profile", None)
        named = profile.languages if profile else []
        if not named and not user.leads:
            return []
        read.update(named)
    return [code for code in languages if code not in read]
