from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from portal.middleware import PUBLIC_CSP
from portal.mirror import copying

register = template.Library()


@register.simple_tag
def copy_of_site():
    """The `Copy` that a page is being made for, or None on the live site."""
    return copying.current()


@register.inclusion_tag("portal/components/copy_head.html")
def copy_head():
    """What a server says in headers, as far as a file can say it."""
    copy = copying.current()
    return {"policy": copy and policy(copy)}


@register.inclusion_tag("portal/components/copy_notice.html", takes_context=True)
def copy_notice(context):
    copy, shell = copying.current(), context.get("shell")
    if copy is None:
        return {}
    # The front page is dated anew with every run; the others keep the day of their last change.
    element = "<time" if context.get("is_front") else '<time class="copied"'
    day = format_html(
        '{} datetime="{}">{}</time>',
        mark_safe(element),  # noqa: S308 (our own words)
        copy.made.isoformat(),
        date_format(copy.made),
    )
    return {"copy": copy, "day": day, "shell": shell}


def policy(copy):
    """The public one; forms lead to the live site, and a file has no say about frames."""
    public = [part.strip() for part in PUBLIC_CSP.split(";")]
    rules = [rule for rule in public if not rule.startswith(("form-action", "frame-ancestors"))]
    return "; ".join([*rules, f"form-action {copy.origin}"])
