"""Every address of the admin, asked for and written to by everybody.

The matrix: anonymous visitors, translators and editors see nothing of a submission; a moderator
what is in her languages, at the desk; a lead all of it there, and a contact when she asks for it
with a reason. Nobody changes what is not hers, and nothing changes by looking.
"""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail_localize.models import Translation

from home.models import InfoPage
from letters.models import DecisionMaker, Letter, Report, Submission
from portal import tree
from portal.translation.sync import start_translation
from safety.models import Helpline
from tests.letters.submissions import waiting
from tests.people import person, signed_in
from tests.portal.admin_addresses import addresses, body, questions
from tests.trees import child

READ_AT_THE_DESK = [
    *("words", "title", "sign", "alt", "name", "appeal", "note", "transcript", "redacted"),
    "said",
]
TO_A_LEAD = ["question"]
ASKED_FOR = ["contact", "reporter"]
CANARY = re.compile(rf"canary({'|'.join(READ_AT_THE_DESK + TO_A_LEAD + ASKED_FOR)})(ar|es|en)x")
ELSEWHERE = re.compile(
    r"""(?:src|href|action|srcset|data-[a-z-]*url)=["'](?:https?:)?//(?!testserver|127\.0\.0\.1|localhost)([^"'/]+)"""
)
# Links that only a click follows; nothing is loaded from there.
LINKS = re.compile(r"""<a\b[^>]*href=["']https?://[^"']*["'][^>]*>""")
ROLES = {
    "anonymous": None,
    "killa": ["Translators: es"],
    "eva": ["Editors"],
    "amal": ["Moderators"],
    "lina": ["Lead moderators"],
    "olga": ["Owners"],
    "root": [],
}
LEADS = ("lina", "olga", "root")

pytestmark = pytest.mark.one_database

# ------------------------------------------------------------------- who writes where

DESK = {
    *("letters_submission", "letters_decision", "letters_letter", "letters_report"),
    *("letters_moderatorprofile", "letters_love", "letters_trace"),
    *("letters_former", "letters_otherwise", "letters_lettercount"),
    *("home_picture", "wagtailcore_referenceindex"),
}
PAGES = {
    *("wagtailcore_page", "wagtailcore_revision", "wagtailcore_comment", "home_infopage"),
    *("home_homepage", "wagtailcore_pageviewrestriction"),
    *("wagtailcore_workflowstate", "wagtailcore_taskstate", "wagtailcore_referenceindex"),
    *("wagtailredirects_redirect", "letters_decisionmaker", "letters_channel"),
    *("wagtailcore_workflowpage", "wagtailcore_pagelogentry", "home_picture"),
}
LISTS = {"safety_helpline", "letters_wordlist"}
# Of letters to an addressee who is deleted the reference goes, and nothing else (`strangers`).
LETTERS = {"letters_submission", "letters_letter"}
MAY_WRITE = {
    "anonymous": set(),
    "killa": PAGES,
    "eva": PAGES | LISTS | LETTERS,
    "amal": DESK,
    "lina": DESK | {"letters_intakeswitch", "letters_wordlist"},
}
# Her own: what she is doing just now, how she likes the admin, and that she did something.
OWN = re.compile(
    r"django_session|wagtailadmin_(?:editingsession|formstate)|wagtailusers_userprofile"
    r"|wagtailcore_(?:model|page)logentry|portal_(?:change|generation|job)|wagtailsearch_\w+"
    r"|wagtailcore_pagesubscription|home_picturerendition|auth_user"
)
WRITTEN = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


class Written:
    """The tables that were written to while it was watching."""

    def __enter__(self):
        self.tables = set()
        self.watching = connection.execute_wrapper(self.look)
        self.watching.__enter__()
        return self

    def __exit__(self, *error):
        self.watching.__exit__(*error)

    def look(self, execute, sql, params, many, context):
        if found := WRITTEN.match(sql):
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def strangers(role):
    """What she may not change, whatever she may write to: it must stay as it was."""
    rows = Submission.objects.order_by("pk")
    # The words are their writer's.
    words = rows.filter(erased=False).values_list("pk", "title", "words", "signature", "addressee")
    found = {"words": list(words)}
    if role not in LEADS:
        others = rows if role != "amal" else rows.exclude(language="ar")
        fields = ("pk", "state", "agreed_by", "claimed_by", "for_lead", "note", "redactions")
        found["letters"] = list(others.values_list(*fields))
        public = Letter.objects.exclude(language="ar") if role == "amal" else Letter.objects.all()
        found["public"] = list(public.order_by("pk").values_list("pk", "hidden", "words"))
        said = Report.objects.exclude(letter__language="ar" if role == "amal" else "")
        found["reports"] = list(said.order_by("pk").values_list("pk", "state"))
    if role not in ("olga", "root"):
        rights = ("pk", "is_superuser", "is_staff", "is_active", "groups", "user_permissions")
        found["users"] = list(User.objects.order_by("pk").values_list(*rights))
        others = User.objects.exclude(username=role).order_by("pk")
        found["others"] = list(others.values_list("pk", "username", "email", "password"))
    if role == "killa":
        pages = InfoPage.objects.exclude(locale__language_code="es").order_by("pk")
        found["pages"] = list(pages.values_list("pk", "title", "live", "locked", "path"))
    return found


# ------------------------------------------------------------------------------ world


def private(language, **fields):
    said = {name: f"canary{name}{language}x" for name in READ_AT_THE_DESK + TO_A_LEAD + ASKED_FOR}
    words = f"{said['words']} and {said['redacted']} again"
    start = words.index(said["redacted"])
    values = {
        "words": words,
        "title": said["title"],
        "signature": said["sign"],
        "addressee": said["name"],
        "picture_alt": said["alt"],
        "transcript": said["transcript"],
        "contact": said["contact"],
        "appeal": said["appeal"],
        "appealed": True,
        "note": said["note"],
        "question": said["question"],
        "for_lead": True,
        "with_picture": True,
        "shows_people": False,
        "redactions": [["words", start, start + len(said["redacted"]), "name"]],
    }
    return waiting(language=language, **values | fields)


@pytest.fixture
def world(site):
    """One of everything that has an address in the admin."""
    about = child(site.en, InfoPage, "About", slug="about")
    start_translation(about, site.es.locale)
    post = DecisionMaker.objects.create(
        name="Post", slug="post", kind="government", locale=site.en.locale
    )
    line = Helpline.objects.create(country="PE", name="Línea", checked_on="2026-01-01")
    declined = private("en")
    declined.decline(None, "spam", note="canarynoteenx")
    site.rows = [declined]
    for language in ("ar", "es"):
        # Readers see its picture, and nothing that was written.
        shown = dict.fromkeys(["addressee", "signature", "transcript"], "")
        public = private(language, may_publish_words=False, picture_alt="A picture", **shown)
        letter = public.publish(None)
        Report.take(
            letter,
            reason="about-me",
            words=f"canarysaid{language}x",
            contact=f"canaryreporter{language}x",
        )
        # About the Arabic one no lead is asked: a moderator may decide it.
        site.rows += [public, private(language, for_lead=language != "ar")]
    site.private = {row.pk: row for row in site.rows}
    pages = {about.pk, site.en.pk}
    translations = {*Translation.objects.values_list("pk", flat=True), about.pk}
    site.keys = {
        "/desk/": site.private,
        "/localize/": translations,
        "/snippets/": {post.pk, line.pk},
        "": {1, *pages},
    }
    return site


@pytest.fixture(params=ROLES)
def role(request, client, world, monkeypatch):
    # Nobody asks which templates were used; keeping a copy of each context takes a fifth longer.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_kw: None)
    if request.param == "root":
        signed_in(client, User.objects.create_superuser("root", password="a long password"))
    elif ROLES[request.param]:
        signed_in(client, person(request.param, *ROLES[request.param], reads=["ar"]))
    client.raise_request_exception = False
    return request.param


def allowed(role, path, canary, posted=False):
    what, language = canary
    if role not in ("amal", *LEADS) or not path.startswith("/admin/desk/"):
        return False
    if role == "amal" and language != "ar":
        return False
    if what in ASKED_FOR:
        return posted and role in LEADS and "/contact/" in path
    return what in READ_AT_THE_DESK or role in LEADS


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


# ---------------------------------------------------------------------------- looking


# wagtail-localize's report has no order; Wagtail leaves pictures open.
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_private_words_are_at_the_desk_only(client, world, role):
    paths = addresses(world.keys)
    assert len(paths) > 300
    leaks, broken, strays, written, answered, at_the_desk = [], [], [], [], 0, 0
    for path in [asked for address in paths for asked in questions(address, world.private)]:
        with Written() as tables:
            response = client.get(path)
        text = text_of(response)
        found = set(CANARY.findall(text))
        leaks += [(path, *canary) for canary in found if not allowed(role, path, canary)]
        at_the_desk += bool(found)
        if response.status_code >= 500 and path != "/admin/failwhale/":
            broken.append(path)
        answered += response.status_code == 200 and "?" not in path
        written += [(path, name) for name in tables.tables if not OWN.fullmatch(name)]
        strays += [(path, host) for host in ("gravatar", "releases.wagtail") if host in text]
        strays += [(path, host) for host in ELSEWHERE.findall(LINKS.sub("", text))]
    assert leaks == []
    assert strays == []
    assert broken == []
    assert written == []
    if role in ("amal", *LEADS):
        assert at_the_desk
    if role != "anonymous":
        assert answered > 20
    else:
        assert answered < 15  # signing in, and a forgotten password


# ---------------------------------------------------------------------------- writing


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_nobody_changes_what_is_not_hers(client, world, role):
    """Each POST is taken back before the next: all of them find the same world."""
    before, cookies = strangers(role), client.cookies.copy()
    leaks, changed, broken, wrote, decided = [], [], [], set(), []
    for path in addresses(world.keys):
        mark = transaction.savepoint()
        with Written() as written:
            response = client.post(path, body(path, world.private))
        found = set(CANARY.findall(text_of(response)))
        leaks += [(path, *one) for one in found if not allowed(role, path, one, posted=True)]
        others = {name for name in written.tables if not OWN.fullmatch(name)}
        if not connection.needs_rollback and (others or "auth_user" in written.tables):
            after = strangers(role)
            changed += [(path, name) for name in before if gone_from(before[name], after[name])]
            tree.forget()
        if any(what in ASKED_FOR for what, _language in found):
            entry = ModelLogEntry.objects.order_by("pk").last()
            assert entry.action == "letters.reveal_contact" and entry.user.username == role
            assert entry.data["reason"] == "court"
        if role in MAY_WRITE:
            theirs = others - MAY_WRITE[role]
            changed += [(path, name) for name in theirs if not may_localize(role, name)]
        if others:
            wrote.add(path)
        if "letters_decision" in others and path.endswith("/publish/"):
            decided.append(path)
        if response.status_code >= 500 and path.startswith("/admin/desk"):
            broken.append(path)
        transaction.savepoint_rollback(mark)
        client.cookies = cookies.copy()
    assert leaks == []
    assert changed == []
    assert broken == []
    assert bool(wrote) == (role != "anonymous")
    waits = [row for row in world.rows if row.state == "waiting"]
    arabic = [row for row in waits if is_arabic(row) and not row.for_lead]
    hers = waits if role in LEADS else arabic if role == "amal" else []
    assert len(decided) == len(hers)


def may_localize(role, table):
    """Its own tables hold pages and addressees only."""
    return role in ("killa", "eva") and table.startswith("wagtail_localize_")


def is_arabic(row):
    return row.language == "ar"


def gone_from(before, after):
    """Rows that are not as they were; new ones are nobody's."""
    return set(map(repr, before)) - set(map(repr, after))


def test_an_arabic_reader_does_not_see_the_spanish_letter(client, world):
    spanish, arabic = (
        next(row for row in world.rows if row.language == code and row.state == "waiting")
        for code in ("es", "ar")
    )
    signed_in(client, person("amal", "Moderators", reads=["ar"]))
    for path in ("", "picture/veiled/", "picture/clear/", "publish/", "decline/", "language/"):
        assert client.get(f"/admin/desk/{spanish.pk}/{path}").status_code in (404, 405)
    assert client.get(f"/admin/desk/{arabic.pk}/").status_code == 200


@pytest.mark.parametrize("group", ["Translators: es", "Editors", "Lead moderators"])
def test_a_picture_of_a_letter_is_in_no_list_of_pictures(client, world, group):
    letter = Letter.objects.exclude(picture=None).first()
    signed_in(client, person("one", group))
    for path in ("", f"{letter.picture_id}/"):
        text = text_of(client.get(f"/admin/api/main/images/{path}"))
        assert letter.picture.title not in text and "/media/" not in text
    assert client.get(f"/admin/api/main/images/{letter.picture_id}/").status_code == 404


# -------------------------------------------------------------------------------- log


@pytest.fixture
def history(world):
    """What two moderators and an editor did."""
    people = [
        person("amal", "Moderators", reads=["ar"]),
        person("bea", "Moderators", reads=["ar"]),
        person("eva", "Editors"),
    ]
    submission = world.rows[0]
    for one in people[:2]:
        ModelLogEntry.objects.log_action(submission, "letters.decline", user=one)
    PageLogEntry.objects.log_action(world.en, "wagtail.edit", user=people[2])
    return people


ADDRESSES = [
    "/admin/reports/site-history/",
    "/admin/reports/site-history/results/",
    "/admin/reports/site-history/?export=csv",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_colleague_did_when_is_nobodys_business(client, history, address):
    signed_in(client, history[0])
    text = text_of(client.get(address))
    assert "amal" in text
    assert "bea" not in text


@pytest.mark.parametrize(("name", "group"), [("lina", "Lead moderators"), ("olga", "Owners")])
@pytest.mark.parametrize("address", ADDRESSES)
def test_leads_and_owners_read_the_whole_log(client, history, address, name, group):
    signed_in(client, person(name, group))
    text = text_of(client.get(address))
    assert "amal" in text and "bea" in text


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_editor_reads_what_she_did_herself(client, history, address):
    ida, eva = person("ida", "Editors"), history[2]
    assert "Edit" in text_of(signed_in(client, eva).get(address))
    text = text_of(signed_in(client, ida).get(address))
    assert "eva" not in text and "amal" not in text
