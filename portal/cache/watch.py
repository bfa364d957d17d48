"""Which rows stand for which tags: what is announced when one of them is saved or deleted.

    everything       sites, languages, restrictions; a page that moves or takes others along
    pages:es         what pages in Spanish show of each other: titles, introductions, addresses
    page:12          the page with the key 12
    any page         whichever
    versions:…       which versions in other languages a page has, by its translation key
    picture:7        the sizes of a picture
    letters.reason   any row of a model (its label)

Letters have their own, see `letters.models.letter`.
"""

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move

from portal.cache.counters import EVERYTHING
from portal.cache.news import announce

# Of a page, what no reader sees.
BOOKKEEPING = {
    *("latest_revision", "live_revision", "has_unpublished_changes", "draft_title", "locked"),
    *("latest_revision_created_at", "last_published_at", "first_published_at", "locked_at"),
    *("locked_by", "owner", "go_live_at", "expire_at", "expired", "content_type", "page_ptr"),
    *("numchild", "search_index_id"),
}
ADDRESS = {"url_path", "live", "alias_of", "locale", "translation_key", "path", "depth"}

_models = set()


def models(*watched):
    """Any row of these stands for all of them: pages that show one depend on the model."""
    _models.update(watched)


def of_language(page):
    return f"pages:{page.locale.language_code}"


def start():
    for signal, function in [
        (pre_save, _look_before),
        (post_save, _saved),
        (post_delete, _deleted),
        (post_page_move, _moved),
    ]:
        signal.connect(function, weak=False, dispatch_uid=f"portal.cache.{function.__name__}")


def _look_before(sender, instance, raw=False, **kwargs):
    if isinstance(instance, Page) and not raw:
        instance.seen_before = sender._base_manager.filter(pk=instance.pk).first()


def _saved(sender, instance, raw=False, update_fields=None, **kwargs):
    if raw:
        return
    if isinstance(instance, Page):
        _page_saved(instance, instance.__dict__.pop("seen_before", None), update_fields)
    else:
        _row_changed(sender, instance)


def _row_changed(sender, instance):
    if isinstance(instance, (Site, Locale, PageViewRestriction)):
        announce(EVERYTHING)
    elif sender in _models:
        announce(sender)


def _page_saved(page, before, written):
    if not (page.live or before is not None and before.live):
        return
    changed = _visible_changes(page, before)
    if written is not None:
        changed &= set(written)
    if not changed:
        return
    if before is not None and before.live and "url_path" in changed:
        announce(EVERYTHING)  # those below it have moved along
        return
    tags = ["any page", f"page:{page.pk}"]
    if changed & ADDRESS:
        tags.append(f"versions:{page.translation_key}")
        if _is_home(page):
            tags.append(EVERYTHING)  # there is a language more, or less
    if any(not isinstance(page._meta.get_field(name), StreamField) for name in changed):
        tags.append(of_language(page))
    announce(*tags)


def _visible_changes(page, before):
    names = {field.name for field in page._meta.concrete_fields} - BOOKKEEPING
    if before is None:
        return names
    return {name for name in names if _value(page, name) != _value(before, name)}


def _value(page, name):
    field = page._meta.get_field(name)
    return field.get_prep_value(getattr(page, field.attname))


def _is_home(page):
    return page.depth == 2


def _deleted(sender, instance, **kwargs):
    if not isinstance(instance, Page):
        _row_changed(sender, instance)
    elif sender is not Page and instance.live:
        tags = [f"page:{instance.pk}", f"versions:{instance.translation_key}", "any page"]
        announce(*tags, EVERYTHING if _is_home(instance) else of_language(instance))


def _moved(sender, instance, **kwargs):
    announce(EVERYTHING)
