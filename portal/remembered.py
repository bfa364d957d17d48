"""Parts of pages that come out the same whenever what they show is the same: a card, the foot of
a page, an empty field of a form.

Rendering them again and again is most of what a page costs. They are found by the template's name
and the plain values given to it, so nothing has to be told when something changes: other values
make another part, and nobody finds a part without having its values.
"""

from datetime import date
from functools import lru_cache

from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeData
from django.utils.translation import get_language

REMEMBERED = 3000  # parts, of two kilobytes at most as a rule
PLAIN = (str, int, bool, type(None), date)


class NotPlain(Exception):
    """A value whose looks may hang on more than itself."""


class _Key(tuple):
    """Equal by what is in it; brings along how the part is made."""


@lru_cache(REMEMBERED)
def _made(key):
    make = key.make
    del key.make  # the key stays, what it was made from need not
    return make()


def _part(name, values, make):
    key = _Key((get_language(), name, *_frozen(values)))
    key.make = make
    return _made(key)


def rendered(name, values):
    """The template of that name. values: a dict of plain ones, or of dicts, lists and tuples of
    them; translations are taken in the active language. Raises NotPlain."""
    return _part(name, values, lambda: get_template(name).render(values))


class FormRenderer(DjangoTemplates):
    """For settings.FORM_RENDERER: a form of ten fields goes through fifty small templates."""

    def render(self, template_name, context, request=None):
        def make():
            return super(FormRenderer, self).render(template_name, context, request)

        widget = context.get("widget")
        if request is not None or widget is None or len(context) > 1 or _is_own(widget):
            return make()
        try:
            return _part(template_name, context, make)
        except NotPlain:
            return make()


def _is_own(widget):
    """What somebody has typed is not kept in memory, nor is a token."""
    return bool(widget.get("value")) and "optgroups" not in widget or "subwidgets" in widget


def _frozen(value):
    """Something hashable that differs where the words on the page would."""
    kind = type(value)
    if kind in PLAIN:
        return kind, value
    if isinstance(value, dict):
        return tuple((name, _frozen(each)) for name, each in value.items())
    if isinstance(value, (list, tuple)):
        return kind, *map(_frozen, value)
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, SafeData):
        return SafeData, str(value)
    if isinstance(value, str):
        return str, str(value)
    raise NotPlain(kind)
