"""Addresses of fixed routes, such as the form, in the languages of the site."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils import translation


@lru_cache(1000)
def fixed_address(language, name, kind=None):
    """Of a route that exists in every language; "" where there is none of that name."""
    try:
        with translation.override(language):
            return reverse(name, kwargs={"kind": kind} if kind else {})
    except NoReverseMatch:
        return ""
