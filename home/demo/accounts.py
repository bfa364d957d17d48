"""The demo's people. Their common password works while DEMO is set, and no longer."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.users.models import UserProfile

from home.demo import content

# login: (group, language of the admin, languages she reads as a moderator)
PEOPLE = {
    "admin": (None, "en", None),
    "editor": ("Editors", "en", None),
    "moderator": ("Moderators", "en", ["en", "es"]),
    "moderator-es": ("Moderators", "es", ["es", "en"]),
    "moderator-ar": ("Moderators", "ar", ["ar"]),
    "lead": ("Lead moderators", "en", []),
    "translator-es": ("Translators: es", "es", None),
    "translator-ar": ("Translators: ar", "ar", None),
}


def build():
    """Make groups and people; returns {login: user}."""
    for code in content.LANGUAGES:
        call_command("setup_language", code, verbosity=0)
    users = {}
    for login, (group, language, reads) in PEOPLE.items():
        user = get_user_model()(
            username=login,
            email=f"{login}@letters.example",
            is_superuser=group is None,
            is_staff=group is None,
        )
        user.set_password(settings.DEMO_PASSWORD)
        user.save()
        if group:
            user.groups.add(Group.objects.get(name=group))
        UserProfile.objects.create(user=user, preferred_language=language)
        if reads is not None:
            profile = apps.get_model("letters", "ModeratorProfile")
            profile.objects.create(user=user, languages=reads)
        users[login] = user
    return users
