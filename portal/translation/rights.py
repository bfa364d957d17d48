"""A translator's language is hers, another's is not.

wagtail-localize has one right for all languages. Page rights are scoped by the tree of a
language, snippet rights are not; so every address of wagtail-localize that names a
translation is checked here against the languages of the user's groups.
"""

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.models import Translation

from portal.translation.gate import NotWhole, explain

PREFIX = "Translators: "  # + language code; the group's name


def group_name(language):
    return f"{PREFIX}{language}"


def languages_of(user):
    """The languages that a user may translate into; None means all of them."""
    if user.is_superuser:
        return None
    names = user.groups.filter(name__startswith=PREFIX).values_list("name", flat=True)
    # Who is in no such group translates into every language that her page rights reach.
    return {name.removeprefix(PREFIX) for name in names} or None


class LocaleRightsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if "wagtail_localize" not in match.namespaces or not request.user.is_authenticated:
            return None
        if match.url_name == "convert_to_alias":
            # The source's words, live under another language's address: never.
            raise PermissionDenied
        if match.url_name.startswith("snippets_api"):
            require_translatable(kwargs["app_label"], kwargs["model_name"])
        allowed = languages_of(request.user)
        if allowed is None:
            return None
        targets = set()
        if "translation_id" in kwargs:
            translations = Translation.objects.filter(pk=kwargs["translation_id"])
            targets.update(translations.values_list("target_locale__language_code", flat=True))
        wanted = [pk for pk in request.POST.getlist("locales") if pk.isdigit()]
        if request.method == "POST" and match.url_name.startswith("submit_"):
            locales = Locale.objects.filter(pk__in=wanted)
            targets.update(locales.values_list("language_code", flat=True))
        if request.POST.get("publish_translations") and "translation_source_id" in kwargs:
            translations = Translation.objects.filter(source=kwargs["translation_source_id"])
            targets.update(translations.values_list("target_locale__language_code", flat=True))
        if targets - allowed:
            raise PermissionDenied
        return None

    def process_exception(self, request, exception):
        """Most ways of publishing know no refusal: say why, and go back to where she was."""
        if not isinstance(exception, NotWhole):
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return HttpResponse(explain(exception), status=400, content_type="text/plain")
        messages.error(request, explain(exception))
        before = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(
            before, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(before if is_ours else "wagtailadmin_home")


def require_translatable(app_label, model_name):
    """wagtail-localize's listing of any snippet, for anybody in the admin: only those that
    can be translated."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        raise Http404 from None
    if not issubclass(model, TranslatableMixin):
        raise Http404
