"""Builds the page tree: every page in English, then its translations through
wagtail-localize, as translators would make them."""

from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from home.demo import content

PLAIN = {"slug", "title", "intro", "search_description", "neutral_title", "organisation"}
PLAIN |= {"exit_url", "footer", "letters_address", "starts", "ends", "day", "reviewed_on"}
PLAIN |= {"emergency_notice"}
STREAMS = {"inspiration": "link", "sources": "source"}


def build(say):
    """Make all pages; returns {key: English page}."""
    tables = sorted(content.read_all("pages"), key=lambda table: table.get("order", 0))
    children = {}
    for table in tables:
        children.setdefault(table["parent"], []).append(table)
    for code in content.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    pages, waiting = {}, list(children.pop(""))
    while waiting:
        table = waiting.pop(0)
        say(f"  {table['key']}")
        pages[table["key"]] = make(table, pages)
        waiting = children.pop(table["key"], []) + waiting
    if children:
        raise ValueError(f"No such parent pages: {', '.join(children)}")
    return pages


def make(table, pages):
    stale = any("before" in text for text in content.texts(table))
    page = new_page(table, old=stale)
    if not table["parent"]:
        plant(page)
    else:
        pages[table["parent"]].add_child(instance=page)
    publish(page)
    if stale:
        # French was translated from an older text; English has moved on since.
        translate(page, table, ["fr"], old=True)
        catch_up(page, table)
        publish(page)
    others = [code for code in table["languages"] if code != content.SOURCE]
    translate(page, table, [code for code in others if not (stale and code == "fr")])
    return page


def new_page(table, old):
    page = apps.get_model(table["type"])(locale=Locale.get_default())
    page.show_in_menus = table.get("in_menu", False)
    return fill(page, table, old)


def fill(page, table, old=False):
    for name in PLAIN & set(table):
        setattr(page, name, content.in_source(table[name], old))
    if "body" in table:
        page.body = content.body(table["body"], old)
    for name, block in STREAMS.items():
        if name in table:
            setattr(page, name, [(block, content.in_source(item, old)) for item in table[name]])
    return page


def catch_up(page, table):
    """Put the newer words into the blocks that have any; the others stay as they are, so that
    only these are out of date in translations."""
    for block, values in zip(page.body, table["body"], strict=True):
        if any("before" in text for text in content.texts(values)):
            ((_name, value),) = content.body([values])
            block.value = block.block.normalize(value)


def plant(home):
    """The first home page takes the place of Wagtail's welcome page."""
    for welcome in Page.objects.filter(depth=2):
        welcome.delete()
    Page.objects.get(depth=1).add_child(instance=home)
    host = settings.BASE_URL.split("//")[1]
    name, _, port = host.partition(":")
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": name,
            "port": int(port or (443 if settings.SECURE else 80)),
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )


def publish(page):
    page.save_revision(clean=False).publish()
    page.refresh_from_db()


def translate(instance, table, languages, old=False):
    """Through wagtail-localize: segments, their translations, the translated page; live."""
    source, _made = TranslationSource.update_or_create_from_instance(instance)
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    for code in languages:
        locale = Locale.objects.get(language_code=code)
        words = content.translations({k: v for k, v in table.items() if k != "slug"}, code, old)
        needed = [s.string.data for s in segments if s.context.path != "slug"]
        missing = [text for text in needed if text not in words]
        if missing:
            raise ValueError(f"{table['key']} lacks {code}: {missing[0][:80]}")
        StringTranslation.objects.bulk_create(
            [
                StringTranslation(
                    translation_of=segment.string,
                    locale=locale,
                    context=segment.context,
                    data=table["slug"][code]
                    if segment.context.path == "slug"
                    else words[segment.string.data],
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                )
                for segment in segments
            ],
            ignore_conflicts=True,
        )
        translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
        is_page = isinstance(instance, Page)
        # Published here and not by wagtail-localize, which would wait for the end of the
        # transaction.
        translation.save_target(publish=not is_page)
        if is_page:
            translated = source.get_translated_instance(locale)
            translated.get_latest_revision().publish()


def feature(page, table, letters):
    """Put chosen letters ({key: Letter}) into the page's letters blocks, in all languages."""
    chosen = [block["letters"] for block in table["body"] if block["block"] == "letters"]
    stream = content.body(table["body"])
    for name, value in stream:
        if name == "letters":
            value["letters"] = [letters[key] for key in chosen.pop(0)]
    page.body = stream
    publish(page)
    translate(page, table, [code for code in table["languages"] if code != content.SOURCE])


def days_ago(count):
    return date.today() - timedelta(days=count)
