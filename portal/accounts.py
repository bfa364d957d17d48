"""Who may do what: the groups, and the rights that each has from the start.

Owners may give a group more in the admin; nothing here takes rights away, except from the
two groups that Wagtail brings along (`take_stock_rights`, once, by migration).
"""

from django.apps import apps as installed
from django.db.models import Q
from django.db.models.signals import post_save

from portal.translation.rights import group_name

EDITORS = "Editors"
MODERATORS = "Moderators"
LEAD_MODERATORS = "Lead moderators"
OWNERS = "Owners"

_SNIPPETS = ["letters.decisionmaker", "safety.helpline"]
_READ_LETTERS = ["letters.view_letter"]
_DECIDE = ["letters.decide_submission"]
_LEAD = [
    *_DECIDE,
    *("letters.see_original", "letters.reveal_contact", "letters.change_intakeswitch"),
]
_ADMIN = ["wagtailadmin.access_admin"]
_TRANSLATE = ["wagtail_localize.submit_translation"]


def _every(actions, models):
    found = []
    for model in models:
        app, _dot, name = model.partition(".")
        found += [f"{app}.{action}_{name}" for action in actions]
    return found


_CHANGE_SNIPPETS = _every(["add", "change", "delete"], _SNIPPETS)
_RULES_OF_THE_DESK = [
    "letters.change_deskpolicy",
    *_every(["add", "change", "delete"], ["letters.reason"]),
]
_CHANGE_WORD_LISTS = _every(["add", "change", "delete"], ["letters.wordlist"])

# group: (rights, rights on all pages, rights on all pictures)
GROUPS = {
    EDITORS: (
        [
            *_ADMIN,
            *_TRANSLATE,
            *_READ_LETTERS,
            *_CHANGE_SNIPPETS,
            *_CHANGE_WORD_LISTS,
            *_every(["add", "change", "delete"], ["wagtailredirects.redirect"]),
        ],
        ["add", "change", "publish"],
        ["add", "change", "choose"],
    ),
    MODERATORS: ([*_ADMIN, *_READ_LETTERS, *_DECIDE], [], []),
    LEAD_MODERATORS: ([*_ADMIN, *_READ_LETTERS, *_LEAD, *_CHANGE_WORD_LISTS], [], []),
    OWNERS: (
        [
            *_ADMIN,
            *_TRANSLATE,
            *_READ_LETTERS,
            *_LEAD,
            *_CHANGE_SNIPPETS,
            *_CHANGE_WORD_LISTS,
            *_RULES_OF_THE_DESK,
            # Whoever may change users may become any of them.
            *_every(["add", "change", "delete"], ["auth.user", "auth.group"]),
            *_every(
                ["add", "change", "delete"],
                [
                    *("wagtailcore.locale", "wagtailcore.site", "wagtailcore.workflow"),
                    *("wagtailcore.task", "wagtailredirects.redirect"),
                ],
            ),
        ],
        ["add", "change", "publish", "bulk_delete", "lock", "unlock"],
        ["add", "change", "choose", "delete"],
    ),
}


class Rights:
    """Gives rights with the models of now, or with those of a migration's state, which may not
    have all of them yet: a later migration calls `ensure_groups` again."""

    def __init__(self, apps=installed):
        self.all_exist = apps is installed
        self.group_model = apps.get_model("auth", "Group")
        self.permission_model = apps.get_model("auth", "Permission")
        self.page_model = apps.get_model("wagtailcore", "Page")
        self.locale_model = apps.get_model("wagtailcore", "Locale")
        self.page_right_model = apps.get_model("wagtailcore", "GroupPagePermission")
        self.collection_model = apps.get_model("wagtailcore", "Collection")
        self.collection_right_model = apps.get_model("wagtailcore", "GroupCollectionPermission")

    def permissions(self, names):
        """Permission rows of names such as "letters.view_letter"; of today's, none may lack."""
        condition = Q()
        for name in names:
            app, _dot, codename = name.partition(".")
            condition |= Q(content_type__app_label=app, codename=codename)
        found = list(self.permission_model.objects.filter(condition))
        if self.all_exist and len(found) != len(set(names)):
            known = {permission.codename for permission in found}
            missing = [name for name in names if name.partition(".")[2] not in known]
            raise LookupError(f"There is no right called {', '.join(missing)}.")
        return found

    def give(self, name, rights, page_rights=(), picture_rights=(), pages=None):
        """pages: where the page rights hold; the root of the tree, unless given."""
        group, _created = self.group_model.objects.get_or_create(name=name)
        group.permissions.add(*self.permissions(rights))
        if page_rights:
            wanted = self.permissions([f"wagtailcore.{action}_page" for action in page_rights])
            for page in self.page_model.objects.filter(depth=1) if pages is None else pages:
                for permission in wanted:
                    self.page_right_model.objects.get_or_create(
                        group=group, page_id=page.pk, permission=permission
                    )
        if picture_rights:
            root = self.collection_model.objects.get(depth=1)
            for permission in self.permissions(
                [f"wagtailimages.{action}_image" for action in picture_rights]
            ):
                self.collection_right_model.objects.get_or_create(
                    group=group, collection=root, permission=permission
                )
        return group

    def take_stock_rights(self):
        """Wagtail's "Editors" and "Moderators" are about pages and documents; ours are not."""
        for group in self.group_model.objects.filter(name__in=[EDITORS, MODERATORS]):
            group.permissions.clear()
            self.page_right_model.objects.filter(group=group).delete()
            self.collection_right_model.objects.filter(group=group).delete()


def ensure_groups(apps=installed):
    """Make the groups and give them what they lack. May be called as often as one likes."""
    rights = Rights(apps)
    for name, (names, page_rights, picture_rights) in GROUPS.items():
        rights.give(name, names, page_rights, picture_rights)


def ensure_translators(language, apps=installed):
    """The group that translates into a language. Its rights on pages begin with the home
    pages of that language, as soon as there are some."""
    rights = Rights(apps)
    homes = rights.page_model.objects.filter(depth=2, locale__language_code=language)
    return rights.give(
        group_name(language),
        [*_ADMIN, *_TRANSLATE, *_every(["change"], ["letters.decisionmaker", "letters.reason"])],
        ["add", "change", "publish"],
        ["choose"],
        pages=homes,
    )


def watch():
    """A language added in the admin gets its translators at once, and they their home page."""
    from wagtail.models import Locale, Page

    def added(sender, instance, created, raw=False, **kwargs):
        if not created or raw:
            return
        if isinstance(instance, Locale):
            ensure_translators(instance.language_code)
        elif isinstance(instance, Page) and instance.depth == 2:
            ensure_translators(instance.locale.language_code)

    post_save.connect(added, weak=False, dispatch_uid="portal.accounts")
