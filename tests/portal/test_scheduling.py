"""Pages at their time: the clock's task, and `manage.py publish_scheduled`."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation

from home.models import InfoPage
from portal import clock
from portal.models import Tick
from portal.scheduling import keep_the_schedule
from portal.translation.sync import start_translation
from tests.trees import child


def schedule(page, **times):
    for name, value in times.items():
        setattr(page, name, value)
    page.save_revision(approved_go_live_at=times.get("go_live_at"))
    return page


@pytest.fixture
def half(site):
    """A Spanish draft without a word of Spanish, due before everything else."""
    source = child(site.en, InfoPage, "About us", slug="about")
    draft = start_translation(source, site.es.locale)
    return schedule(draft, go_live_at=timezone.now() - timedelta(hours=2))


@pytest.fixture
def whole(site):
    page = site.en.add_child(instance=InfoPage(title="News", slug="news", live=False))
    return schedule(page, go_live_at=timezone.now() - timedelta(hours=1))


def test_a_page_that_is_not_whole_does_not_keep_others_waiting(half, whole, caplog):
    keep_the_schedule()
    half.refresh_from_db()
    whole.refresh_from_db()
    assert (half.live, whole.live) == (False, True)
    assert f"Page {half.pk} is due but cannot go live yet" in caplog.text


def test_it_goes_live_with_the_first_minute_that_finds_it_whole(half):
    keep_the_schedule()
    for segment in StringSegment.objects.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=half.locale,
            data="Sobre nosotras",
        )
    keep_the_schedule()
    half.refresh_from_db()
    assert half.live


def test_a_page_goes_when_its_time_is_over(site):
    page = child(site.en, InfoPage, "Old", slug="old")
    InfoPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    keep_the_schedule()
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_the_clock_knows_it(whole):
    name = "portal.scheduling.keep_the_schedule"
    assert clock.tasks[name][0] == timedelta(minutes=1)
    Tick.objects.create(name=name, due=timezone.now())
    clock.tick()
    whole.refresh_from_db()
    assert whole.live
