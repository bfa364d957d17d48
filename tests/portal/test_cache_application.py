"""The page cache around an application of the test's own: what it keeps, for whom, how long."""

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.cache import news, recording
from portal.cache.application import encoding_of
from tests.portal.cached import Reader, own_counters

ANSWER = b"<p>Somebody wrote this letter.</p>" * 100


class Pages:
    """An application of which every answer may be kept, unless a test says otherwise."""

    status, kept, recallable, parameters, headers = "200 OK", True, False, (), ()
    body = ANSWER
    on_make = staticmethod(lambda: None)

    def __init__(self):
        self.made = []

    def __call__(self, environ, start_response):
        noted = recording.current()
        self.made.append(environ["PATH_INFO"] + "?" + environ["QUERY_STRING"])
        self.on_make()
        if noted is not None and self.kept:
            noted.kept, noted.site, noted.parameters = True, 1, self.parameters
            noted.recallable = self.recallable
            noted.tags.add("a tag")
        start_response(self.status, [("Content-Type", "text/html"), *self.headers])
        return [self.body]


@pytest.fixture
def counters(tmp_path):
    with own_counters(tmp_path) as counters:
        yield counters


@pytest.fixture
def pages(counters):
    return Pages()


@pytest.fixture
def reader(pages):
    return Reader(pages)


def change(*tags):
    news.counters().apply(time.monotonic_ns(), tags)


def test_a_page_is_made_once(reader):
    assert reader.get("/en/").made
    again = reader.get("/en/")
    assert (again.status, again.body, again.made) == (200, ANSWER, False)


@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", "", "br;q=0, gzip;q=0", "identity"])
def test_every_browser_gets_an_encoding_that_it_reads(reader, accepted):
    reader.get("/en/")
    answer = reader.get("/en/", accept_encoding=accepted)
    encoding = answer.headers.get("content-encoding", "")
    assert encoding == {"br, gzip": "br", "gzip": "gzip"}.get(accepted, "")
    assert (gzip.decompress(answer.body) if encoding == "gzip" else answer.body) == ANSWER
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) < (len(ANSWER) if encoding else len(ANSWER) + 1)


def test_stars_and_weights_of_encodings_count():
    assert encoding_of("*") == "br"
    assert encoding_of("*;q=0, gzip") == "gzip"
    assert encoding_of("br; q=0.0, *") == "gzip"
    assert encoding_of("x-br") == ""


def test_a_page_is_compressed_well_after_the_first_answer(reader):
    first = int(reader.get("/en/", accept_encoding="br").headers["content-length"])
    deadline = time.monotonic() + 10
    while int(reader.get("/en/", accept_encoding="br").headers["content-length"]) >= first:
        assert time.monotonic() < deadline
    assert reader.get("/en/", accept_encoding="br").body == ANSWER


def test_a_browser_that_has_the_page_is_told_so(reader):
    etag = reader.get("/en/").headers["etag"]
    again = reader.get("/en/", if_none_match=f'"other", {etag}')
    assert (again.status, again.body, again.made) == (304, b"", False)
    assert again.headers["etag"] == etag
    assert reader.get("/en/", if_none_match='"other"').status == 200


def test_head_is_get_without_the_body(reader):
    first, page = reader.get("/en/", method="HEAD"), reader.get("/en/")
    second = reader.get("/en/", method="HEAD")
    assert (first.body, second.body, page.made) == (b"", b"", False)
    assert first.headers["content-length"] == page.headers["content-length"]
    assert second.headers == page.headers


def test_only_declared_parameters_make_another_page(reader, pages):
    pages.parameters = ("q", "kind")
    assert reader.get("/en/?q=love&from=mail").made
    for same in ("q=love", "utm=3&q=love", "q=love&kind=", "q=hate&q=love"):
        assert not reader.get(f"/en/?{same}").made, same
    assert reader.get("/en/?q=love&kind=survivor").made
    assert not reader.get("/en/?kind=survivor&q=love").made
    assert reader.get("/en/").made


def test_names_of_the_same_site_share_its_pages(reader):
    reader.get("/en/")
    assert reader.get("/en/", host="localhost").made  # whose it is has to be learned
    assert not reader.get("/en/other", host="localhost:8000").status != 200
    assert not reader.get("/en/", host="localhost").made
    assert len(reader.cache.store.pages) == 2


@pytest.mark.parametrize(
    "refused",
    [
        {"kept": False},
        {"status": "404 Not Found"},
        {"headers": [("Set-Cookie", "a=b")]},
        {"headers": [("Vary", "Cookie")]},
        {"headers": [("Vary", "Accept-Language, Accept-Encoding")]},
    ],
)
def test_what_is_not_for_everybody_is_not_kept(reader, pages, refused):
    vars(pages).update(refused)
    assert reader.get("/en/").made
    assert reader.get("/en/").made
    assert not reader.cache.store.pages


def test_who_may_be_signed_in_gets_an_answer_of_her_own_that_nobody_else_gets(reader, pages):
    pages.body = b"with the tools of editors"
    assert reader.get("/en/", cookie="session=x").body == pages.body
    pages.body = ANSWER
    assert reader.get("/en/").made
    pages.body = b"with the tools of editors"
    assert reader.get("/en/", cookie="a=b; session=forged").made
    assert reader.get("/en/").body == ANSWER
    assert not reader.get("/en/", cookie="a=b").made  # somebody else's cookie


def test_posts_pass_through(reader, pages):
    reader.get("/en/")
    assert reader.get("/en/", method="POST").made
    assert reader.get("/en/", method="POST").made


def test_a_page_is_made_anew_when_what_it_shows_has_changed_and_not_before(reader):
    reader.get("/en/")
    change("another tag")
    assert not reader.get("/en/").made
    change("a tag")
    assert reader.get("/en/").made
    assert not reader.get("/en/").made
    change("everything")
    assert reader.get("/en/").made


def test_a_change_while_a_page_is_made_is_not_lost(reader, pages):
    pages.on_make = lambda: change("a tag")
    reader.get("/en/")
    pages.on_make = lambda: None
    assert reader.get("/en/").made


def test_a_page_that_is_out_of_date_by_itself_is_made_anew(reader):
    reader.get("/en/")
    (page,) = reader.cache.store.pages.values()
    page.until = time.time() - 1
    assert reader.get("/en/").made


# ---------------------------------------------------------------------- outages


def away(pages):
    pages.status, pages.kept, pages.body = "503 Service Unavailable", False, b"later"


def test_without_a_database_the_last_good_page_answers_and_says_so(reader, pages):
    reader.get("/en/")
    change("a tag")
    away(pages)
    answer = reader.get("/en/", accept_encoding="br")
    assert (answer.status, answer.body) == (200, ANSWER)
    assert answer.headers["cache-status"] == "portal; hit; detail=away"
    assert "cdn-cache-control" not in answer.headers
    # Nobody waits for what has just failed.
    assert not reader.get("/en/").made
    assert reader.get("/es/").status == 503


def test_what_may_have_been_recalled_is_not_shown_rather_than_shown(reader, pages):
    pages.recallable = True
    reader.get("/en/")
    change("a tag")
    away(pages)
    assert reader.get("/en/").status == 503


def test_a_machine_without_news_shows_letters_for_a_minute(reader, pages, counters, monkeypatch):
    pages.recallable = True
    reader.get("/en/")
    away(pages)
    reader.hears = False
    monkeypatch.setattr(type(counters), "silence", lambda self: 59)
    answer = reader.get("/en/")
    assert (answer.status, answer.headers["cache-status"]) == (200, "portal; hit; detail=no-news")
    assert answer.headers["age"] == "59"
    monkeypatch.setattr(type(counters), "silence", lambda self: 61)
    assert reader.get("/en/").status == 503


def test_a_machine_without_news_shows_other_pages_as_long_as_it_must(
    reader, pages, counters, monkeypatch
):
    reader.get("/en/")
    away(pages)
    reader.hears = False
    monkeypatch.setattr(type(counters), "silence", lambda self: 86400 * 9)
    answer = reader.get("/en/")
    assert (answer.status, answer.body, answer.made) == (200, ANSWER, False)
    assert answer.headers["age"] == str(86400 * 9)


# -------------------------------------------------------------------- many at once


def test_one_request_makes_the_page_and_the_others_wait_for_it(reader, pages):
    everybody = threading.Barrier(16)
    begun = threading.Event()

    def slowly():
        begun.wait(0.3)  # long enough for the others to arrive

    pages.on_make = slowly

    def ask(_number):
        everybody.wait()
        return reader.get("/en/").body

    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(ask, range(16))) == {ANSWER}
    assert len(pages.made) == 1


def test_who_waits_for_what_is_not_kept_gets_an_answer_of_her_own(reader, pages):
    everybody = threading.Barrier(8)
    pages.kept = False

    def ask(number):
        everybody.wait()
        return reader.get("/en/").status

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {200}
    assert len(pages.made) == 8


# ------------------------------------------------------------------------- bounds


def test_memory_is_bounded_and_searches_never_push_pages_out(pages, settings):
    settings.PAGES_MEMORY = 400_000
    reader = Reader(pages)
    pages.parameters = ("q",)
    reader.get("/en/home/")
    for number in range(300):
        reader.get(f"/en/?q={number}")
    store = reader.cache.store
    assert sum(page.size for page in store.pages.values()) <= 400_000
    assert 5 < len(store.pages) < 100
    assert not reader.get("/en/home/").made
    for number in range(300):
        reader.get(f"/en/{number}/")
    assert sum(page.size for page in store.pages.values()) <= 400_000


def test_pages_that_are_asked_for_outlive_those_that_are_not(pages, settings):
    settings.PAGES_MEMORY = 400_000
    reader = Reader(pages)
    for number in range(300):
        reader.get(f"/en/{number}/")
        reader.get("/en/wanted/")
    assert pages.made.count("/en/wanted/?") == 1


# --------------------------------------------------------------------------- disk


@pytest.fixture
def on_disk(settings, tmp_path):
    settings.PAGES_ON_DISK, settings.PAGES_ROOT = True, tmp_path


def whole(tmp_path):
    return [path for path in tmp_path.glob("kept/*/*") if not path.suffix]


def written(tmp_path):
    deadline = time.monotonic() + 10
    while not whole(tmp_path):
        assert time.monotonic() < deadline


def test_pages_on_disk_outlive_a_restart(pages, on_disk, counters, tmp_path):
    Reader(pages).get("/en/")
    written(tmp_path)
    restarted = Reader(pages)
    assert not restarted.get("/en/").made
    assert restarted.get("/en/").body == ANSWER


def test_a_page_on_disk_that_is_out_of_date_answers_only_in_an_outage(
    pages, on_disk, counters, tmp_path
):
    Reader(pages).get("/en/")
    written(tmp_path)
    change("a tag")
    restarted = Reader(pages)
    away(pages)
    answer = restarted.get("/en/")
    assert (answer.status, answer.body) == (200, ANSWER)
    assert answer.headers["cache-status"] == "portal; hit; detail=away"


def test_letters_are_not_kept_on_disk(pages, on_disk, counters, tmp_path):
    reader = Reader(pages)
    pages.recallable = True
    reader.get("/en/letters/")
    pages.recallable = False
    reader.get("/en/")
    written(tmp_path)
    assert len(whole(tmp_path)) == 1
