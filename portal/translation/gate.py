"""Nothing untranslated goes live: the one rule that every way of publishing passes."""

from functools import wraps

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import DraftStateMixin
from wagtail_localize.models import StringSegment, Translation, TranslationSource


class NotWhole(ValidationError):
    """A translation was to go live that has texts missing or out of date."""


def translation_of(instance):
    """The wagtail-localize Translation that makes this page or snippet, or None."""
    return (
        Translation.objects.filter(
            source__object_id=instance.translation_key,
            target_locale_id=instance.locale_id,
            enabled=True,
        )
        .select_related("source", "target_locale")
        .first()
    )


def missing_segments(translation):
    """How many texts of the source have no translation, an empty or a faulty one."""
    missing = 0
    segments = StringSegment.objects.filter(source=translation.source)
    for segment in segments.annotate_translation(translation.target_locale):
        if not (segment.translation or "").strip():
            missing += 1
    return missing


def check_is_whole(instance):
    """Raise NotWhole if texts of this translation are missing or out of date.

    A text whose source has changed counts as missing: `portal.translation.sync` brings the
    segments up to date whenever a source is published.
    """
    check_translation(translation_of(instance))


def check_translation(translation):
    missing = missing_segments(translation) if translation else 0
    if missing:
        message = ngettext(
            "This translation cannot go live yet: %(count)d text is not translated or has "
            "changed in the source.",
            "This translation cannot go live yet: %(count)d texts are not translated or have "
            "changed in the source.",
            missing,
        ) % {"count": missing}
        raise NotWhole({NON_FIELD_ERRORS: [message]})


def explain(error):
    """The words of a ValidationError for a message in the admin."""
    return " ".join(error.messages) or _("This cannot be published.")


def _translated(source, locale):
    model = source.specific_content_type.model_class()
    return model.objects.filter(translation_key=source.object_id, locale=locale).first()


def install():
    """Put the rule before wagtail-localize's own saving, too.

    It writes the new texts, and the source's where there is none, into the row of the live
    page before it publishes; refusing to publish comes too late then.
    """
    save = TranslationSource.create_or_update_translation

    @wraps(save)
    def save_if_whole(source, locale, user=None, publish=True, **options):
        target = _translated(source, locale)
        has_drafts = issubclass(source.specific_content_type.model_class(), DraftStateMixin)
        if has_drafts:
            readers_see_it = publish or (target is not None and target.live)
        else:
            # The first copy has to be: what has no drafts can't wait for its words.
            readers_see_it = target is not None
        if readers_see_it:
            check_translation(source.translations.filter(target_locale=locale).first())
        return save(source, locale, user=user, publish=publish, **options)

    TranslationSource.create_or_update_translation = save_if_whole
