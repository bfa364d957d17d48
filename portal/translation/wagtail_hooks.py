from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import TranslatableMixin

from portal.translation.gate import NotWhole, check_is_whole, explain
from portal.translation.rights import languages_of


@hooks.register("before_edit_snippet", order=-20)
def keep_translators_in_their_language(request, instance):
    """Rights on snippets are the same in all languages; a translator's are not."""
    if isinstance(instance, TranslatableMixin):
        allowed = languages_of(request.user)
        if allowed is not None and instance.locale.language_code not in allowed:
            raise PermissionDenied


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def refuse_half_translations(request, instance):
    """wagtail-localize's editor is asked to publish: it would refuse as well, but say that
    pressing once more helps."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    try:
        check_is_whole(instance)
    except NotWhole as error:
        messages.error(request, explain(error))
        return redirect(request.path)
    return None


@hooks.register("before_bulk_action")
def leave_half_translations_out(request, action, pages, view):
    """Of several pages, those that are whole are published."""
    if action != "publish":
        return None
    for page in list(pages):
        try:
            check_is_whole(page)
        except NotWhole as error:
            pages.remove(page)
            name = page.get_admin_display_title()
            messages.error(
                request,
                _("“%(page)s” stays a draft. %(why)s") % {"page": name, "why": explain(error)},
            )
    return None if pages else redirect(view.next_url)


@hooks.register("construct_page_action_menu")
def hide_convert_to_alias(menu_items, request, context):
    """An alias would show the source's words under another language's address."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
