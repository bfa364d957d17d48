"""What editors, moderators and writers change is what readers see at once, on every page; and
what a change does not touch stays kept."""

import json
import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction

from campaigns.models import ActionPage
from home.models import InfoPage
from letters.models import DecisionMaker, Letter, MonthInNumbers, Reason
from portal import renditions
from portal.cache import news
from safety.models import Helpline
from tests.portal.cached import Reader, own_counters
from tests.portal.test_budget import addresses, tree  # noqa: F401 (a fixture)
from tests.trees import child, publish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def also(site):
    """In every language, and what only some changes concern."""
    others = ["/es/", "/ar/", "/zh-hans/", "/sitemap-es.xml", "/robots.txt"]
    others += ["/en/in-the-open/", "/es/helplines/", "/es/write/survivor/", "/es/letters.atom"]
    found = {address: address for address in others} | addresses(site)
    report = f"{found['letter']}report/"
    for name in ("front door", "sitemap of letters"):  # which are not kept
        del found[name]
    return [*found.values(), report]


class Check:
    """Reads every page through the cache and past it, and compares."""

    def __init__(self, site, client):
        self.site, self.client = site, client
        self.reader = Reader()
        self.addresses = also(site)
        self.read()

    def read(self):
        """{address that had to be made}; fails where the cache says something else than Django."""
        made = set()
        for address in self.addresses:
            kept, fresh = self.reader.get(address), self.client.get(address)
            made |= {address} if kept.made else set()
            assert kept.status == fresh.status_code, address
            if kept.status == 200:
                assert kept.body == b"".join(fresh), address
        return made

    def after(self, change):
        change()
        made = self.read()
        assert self.read() <= {a for a in made if self.client.get(a).status_code != 200}
        return made


@pytest.fixture
def check(tree, client, tmp_path):  # noqa: F811
    with own_counters(tmp_path):
        yield Check(tree, client)


def saved(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def published(page, **values):
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    publish(page)


WORDS = json.dumps([{"type": "heading", "value": "Changed"}])


@pytest.mark.one_database
def test_every_change_is_seen_on_every_page(check):
    site = check.site
    pages, letter = site.pages, Letter.objects.filter(hidden=False, language="en").first()
    pictured = Letter.objects.filter(picture__isnull=False, language="en").first()

    def translate():
        locale = Locale.objects.get(language_code="es")
        publish(pages["be safe"].copy_for_translation(locale))

    def picture_anew():
        picture = get_image_model().objects.get(pk=pictured.picture_id)
        picture.renditions.all().delete()
        renditions.make(picture.pk)

    changes = {
        "a page's words": lambda: published(pages["guide"], body=WORDS),
        "a page's title": lambda: published(pages["campaign"], title="Changed"),
        "a home page's texts": lambda: published(site.en, footer="Changed", organisation="We"),
        "a section's name": lambda: published(pages["gallery"], title="Love letters"),
        "a new page": lambda: child(pages["campaign"], ActionPage, "Newer", slug="newer", day=1),
        "a translation": translate,
        "an address": lambda: published(pages["campaign index"], slug="our-campaigns"),
        "a page unpublished": lambda: Page.objects.get(pk=pages["action"].pk).unpublish(),
        "a section unpublished": lambda: Page.objects.get(pk=pages["about writing"].pk).unpublish(),
        "a page moved": lambda: child(site.en, InfoPage, "New", slug="new").move(
            pages["information"], "last-child"
        ),
        "a restriction": lambda: PageViewRestriction.objects.create(
            page=pages["be safe"], restriction_type="login"
        ),
        "no restriction": lambda: PageViewRestriction.objects.all().delete(),
        "a page deleted": lambda: Page.objects.get(pk=pages["guide"].pk).delete(),
        "a letter": lambda: Letter.objects.create(kind="survivor", language="en", words="Love."),
        "a letter corrected": lambda: saved(letter, content_notes_codes=["threats"]),
        "a letter hidden": lambda: letter.hide(),
        "a letter shown again": lambda: letter.show(),
        "a letter taken back": lambda: pictured.delete(),
        "a picture made": picture_anew,
        "a decision-maker": lambda: saved(DecisionMaker.objects.first(), name="Renamed"),
        "a helpline": lambda: saved(Helpline.objects.first(), name="Renamed"),
        "no helpline": lambda: Helpline.objects.first().delete(),
        "numbers": lambda: MonthInNumbers.objects.create(
            month=timezone.now().date().replace(day=1), language="en", received=50, published=40
        ),
        "a reason": lambda: (
            saved(Reason.objects.first(), words="Renamed")
            if Reason.objects.exists()
            else Reason.objects.create(code="more", words="More", locale=Locale.get_default())
        ),
        "a language gone": lambda: Page.objects.get(pk=site.es.pk).unpublish(),
        "a language back": lambda: publish(Page.objects.get(pk=site.es.pk).specific),
    }
    for name, change in changes.items():
        try:
            check.after(change)
        except AssertionError as error:
            raise AssertionError(f"After {name}: {error}") from error


def test_publishing_in_one_language_leaves_the_others_warm(check):
    ours = {address for address in check.addresses if address.startswith("/ar/")}
    made = check.after(lambda: published(check.site.ar, title="Changed", footer="Changed"))
    assert ours <= made
    assert made <= ours | {"/sitemap-en.xml", "/sitemap-es.xml"}


def test_new_words_on_a_page_leave_its_neighbours_warm(check):
    guide = check.site.pages["guide"]
    made = check.after(lambda: published(guide, body=WORDS))
    assert made == {guide.address, "/sitemap-en.xml", "/sitemap-es.xml"}


def test_a_draft_changes_nothing(check):
    page = check.site.pages["campaign"].specific_class.objects.get(slug="sixteen-days")
    page.title = "A draft"
    assert check.after(lambda: page.save_revision()) == set()


def test_a_decision_leaves_what_shows_no_letters_warm(check):
    made = check.after(lambda: Letter.objects.create(kind="survivor", language="en", words="Love."))
    pages = check.site.pages
    assert pages["gallery"].address in made
    assert not made & {pages["guide"].address, "/en/helplines/", "/ar/", "/en/write/survivor/"}
    assert not any("/letter/" in address for address in made)


def test_what_a_transaction_takes_back_is_not_told(check):
    def change():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            published(check.site.pages["campaign"], title="Never")
            raise ZeroDivisionError

    assert check.after(change) == set()


def test_a_kept_page_asks_no_query(check, django_assert_num_queries):
    for address in check.addresses:
        with django_assert_num_queries(0):
            assert not check.reader.get(address).made, address


def test_tables_that_pages_are_made_from_are_all_watched(check, client):
    """A table that a page reads, of which no change is ever told, would make stale pages."""
    known = {
        # Pages: see portal.cache.watch.
        *(model._meta.db_table for model in apps.get_models() if issubclass(model, Page)),
        *("wagtailcore_page", "wagtailcore_locale", "wagtailcore_site"),
        *("wagtailcore_pageviewrestriction", "portal_generation", "django_content_type"),
        # Letters and what belongs to them change with them.
        *("letters_letter", "letters_decisionmaker", "letters_monthinnumbers", "letters_reason"),
        *("home_picture", "home_picturerendition", "safety_helpline"),
    }
    with CaptureQueriesContext(connection) as queries:
        for address in check.addresses:
            client.get(address)
    read = {
        name
        for query in queries.captured_queries
        for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    assert read <= known | OF_LETTERS, read - known


OF_LETTERS = {"letters_lettercount", "letters_lettersearch", "wagtail_localize_string"}


def test_a_change_reaches_others_by_its_row(check):
    """Whoever dies after the transaction, before its own counters have moved."""
    page = check.site.pages["information"]
    counters = news.counters()
    with own_counters(check.reader.cache.counters.lock_path.parent / "other"):
        published(page, title="From elsewhere")  # moves somebody else's counters
    assert b"From elsewhere" not in check.reader.get(page.address).body
    news._counters = counters
    news.catch_up()
    assert b"From elsewhere" in check.reader.get(page.address).body
