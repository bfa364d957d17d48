from collections import defaultdict

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.cache.recording import depends, kept
from portal.names import country_name
from portal.shell import Shell
from safety.models import Helpline

NEUTRAL = "https://www.wikipedia.org/"


@kept()
def helplines(request):
    """Somebody to talk to, by country; countries in the order of their names."""
    depends(Helpline)
    by_country = defaultdict(list)
    for line in Helpline.objects.all():
        by_country[line.country].append(line)
    countries = sorted(
        ({"code": c, "name": country_name(c), "helplines": x} for c, x in by_country.items()),
        key=lambda country: country["name"],
    )
    shell = Shell(request, title=_("Phone numbers"), everywhere=True, quiet=True)
    shell.add_step(_("Be Safe"), shell.safety_url)
    response = render(request, "safety/helplines.html", {"countries": countries, "shell": shell})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def leave(request, language):
    """Off the site at once, to the neutral page of the language; nothing is kept or logged."""
    target = Shell(request, language=language).exit_target
    if not target.startswith("https://"):
        target = NEUTRAL
    response = HttpResponseRedirect(target)
    response.headers["Cache-Control"] = "no-store"
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        # Not for somebody who is signed in to the admin: it would end her work there.
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
