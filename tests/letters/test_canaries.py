"""Letters by web and by mail, published, declined, taken back and past their time: what is
private is found nowhere where it must not be, and what is gone is gone.
"""

from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from types import SimpleNamespace

import pytest
import requests
import time_machine
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from home.models import HomePage
from letters.intake import receipt
from letters.mail import arrive, keep  # noqa: F401 (does what comes by mail)
from letters.models import LetterIndexPage, Submission
from portal import clock, outbox, wipe
from portal.models import Job
from tests.environment import FOLDER, POSTGRESQL
from tests.letters import sweep
from tests.letters.browser import Browser
from tests.letters.test_killed import until
from tests.letters.writer import SAME_ORIGIN, Writer
from tests.outages import Redis
from tests.people import person
from tests.portal.pictures import exif, red_left_blue_right, saved
from tests.portal.test_errors import database_away
from tests.server import free_port
from tests.trees import child

pytestmark = [
    # Wagtail leaves the files open that it makes sizes in.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# What says who she is or where she was.
ADDRESSES = ["203.0.113.9", "2001:db8:85a3:7::8a2e"]
VISITOR = {
    "User-Agent": "canary-browser/7.1",
    "Referer": "http://127.0.0.1/canary-referrer",
    "Accept-Language": "en-canary-accepts",
}
FILE_NAME = "canary-file-2a7.jpg"
CONTACT = "canary-contact-1f3@mail.example"
APPEAL = "canary-appeal-5b2"
BLANKED = "canary-blanked-8e1"  # by a moderator: gone from what readers see
HERS = "canary-hers-6d4"  # by herself, with her receipt: gone altogether
EXIF = "canary-4a7d"
HEADERS = ["canary-mailer", "canary-message", "canary-sender"]
NOWHERE = [
    *ADDRESSES,
    *("canary-browser", "canary-referrer", "canary-accepts"),
    *(FILE_NAME, CONTACT, APPEAL, EXIF, *HEADERS),
]
# Where the words of a letter may stand as long as it is there.
HOLD_WORDS = {"letters_submission", "letters_letter"}
YES = dict.fromkeys(["may_publish_words", "may_publish_picture", "may_quote"], "on")
STORIES = ["withdrawn", "declined", "expired", "mailed"]


def words(story):
    mine = f" {HERS}" if story == "expired" else ""
    return f"Dear friend, canary-words-{story} is what I wish you,{mine} and {BLANKED}-{story}."


def photo():
    data = saved(red_left_blue_right(600, 400), "JPEG", exif=exif(), comment=EXIF.encode())
    return FILE_NAME, data, "image/jpeg"


def network(number):
    return VISITOR | {"X-Forwarded-For": ADDRESSES[number % 2]}


class Sink:
    def __init__(self):
        self.port, self.mails = free_port(), {}

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        # The answer goes to her; beyond that it says nothing of her.
        said = envelope.content.replace(f"To: {CONTACT}".encode(), b"")
        self.mails[len(self.mails)] = said
        return "250 OK"


@pytest.fixture
def sink(settings):
    sink = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture
def cache():
    redis = Redis().start()
    yield redis
    redis.kill()


@pytest.fixture
def house(transactional_db, request, start, cache, sink, tmp_path):
    """The portal with its worker, and all that it writes to."""
    site = request.getfixturevalue("site")
    child(site.en, LetterIndexPage, "Letters", slug="letters")
    server = start(
        workers=2,
        WORKER_IN_SERVER="true",
        TRUSTED_PROXIES="1",
        CACHE_URL=cache.url,
        EMAIL_URL=f"smtp://127.0.0.1:{sink.port}",
        TMPDIR=str(tmp_path),
    )
    return SimpleNamespace(server=server, cache=cache, sink=sink, temporary=tmp_path)


# ------------------------------------------------------------------------ the journeys


def writes_and_sends(house, number, story):
    """Returns her receipt."""
    alice = Writer(Browser(house.server, **network(number))).open()
    filled = {"title": f"Canary-title-{story}", "words": words(story), "signature": "Ana"}
    alice.press(**filled, picture=photo(), picture_alt="A page", contact=CONTACT)
    assert alice.response.status_code == 200, alice.text
    digits = alice.press(step="send", contact=CONTACT, **YES).receipt
    assert digits
    return digits


def does(house, digits, step, **more):
    browser = Browser(house.server, **network(0))
    data = {"receipt": digits, "step": step, **more}
    answer = browser.post("/en/receipt/", data, headers=SAME_ORIGIN)
    assert answer.status_code == 200
    return answer.text


def mails():
    """Her mail with a picture; its answer goes out."""
    mail = EmailMessage()
    mail.set_content(words("mailed"))
    mail["From"] = f"canary-sender <{CONTACT}>"
    mail["To"] = "letters+answer@portal.example"
    mail["Subject"] = "Canary-title-mailed"
    mail["Message-ID"] = make_msgid("canary-message", domain="mail.example")
    mail["X-Mailer"] = "canary-mailer"
    mail["Received"] = f"from [{ADDRESSES[0]}] by mail.example"
    name, data, _type = photo()
    mail.add_attachment(data, "image", "jpeg", filename=name)
    assert keep.store(mail.as_bytes())


def work_is_done(seconds=60):
    def is_done():
        outbox.drain()
        return not Job.objects.exists()

    until(is_done, seconds)


def goes_wrong(house):
    """Every way in which an answer can fail, with words in it."""
    browser, statuses = Browser(house.server, **network(1)), []
    form, data = "/en/write/survivor/", {"words": "canary-lost", "contact": CONTACT}

    def asks(address, data=None, **headers):
        headers = network(1) | SAME_ORIGIN | headers
        answer = requests.request(
            "GET" if data is None else "POST",
            house.server.address + address,
            data=data,
            headers=headers,
            timeout=60,
        )
        statuses.append(answer.status_code)

    asks("/en/?q=canary-lost", Host="canary-lost.example")
    asks(form, data, **{"sec-fetch-site": "cross-site"})
    asks("/en/canary-lost/?q=canary-lost")
    asks("/en/canary-lost/", data)
    asks(form, {"words": "ش" * 1_500_000 + "canary-lost"})
    asks(form, {**data, "words": "", "title": "canary-lost"})
    asks("/en/receipt/", {"receipt": "canary-lost"})
    with database_away():
        asks("/en/canary-lost/")
        asks(form, data)
    with broken_home():
        asks("/es/?q=canary-lost")
        # Connections from before the database was away may be noticed only now.
        for _try in range(40):
            if statuses[-1] == 500:
                break
            asks("/es/?q=canary-lost")
    while statuses[-1] != 429:
        asks("/en/receipt/", {"receipt": "1234 5678 9012 3456 7890", "appeal": "canary-lost"})
    assert browser.get("/en/").status_code == 200
    return set(statuses)


@contextmanager
def broken_home():
    table, home = HomePage._meta.db_table, HomePage.objects.get(locale__language_code="es")
    broken = '[{"type": "facts", "value": {"title": "x", "items": 5}, "id": "1"}]'
    with connection.cursor() as cursor:
        update = f"UPDATE {table} SET body = %s WHERE page_ptr_id = %s"
        cursor.execute(update, [broken, home.pk])
        yield
        cursor.execute(update, ["[]", home.pk])


def everything_but_the_tables(house):
    logs = {path.name: path.read_bytes() for path in FOLDER.glob("server-*.log")}
    public = ["/en/", "/en/letters/", "/en/letters.atom", "/sitemap.xml", "/en/letters/?q=canary"]
    return {
        **sweep.folders(house.temporary),
        **logs,
        **sweep.cache(house.cache.url),
        **{f"mail {number}": content for number, content in house.sink.mails.items()},
        **sweep.exports(),
        **sweep.pages(Browser(house.server), *public),
    }


def test_nothing_private_is_found_anywhere_and_what_is_gone_is_gone(house):
    receipts = {
        story: writes_and_sends(house, number, story) for number, story in enumerate(STORIES[:3])
    }
    mails()
    work_is_done()
    assert len(house.sink.mails) == 1
    moderator = person("amal", "Moderators", reads=["en"])
    found = {story: receipt.find(digits) for story, digits in receipts.items()}
    found["mailed"] = Submission.objects.get(way="mail")
    for story in ("withdrawn", "expired"):
        start = words(story).index(BLANKED)
        gap = ("words", start, start + len(f"{BLANKED}-{story}"), "name")
        found[story].publish(moderator, redactions=[gap])
    found["declined"].decline(moderator, "names-a-private-person")
    assert "we left out words" in does(house, receipts["expired"], "blank", phrases=HERS)
    assert "wait" in does(house, receipts["declined"], "appeal", appeal=APPEAL)
    work_is_done()
    addresses = [
        Submission.objects.get(pk=found[story].pk).letter.address
        for story in ("withdrawn", "expired")
    ]
    statuses = goes_wrong(house)
    assert {400, 403, 404, 413, 422, 429, 500, 503} <= statuses

    # While they are there: her words where they belong, and nothing else anywhere.
    tables, others = sweep.every_table(), everything_but_the_tables(house)
    shown = sweep.pages(Browser(house.server), *addresses)
    assert sum(b"canary-words" in page for page in shown.values()) == 2
    nowhere = [*NOWHERE, "canary-lost"]
    assert not sweep.where(nowhere, tables | others | shown | sweep.raw_database())
    assert {name for name, _word in sweep.where(["canary-words"], tables)} == HOLD_WORDS
    assert {name for name, _word in sweep.where(["canary-title"], tables)} == HOLD_WORDS
    assert {name for name, _word in sweep.where([BLANKED], tables)} == {"letters_submission"}
    assert not sweep.where([BLANKED], others | shown)
    assert not sweep.where([HERS], tables | others | shown)
    # Of those that are not public nothing is to be seen.
    unseen = [
        f"canary-{part}-{story}" for part in ("words", "title") for story in ("declined", "mailed")
    ]
    assert not sweep.where(unseen, others | shown | {"letters": tables["letters_letter"]})

    # One is taken back, the others are decided and past their time.
    sweep.empty(house.cache.url)  # the minute in which receipts wait is over
    assert "taken back" in does(house, receipts["withdrawn"], "withdraw")
    found["mailed"].refresh_from_db()
    found["mailed"].decline(moderator, "spam")
    found["declined"].refresh_from_db()
    found["declined"].decline(moderator, "spam")
    work_is_done()
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        for _interval, task in clock.tasks.values():
            task()
    assert Submission.objects.filter(erased=True).count() == 4
    if not POSTGRESQL:
        until(wipe.empty_the_log)
    tables, others = sweep.every_table(), everything_but_the_tables(house)
    raw = sweep.raw_database()
    gone = [
        f"canary-{part}-{story}"
        for part in ("words", "title")
        for story in ("withdrawn", "declined", "mailed")
    ]
    assert not sweep.where([*nowhere, *gone, BLANKED, HERS], tables | others | raw)
    assert {name for name, _word in sweep.where(["canary-words"], tables)} == {"letters_letter"}
    shown = sweep.pages(Browser(house.server), *addresses)
    assert [b"canary-words" in page for page in shown.values()] == [False, True]
    kept = [name for name in others if "/private/" in name and b"\n" in others[name][:99]]
    assert len([name for name in kept if "/letters/" in name]) == 0
