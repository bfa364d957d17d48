"""The mirror of the demo, served from a folder by a plain file server, and walked through link by
link: what a person meets who has nothing but the copy."""

import gzip
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import urlsplit

import brotli
import pytest

from tests import markup
from tests.portal.walk import Walk

pytestmark = pytest.mark.one_database

WORDS = """
import json
from letters.models import Letter
from portal.renditions import ReadyPicture
public = Letter.objects.public()
print("[json]" + json.dumps({
    "words": [part.strip() for letter in public
        for text in (letter.words, letter.transcript) for part in text.splitlines()],
    "others": [text for letter in public for text in (letter.picture_alt, letter.code) if text],
    "addresses": [letter.address for letter in public],
    "pictures": [rendition.file.name for letter in public if letter.picture
        for rendition in letter.picture.renditions.all()],
}))
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope="module")
def letters(demo):
    """What the demo's letters hold, in their own words."""
    printed = demo.manage("shell", "-c", WORDS)
    found = json.loads(printed.partition("[json]")[2])
    assert len(found["addresses"]) > 30 and len(found["pictures"]) > 5
    return SimpleNamespace(**found)


@pytest.fixture(scope="module")
def served(demo, tmp_path_factory):
    """.plain and .with_letters: each has .folder, .address, .said (by the command)."""
    root = tmp_path_factory.mktemp("mirrors")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    found = SimpleNamespace()
    for name, options in [("plain", []), ("with_letters", ["--letters"])]:
        # In a folder of the server: nothing may depend on being at its root.
        said = demo.manage("mirror", str(root / name), *options)
        made = SimpleNamespace(folder=root / name, address=f"{origin}/{name}/", said=said)
        setattr(found, name, made)
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def walks(served):
    return [Walk(served.plain.address), Walk(served.with_letters.address)]


@pytest.fixture(scope="module")
def base_url(demo):
    return demo.environment["BASE_URL"]


def files(folder):
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def pages_of_sitemaps(live):
    """The paths that the live site names."""
    index = Walk.get(f"{live}/sitemap.xml")
    found = []
    for sitemap in Walk.named_in(index.body):
        found += Walk.named_in(Walk.get(live + urlsplit(sitemap).path).body)
    return [urlsplit(address).path for address in found]


def test_every_link_within_leads_somewhere(walks):
    for walk in walks:
        assert {visit.address: visit.status for visit in walk.visits if visit.status != 200} == {}
    plain, with_letters = (len(walk.pages) for walk in walks)
    assert plain > 100 and with_letters > plain + 30


def test_every_file_is_reached_from_the_front_page_or_the_sitemap(walks, served, live):
    for_machines = {path.removeprefix("/") + "index.html" for path in pages_of_sitemaps(live)}
    for walk, mirror in zip(walks, (served.plain, served.with_letters), strict=True):
        reached = {visit.address.removeprefix(mirror.address) for visit in walk.visits}
        there = {path.relative_to(mirror.folder).as_posix() for path in files(mirror.folder)}
        there = {name for name in there if not name.endswith((".br", ".gz", ".xml"))}
        assert there - reached - for_machines == {".mirror", "robots.txt"}


def test_no_page_of_the_live_site_is_missing(served, live):
    named = pages_of_sitemaps(live)
    letters = [path for path in named if "/letter/" in path]
    assert len(named) > 100 and len(letters) > 30
    for path in named:
        file = path.removeprefix("/") + "index.html"
        assert (served.plain.folder / file).exists() == (path not in letters), path
        assert (served.with_letters.folder / file).exists(), path


def test_without_letters_there_is_no_word_of_one(served, letters):
    everything = b"\n".join(
        path.read_bytes() for path in files(served.plain.folder) if path.suffix not in {".br"}
    ).decode("utf-8", "replace")
    longer = [words for words in letters.words if len(words) > 25]
    assert len(longer) > 30
    assert [words for words in longer if words in everything] == []
    assert [words for words in letters.others if words in everything] == []
    assert "data-letter" not in everything
    media = served.plain.folder / "media"
    assert [name for name in letters.pictures if (media / name).exists()] == []
    assert not list(served.plain.folder.rglob("*.atom"))


def test_with_letters_their_words_and_pictures_are_there(served, letters):
    pages = "\n".join(
        path.read_text("utf-8") for path in served.with_letters.folder.rglob("*.html")
    )
    assert [code for code in letters.others if code.isalnum() and code not in pages] == []
    assert list(served.with_letters.folder.rglob("*.atom"))
    kept = [name for name in letters.pictures if name.endswith((".jpg", ".avif", ".webp"))]
    assert (served.with_letters.folder / "media" / kept[0]).exists()


def test_the_gallery_says_where_letters_are_read(walks, base_url):
    plain, with_letters = walks
    gallery = plain.at("ar/rasail/index.html")
    assert (base_url + "/ar/rasail/", "external") in gallery.links_with_rel
    assert "letters-elsewhere" not in with_letters.at("ar/rasail/index.html").body.decode()
    assert not plain.at("ar/rasail/index.html").find("article")


def test_the_gallery_goes_on_and_back_again(walks, letters):
    _plain, walk = walks
    shown, page, newer = set(), walk.at("en/letters/index.html"), None
    while page is not None:
        shown |= {
            address for address in page.within if "/letter/" in address and "report" not in address
        }
        back = page.with_rel("prev")
        assert (walk.visit(back[0]) if back else None) is newer
        older = page.with_rel("next")
        page, newer = (walk.visit(older[0]) if older else None), page
    assert len(shown) == len(letters.addresses)


def test_forms_lead_to_the_live_site_and_nothing_is_typed_into_a_copy(walks, base_url):
    found = 0
    for walk in walks:
        for page in walk.pages:
            for form in page.find("form"):
                found += 1
                assert form.get("action").startswith(base_url + "/"), page.address
                assert form.get("method", "get").lower() == "get", page.address
            assert not page.find("textarea") and b"csrfmiddleware" not in page.body
            assert base_url + "/" + page.language + "/receipt/" in page.everywhere, page.address
    assert found > 10


def test_writing_leads_to_the_live_site(walks, base_url):
    home = walks[0].at("es/index.html")
    for kind in ("decision-maker", "survivor"):
        assert f"{base_url}/es/write/{kind}/" in home.everywhere


def test_every_page_says_that_it_is_a_copy_and_where_the_site_is(walks, base_url):
    for walk in walks:
        for page in walk.pages:
            (said,) = [time for time in page.find("time") if page.is_of_copy(time)]
            assert said.get("datetime"), page.address
            live = [link for link, rel in page.links_with_rel if rel == "external"]
            assert live[0].startswith(base_url), page.address
            assert "mailto:ideas@letters.example" in page.everywhere, page.address


def test_the_way_out_leads_straight_to_the_neutral_page(walks):
    walk = walks[0]
    helplines = walk.at("ar/helplines/index.html")
    (leave,) = [a for a in helplines.find("a") if a.get("data-exit") is not None]
    assert leave.get("href").startswith("https://") and "/exit/" not in leave.get("href")
    assert not [page.address for page in walk.pages if "/exit/" in page.body.decode()]


def test_the_front_page_names_every_language(walks):
    front = walks[0].at("index.html")
    named = {a.get("hreflang"): a.get("href") for a in front.find("a") if a.get("hreflang")}
    assert named == {
        code: f"{code}/index.html" for code in ("ar", "en", "es", "fr", "hi", "zh-hans")
    }


def test_a_page_says_in_itself_what_servers_say_in_headers(walks, base_url):
    for page in walks[0].pages:
        said = {e.get("http-equiv") or e.get("name"): e.get("content") for e in page.find("meta")}
        policy = said["Content-Security-Policy"]
        assert "default-src 'none'" in policy and f"form-action {base_url}" in policy
        assert "unsafe" not in policy and said["referrer"] == "same-origin"
        assert b"wagtail-userbar" not in page.body


def test_the_html_is_valid(walks):
    assert {p.address: faults for p in walks[0].pages if (faults := markup.faults(p.body))} == {}


def test_twins_say_the_same_as_their_files(served):
    twins = 0
    for path in files(served.with_letters.folder):
        if path.suffix in (".html", ".css", ".js", ".svg", ".xml", ".txt", ".atom"):
            data = path.read_bytes()
            assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == data
            assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == data
            twins += 1
    assert twins > 200


@pytest.mark.browser
def test_it_opens_from_the_file_system(browser, served, base_url):
    context = browser.new_context()
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto((served.plain.folder / "index.html").as_uri())
    page.click("a[hreflang=ar] >> nth=0")
    assert page.evaluate("document.dir") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).display") != "block"
    page.goto((served.plain.folder / "en/helplines/index.html").as_uri())
    assert page.is_visible("[data-scripted]")  # the script is there as well
    page.click(".menu a >> nth=0")
    assert page.url.startswith("file://") and page.url.endswith("/en/campaigns/index.html")
    assert faults == []
    context.close()
