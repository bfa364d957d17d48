"""People with accounts, made as an owner would make them: by putting them into groups."""

from django.contrib.auth.models import Group, User

from letters.models import ModeratorProfile


def person(name, *groups, reads=None, **fields):
    """A user in groups; reads: the languages of a moderator's profile."""
    user = User.objects.create_user(name, password="a long password", **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    if reads is not None:
        ModeratorProfile.objects.create(user=user, languages=reads)
    return user


def signed_in(client, user):
    """`client` as the browser of a user."""
    client.force_login(user)
    return client
