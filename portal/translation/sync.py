"""Keeps the translators' segments in step with the published source.

wagtail-localize waits for somebody to press "Sync"; until then it calls an outdated
translation up to date.
"""

from django.db.models.signals import post_save
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_published
from wagtail_localize.models import Translation, TranslationSource


def start_translation(instance, locale, user=None):
    """Begin (or find) the translation of a page or snippet into a locale, as a draft where
    the model has drafts. Returns the translated instance."""
    source, _created = TranslationSource.get_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    try:
        return source.get_translated_instance(locale)
    except source.specific_content_type.model_class().DoesNotExist:
        translation.save_target(user=user, publish=False)
        return source.get_translated_instance(locale)


def connect():
    page_published.connect(refresh_segments, dispatch_uid="portal.translation.sync")
    post_save.connect(refresh_snippet, dispatch_uid="portal.translation.sync")


def refresh_segments(sender, instance, **kwargs):
    """The source was published: what changed in it is missing in its translations now."""
    source = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale_id=instance.locale_id
    ).first()
    if source is not None:
        source.update_from_db()


def refresh_snippet(sender, instance, created, raw=False, **kwargs):
    """What has no drafts is published by being saved."""
    is_snippet = isinstance(instance, TranslatableMixin) and not isinstance(instance, Page)
    if is_snippet and not created and not raw:
        refresh_segments(sender, instance)
