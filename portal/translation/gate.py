"""Nothing untranslated goes live: the one rule that every way of publishing passes."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringSegment, Translation


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
    """Raise ValidationError if texts of this translation are missing or out of date.

    A text whose source has changed counts as missing: `portal.translation.sync` brings the
    segments up to date whenever a source is published.
    """
    translation = translation_of(instance)
    missing = missing_segments(translation) if translation else 0
    if missing:
        message = ngettext(
            "This translation cannot go live yet: %(count)d text is not translated or has "
            "changed in the source.",
            "This translation cannot go live yet: %(count)d texts are not translated or have "
            "changed in the source.",
            missing,
        ) % {"count": missing}
        raise ValidationError({NON_FIELD_ERRORS: [message]})


def explain(error):
    """The words of a ValidationError for a message in the admin."""
    return " ".join(error.messages) or _("This cannot be published.")
