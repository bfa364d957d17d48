from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from portal.shell import BareShell

register = template.Library()


@register.simple_tag
def svg(name):
    """A drawing of ours, inline, so that it takes the colour of the text around it."""
    return mark_safe(get_template(f"portal/svg/{name}.svg").render().strip())  # noqa: S308 (our own file)


@register.simple_tag(takes_context=True)
def interface_attrs(context):
    """` lang="es" dir="ltr"` where interface words stand in for a language that has none."""
    shell = context.get("shell")
    if shell is None or shell.interface_language == shell.language:
        return ""
    return format_html(' lang="{}" dir="{}"', shell.interface_language, shell.interface_dir)


@register.simple_tag(takes_context=True)
def userbar(context):
    """Wagtail's userbar, only where a session cookie came; such an answer is never cached."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    if isinstance(context.get("shell"), BareShell):
        return ""  # the database, and with it the session, may be away
    request.shows_userbar = True
    return wagtailuserbar(context)
