"""Every address of the admin, asked for by everybody: private words are at the desk only.

The matrix: anonymous visitors, translators and editors see nothing of a submission; a
moderator what is in her languages.
"""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver

from home.models import InfoPage
from letters.models import DecisionMaker, Letter, Report, Submission
from portal.translation.sync import start_translation
from safety.models import Helpline
from tests.letters.submissions import waiting
from tests.people import person, signed_in
from tests.trees import child

CANARIES = [
    "canarysaid",
    "canarywords",
    "canarytitle",
    "canarysign",
    "canaryalt",
    "canarycontact",
    "canaryname",
]
ELSEWHERE = re.compile(
    r"""(?:src|href|action|srcset|data-[a-z-]*url)=["'](?:https?:)?//(?!testserver|127\.0\.0\.1|localhost)([^"'/]+)"""
)
# Links that only a click follows; nothing is loaded from there.
LINKS = re.compile(r"""<a\b[^>]*href=["']https?://[^"']*["'][^>]*>""")


def private(language):
    return waiting(
        language=language,
        words="canarywords " * 3,
        title="canarytitle",
        signature="canarysign",
        addressee="canaryname",
        picture_alt="canaryalt",
        contact="canarycontact",
        with_picture=True,
    )


@pytest.fixture
def world(site):
    """One of everything that has an address in the admin."""
    about = child(site.en, InfoPage, "About", slug="about")
    start_translation(about, site.es.locale)
    DecisionMaker.objects.create(name="Post", slug="post", kind="government", locale=site.en.locale)
    Helpline.objects.create(country="PE", name="Línea", checked_on="2026-01-01")
    public = Letter.objects.create(kind="survivor", language="en", words="Public")
    Report.take(public, reason="about-me", words="canarysaid", contact="canarycontact")
    declined = private("en")
    declined.decline(None, "spam")
    site.arabic, site.spanish = private("ar"), private("es")
    site.about = about
    return site


def patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, text)
        elif isinstance(pattern, URLPattern):
            yield text


def addresses(world):
    """Every admin address, with keys of things that exist: pages, submissions and the rest
    share small numbers, so each is asked for with several."""
    keys = sorted({1, world.about.pk, world.en.pk, world.spanish.pk, world.arabic.pk})
    words = {
        "app_label": ["letters"],
        "model_name": ["submission", "letter", "decisionmaker"],
        "app_name": ["letters"],
        "model": ["submission", "letter"],
        "action": ["delete"],
        "content_type_app_name": ["home"],
        "content_type_model_name": ["infopage"],
        "code": ["en"],
        "mode": [""],
        "filename": ["x"],
        "slug": ["letters"],
    }
    found = []
    for text in patterns(get_resolver()):
        text = text.lstrip("^")
        if not text.startswith("admin/"):
            continue
        path = "/" + re.sub(r"\\Z|\$$|\^", "", text)
        variants, numbers = [path], keys
        group = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:(\w+):)?(\w+)>")
        for inside, converter, name in group.findall(path):
            if values := words.get(inside or name):
                pass
            elif converter == "uuid":
                values = ["00000000-0000-0000-0000-000000000000"]
            else:
                values, numbers = numbers, [1]
            variants = [group.sub(str(value), one, count=1) for one in variants for value in values]
        found += variants
    return sorted({path for path in found if "logout" not in path})


def allowed(role, path, world):
    if role in ("lina", "root"):
        return path.startswith("/admin/desk/")
    if role == "amal":
        return path.startswith(f"/admin/desk/{world.arabic.pk}/")
    return False


ROLES = {
    "anonymous": None,
    "killa": ["Translators: es"],
    "eva": ["Editors"],
    "amal": ["Moderators"],
    "lina": ["Lead moderators"],
    "root": [],
}


# wagtail-localize's report has no order.
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("role", ROLES)
def test_private_words_are_at_the_desk_only(client, world, role):
    if role == "root":
        signed_in(client, User.objects.create_superuser("root", password="a long password"))
    elif ROLES[role]:
        signed_in(client, person(role, *ROLES[role], reads=["ar"]))
    client.raise_request_exception = False
    paths = addresses(world)
    assert len(paths) > 300
    leaks, broken, strays, answered, at_the_desk = [], [], [], 0, 0
    for path in paths:
        response = client.get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode("utf-8", "replace")
        found = [canary for canary in CANARIES if canary in text]
        if found and allowed(role, path, world):
            at_the_desk += 1
            assert "canarycontact" not in found
        elif found:
            leaks.append((path, found))
        if response.status_code >= 500 and path != "/admin/failwhale/":
            broken.append(path)
        answered += response.status_code == 200
        strays += [(path, host) for host in ("gravatar", "releases.wagtail") if host in text]
        strays += [(path, host) for host in ELSEWHERE.findall(LINKS.sub("", text))]
    assert leaks == []
    assert strays == []
    assert broken == []
    assert set(Submission.objects.values_list("state", flat=True)) == {"waiting", "declined"}
    if role in ("amal", "lina", "root"):
        assert at_the_desk
    if role != "anonymous":
        assert answered > 20
    else:
        assert answered < 15  # signing in, and a forgotten password


def test_an_arabic_reader_does_not_see_the_spanish_letter(client, world):
    signed_in(client, person("amal", "Moderators", reads=["ar"]))
    for path in ("", "picture/veiled/", "picture/clear/", "publish/", "decline/"):
        assert client.get(f"/admin/desk/{world.spanish.pk}/{path}").status_code in (404, 405)
    assert client.get(f"/admin/desk/{world.arabic.pk}/").status_code == 200
