"""Makes small page trees through the models."""

from types import SimpleNamespace

from wagtail.models import Locale, Page, Site

from home.models import HomePage


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def plant(*languages):
    """Live home pages, translations of each other, on the default site: `.site`, and one
    attribute a language ("zh-hans" as `zh_hans`)."""
    root = Page.objects.get(depth=1)
    site = Site.objects.get(is_default_site=True)
    first = None
    tree = SimpleNamespace()
    for code in languages:
        locale, _made = Locale.objects.get_or_create(language_code=code)
        if first is None:
            home = first = root.add_child(
                instance=HomePage(title=f"Home {code}", slug="front", locale=locale)
            )
            site.root_page = home
            site.save()
            Page.objects.filter(depth=2).exclude(pk=home.pk).first().delete()
        else:
            home = first.copy_for_translation(locale)
            home.title = f"Home {code}"
        publish(home)
        setattr(tree, code.replace("-", "_"), home)
    tree.site = Site.objects.get(pk=site.pk)
    return tree


def child(parent, model, title, **fields):
    """A live page below `parent`."""
    page = model(title=title, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    return publish(page)
