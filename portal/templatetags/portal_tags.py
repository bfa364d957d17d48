from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from portal.letter_card import card
from portal.remembered import rendered
from portal.shell import BareShell

register = template.Library()


@register.simple_tag
def svg(name):
    """A drawing of ours, inline, so that it takes the colour of the text around it."""
    return mark_safe(get_template(f"portal/svg/{name}.svg").render().strip())  # noqa: S308 (our own file)


@register.simple_tag
def letter_card(letter, heading, elsewhere, shell):
    return card(letter, shell.interface, heading, bool(elsewhere))


@register.simple_tag
def part(name, shell, uses):
    """A component that many pages have alike. uses: which values of the shell it shows."""
    values = {each: getattr(shell, each) for each in uses.split()}
    return rendered(f"portal/components/{name}.html", {"shell": values | shell.interface})


@register.simple_tag(takes_context=True)
def interface_attrs(context):
    """` lang="es" dir="ltr"` where interface words stand in for a language that has none."""
    shell = context.get("shell")
    if not isinstance(shell, dict):
        shell = {} if shell is None else shell.interface
    if shell.get("interface_language") == shell.get("language"):
        return ""
    return format_html(' lang="{interface_language}" dir="{interface_dir}"', **shell)


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
