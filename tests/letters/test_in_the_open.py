"""In the open: what came and what became of it, told without telling on anybody."""

import itertools
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import translation

from letters import in_the_open
from letters.gallery.in_the_open import in_words
from letters.in_the_open import ALL, COUNTS, FEW, FEWER, Month
from letters.models import MonthInNumbers, Reason
from letters.vocabulary import DeclineReason
from portal import clock
from portal.languages import CODES as CODES_OF_LANGUAGES
from tests.letters.submissions import waiting
from tests.markup import faults

MARCH = date(2026, 3, 1)
CODES = DeclineReason.values


def at(day, hour=12, month=3):
    return datetime(2026, month, day, hour, tzinfo=UTC)


def came(day, **fields):
    return waiting(received=at(day), **fields)


def on(day, act, *arguments, **options):
    with time_machine.travel(at(day), tick=False):
        return act(None, *arguments, **options)


def row(language="en", month=MARCH):
    return MonthInNumbers.objects.get(language=language, month=month)


def numbers(language="en", month=MARCH, **values):
    return MonthInNumbers(month=month, language=language, **{"received": 9} | values)


def page(client, query="", language="en", now=None):
    with time_machine.travel(now or at(20, month=4), tick=False):
        answer = client.get(f"/{language}/in-the-open/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def table(soup, name):
    """{header of the row: [its cells]} of the table that a heading names."""
    found = soup.select_one(f"[aria-labelledby={name}]")
    return {
        row.th.get_text(" ", strip=True): [cell.get_text(strip=True) for cell in row("td")]
        for row in found.tbody("tr")
    }


def columns(soup, name):
    return [
        header.get_text(strip=True)
        for header in soup.select(f"[aria-labelledby={name}] th[scope=col]")
    ]


# ------------------------------------------------------------------------- counting


@pytest.fixture
def history(site):
    """March in English: 8 received, 2 of them taken back; 5 published, 2 declined, 1 taken down;
    and one letter of each of two other languages and months."""
    letters = [came(day) for day in range(1, 9)]
    for letter, day in zip(letters[:5], (2, 3, 5, 7, 9), strict=True):
        on(day, letter.publish)
    on(10, letters[5].decline, "spam")
    on(11, letters[6].decline, "off-topic")
    on(12, letters[4].take_down, "hate")
    letters[0].withdraw()
    letters[7].withdraw()
    came(31, language="es")
    april = waiting(received=at(1, 0, month=4))
    with time_machine.travel(at(2, month=4), tick=False):
        april.decline(None, "spam")
    in_the_open.count(MARCH)
    in_the_open.count(date(2026, 4, 1))
    return letters


def test_a_month_is_counted_from_submissions_and_decisions(history):
    march = row()
    assert (march.received, march.withdrawn, march.published, march.taken_down) == (8, 2, 5, 1)
    assert march.declined == {"spam": 1, "off-topic": 1}
    # They waited 1, 1, 2, 3, 4, 4 and 4 days.
    assert march.median_wait == 3 * 24 * 3600
    assert (row("es").received, row("es").published) == (1, 0)
    april = row(month=date(2026, 4, 1))
    assert (april.received, april.declined, april.median_wait) == (1, {"spam": 1}, None)


def test_what_was_undone_does_not_count(site):
    letter = came(1)
    on(2, letter.decline, "spam")
    decision = letter.decisions.get()
    on(2, lambda moderator: letter.undo(decision, moderator))
    on(3, letter.publish)
    in_the_open.count(MARCH)
    assert (row().declined, row().published) == ({}, 1)


def test_a_letter_waited_until_its_last_decision(site):
    letters = [came(1) for _number in range(FEW)]
    for letter in letters:
        on(2, letter.decline, "spam")
        letter.ask_again("Please.")
        on(6, letter.publish)
    in_the_open.count(MARCH)
    assert row().median_wait == row(ALL).median_wait == 5 * 24 * 3600
    assert (row().declined, row().published) == ({"spam": FEW}, FEW)


def test_a_median_is_of_five_letters_at_least(site):
    for _number in range(FEW - 1):
        on(2, came(1).publish)
    in_the_open.count(MARCH)
    assert row().median_wait is None


def test_an_erased_letter_stays_in_its_month(site, settings):
    settings.TIME_ZONE = "America/Lima"
    letter = waiting(received=at(1, 3), state="declined")
    in_the_open.count(MARCH)
    before = list(MonthInNumbers.objects.values())
    letter.erase()
    in_the_open.count(MARCH)
    assert list(MonthInNumbers.objects.values()) == before and row().received == 1


def test_a_letter_of_before_decisions_had_a_language_counts_in_its_own(site):
    letter = came(1, language="es")
    letter.language = ""
    on(2, lambda moderator: letter._record(moderator, "decline", "spam"))
    in_the_open.count(MARCH)
    assert row("es").declined == {"spam": 1}


def test_counting_again_writes_only_what_has_changed(history, django_assert_num_queries):
    stored = list(MonthInNumbers.objects.values())
    with django_assert_num_queries(6):  # three to look, one to compare, two for the transaction
        in_the_open.count(MARCH)
    assert list(MonthInNumbers.objects.values()) == stored
    came(9, language="es")
    in_the_open.count(MARCH)
    assert row("es").received == 2


def test_a_language_that_was_corrected_leaves_nothing_behind(history):
    type(history[0]).objects.filter(language="es").update(language="fr")
    in_the_open.count(MARCH)
    assert not MonthInNumbers.objects.filter(language="es").exists()


def test_the_clock_counts_this_month_and_the_last_one_every_hour(site):
    for moment in (at(1, month=2), at(1, month=3), at(1, month=4)):
        waiting(received=moment)
    interval, task = clock.tasks["letters.in_the_open.count_lately"]
    assert interval == timedelta(hours=1)
    with time_machine.travel(at(2, month=4), tick=False):
        task()
    months = MonthInNumbers.objects.values_list("month", flat=True)
    assert set(months) == {MARCH, date(2026, 4, 1)}


def test_the_command_counts_every_month(site, capsys):
    for moment in (at(1, month=1), at(1, month=3)):
        waiting(received=moment)
    with time_machine.travel(at(2, month=4), tick=False):
        call_command("in_the_open", all=True)
        assert capsys.readouterr().out == "Months counted: 4\n"
        assert MonthInNumbers.objects.count() == 2
        MonthInNumbers.objects.all().delete()
        call_command("in_the_open")
    assert MonthInNumbers.objects.get().month == MARCH


# ------------------------------------------------------------------------- what is told


def told(month):
    """Everything that the page shows of a month."""
    return (
        tuple(
            (language, *(month.of(language, name) for name in COUNTS), month.median_wait(language))
            for language in ("a", "b", "c", ALL)
        ),
        tuple(month.of_others(name) for name in COUNTS),
        tuple(tuple(sorted(month.reasons(x), key=str)) for x in "abc"),
    )


def test_what_is_under_five_cannot_be_worked_out_even_from_the_sums():
    """Of every history of three languages: whatever the page shows, a number that it does not
    show may be any number under five, also to somebody who knows how we choose."""
    worlds = defaultdict(list)
    for history in itertools.product(range(FEW + 3), repeat=3):
        rows = [numbers(x, withdrawn=n) for x, n in zip("abc", history, strict=True)]
        worlds[told(Month(MARCH, rows, CODES))].append(history)
    exact = 0
    for shown, histories in worlds.items():
        for place in range(3):
            column = {history[place] for history in histories}
            if shown[0][place][1 + COUNTS.index("withdrawn")] == FEWER:
                assert column == set(range(FEW))
            else:
                assert len(column) == 1
        total = shown[0][3][1 + COUNTS.index("withdrawn")]
        exact += total.value is not None and not total.is_least
        assert all(sum(history) >= (total.value or 0) for history in histories)
    assert exact


def test_what_is_under_five_cannot_be_worked_out_from_the_reasons():
    codes, most = ["a", "b", "c", "d"], FEW + 3
    worlds = defaultdict(list)
    for history in itertools.product(range(most), repeat=4):
        rows = [numbers("a", declined=dict(zip(codes, history, strict=True)))]
        worlds[told(Month(MARCH, rows, codes))].append(history)
    for shown, histories in worlds.items():
        listed = {code for code, _number in shown[2][0]}
        for place, code in enumerate(codes):
            values = {history[place] for history in histories}
            assert (len(values) == 1) if code in listed else (values == set(range(FEW)))


def test_a_median_tells_of_no_number_that_is_not_told():
    quiet = Month(MARCH, [numbers(published=4, declined={"spam": 4}, median_wait=60)], CODES)
    assert quiet.median_wait("en") is None
    assert Month(MARCH, [numbers(published=5, median_wait=60)], CODES).median_wait("en") == 60


def test_a_language_with_few_letters_is_not_named():
    rows = [numbers("en"), numbers("qu", received=4), numbers("ay", received=3)]
    month = Month(MARCH, rows, CODES)
    assert month.languages == ["en"] and month.of("qu", "received") == FEWER
    assert (month.of_others("received").value, month.of(ALL, "received").value) == (7, 16)
    lone = Month(MARCH, rows[:2], CODES)
    assert lone.of_others("received") == FEWER and lone.of(ALL, "received").value == 9


def test_the_running_month_is_told_in_steps_of_five():
    for received, least in ((4, None), (5, 5), (9, 5), (10, 10)):
        month = Month(MARCH, [numbers(received=received)], CODES, is_running=True)
        assert month.of("en", "received").value == least
        assert month.of(ALL, "received").value == least
        assert month.of("en", "received").is_least is (least is not None)


# ------------------------------------------------------------------------- the page


@pytest.fixture
def spring(site):
    """Three months, of which April runs."""
    rows = [
        numbers("en", received=40, published=30, declined={"spam": 6, "hate": 3}, median_wait=7200),
        numbers("es", received=12, published=4, withdrawn=6, taken_down=5),
        numbers("qu", received=3, declined={"spam": 2}),
        numbers(ALL, received=0, median_wait=90 * 3600),
        numbers("en", date(2026, 2, 1), received=20, published=5),
        numbers("en", date(2026, 4, 1), received=13, published=2),
    ]
    MonthInNumbers.objects.bulk_create(rows)


def test_without_numbers_it_says_so(site, client):
    assert "There are no numbers yet" in page(client).text


def test_it_tells_of_every_month_and_of_every_language_in_one(spring, client):
    soup = page(client, "?month=2026-03")
    assert table(soup, "by-month") == {
        "April 2026, so far": ["at least 10", *["not shown"] * 5],
        "March 2026": ["52", "at least 30", "at least 6", "at least 6", "at least 5", "4 days"],
        "February 2026": ["20", "5", *["not shown"] * 4],
    }
    few = "fewer than 5"
    assert table(soup, "by-language") == {
        "English": ["40", "30", "6", few, few, "2 hours"],
        "español": ["12", few, few, "6", "5", "not shown"],
        "All languages": ["52", "at least 30", "at least 6", "at least 6", "at least 5", "4 days"],
    }
    assert soup.select_one("bdi[lang=es]")["dir"] == "ltr"
    assert "Runasimi" not in soup.text


def test_what_no_row_tells_is_left_out_once_and_not_said_in_every_row(spring, client):
    soup = page(client, "?language=en&month=2026-03")
    assert columns(soup, "by-month") == [
        *("Month", "Received", "Published", "Declined", "Half were decided within")
    ]
    (missing,) = soup.select(".numbers-missing")
    assert "too few to be counted in public: Taken back and Taken down." in missing.text
    assert soup.select_one(missing.a["href"]).text == "Why some numbers are missing"
    assert [item.get_text(strip=True) for item in soup.select(".chart li")] == [
        *("Received", "Published", "Declined")
    ]
    # On a small screen each number stands beside the name of its column.
    row = soup.select_one("[aria-labelledby=by-month] tbody tr")
    assert [cell["data-label"] for cell in row("td")] == columns(soup, "by-month")[1:]


def test_where_everything_is_too_small_it_says_so_kindly(site, client):
    MonthInNumbers.objects.bulk_create([numbers("en", received=4)])
    soup = page(client, "?month=2026-03")
    assert not soup.select("table, svg[role=img]")
    assert len(soup.find_all(string=re.compile("So few letters came"))) == 2
    assert "not shown" not in soup.text and soup.text.count("fewer than 5") == 1


def test_of_a_language_it_tells_why_letters_were_declined(spring, client, site):
    soup = page(client, "?language=en&month=2026-03")
    assert table(soup, "by-reason") == {
        "It is advertising or spam": ["6"],
        "Other reasons": ["fewer than 5"],
    }
    assert table(soup, "by-month")["March 2026"][0] == "40"
    assert soup.select_one("option[selected][value=en]")
    soup = page(client, "?language=es&month=2026-03", language="ar")
    assert soup.select_one("#by-reason") and not soup.select_one("table[aria-labelledby=by-reason]")


def test_an_owners_reason_has_the_language_that_it_is_said_in(spring, client, site):
    Reason.objects.create(code="spam", words="It sells", locale=site.es.locale)
    Reason.objects.create(code="copied", words="It is copied", locale=site.en.locale)
    MonthInNumbers.objects.filter(language="en").update(declined={"spam": 6, "copied": 5})
    soup = page(client, "?language=en&month=2026-03", language="es")
    told = {
        row.th.text: row.th.get("lang") for row in soup.select("[aria-labelledby=by-reason] tr")
    }
    assert told["It sells"] is None and told["It is copied"] == "en"


@pytest.mark.parametrize(
    "query", ["?language=xx&month=2026-03", "?month=1999-01&language=", "?month=x&language=%00"]
)
def test_what_makes_no_sense_in_the_address_is_left_out(spring, client, query):
    soup = page(client, query)
    assert soup.select_one("option[selected][value='']")
    assert len(table(soup, "by-month")) == 3


@pytest.mark.parametrize("query", ["", "?language=en", "?language=es&month=2026-03"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_chart_says_what_the_table_says(spring, client, query, language):
    soup = page(client, query, language=language)
    told = columns(soup, "by-month")[1:]
    drawn = [item.get_text(strip=True) for item in soup.select(".chart li")]
    cells = [
        [dict(zip(told, cells, strict=True))[name] for name in drawn]
        for cells in table(soup, "by-month").values()
    ]
    chart = soup.select_one("svg[role=img]")
    for part in (chart["aria-labelledby"], chart["aria-describedby"]):
        assert chart.select_one(f"#{part}").text.strip()
    labels = chart.select_one(".chart-month")["dx"]
    words = [text for text in chart("text") if text["dx"] != labels]
    assert [text.text for text in words] == [cell for row in cells for cell in row]
    said = chart.desc.text
    for cell in itertools.chain(*cells):
        assert cell in said
    # Bars are as long as their numbers, and begin at one edge: the left, or in Arabic the right.
    with translation.override(language):
        few = in_words(FEWER)
    shown = [re.search(r"\d+", cell) for row in cells for cell in row if cell != few]
    figures = [int(found[0]) for found in shown if found]
    bars = [bar for bar in chart("rect")]
    for bar, figure in zip(bars, figures, strict=True):
        assert percent(bar["width"]) == pytest.approx(100 * figure / max(figures), abs=0.1)
    edges = {percent(bar["x"]) + percent(bar["width"]) * (language == "ar") for bar in bars}
    assert edges == {100 if language == "ar" else 0}


def percent(value):
    number, sign = value[:-1], value[-1]
    assert sign == "%"
    return float(number)


def test_it_costs_few_queries_however_much_there_is(spring, client, django_assert_max_num_queries):
    page(client)
    with django_assert_max_num_queries(2):
        page(client, "?language=en", language="es")
    codes = [code for code in sorted(CODES_OF_LANGUAGES) if code not in ("en", "es")][:60]
    MonthInNumbers.objects.bulk_create(numbers(code) for code in codes)
    with django_assert_max_num_queries(2):
        assert len(table(page(client, "?month=2026-03"), "by-language")) == 63


def test_it_sets_no_cookie_and_asks_for_no_script(spring, client):
    with time_machine.travel(at(20, month=4), tick=False):
        answer = client.get("/en/in-the-open/")
    assert not answer.cookies and "<script" not in answer.content.decode()


def test_it_is_found_in_every_language(spring, client, site):
    for address in ("/sitemap-es.xml", "/es/receipt/"):
        assert "/es/in-the-open/" in client.get(address).content.decode()
    links = page(client).select("link[hreflang]")
    assert {link["hreflang"] for link in links} == {"ar", "en", "es", "x-default"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_written_as_html_is(spring, client, language):
    for query in ("", "?language=en&month=2026-03"):
        with time_machine.travel(at(20, month=4), tick=False):
            assert not faults(client.get(f"/{language}/in-the-open/{query}").content.decode())
