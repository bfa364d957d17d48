"""Several processes on one database: what changes in one is seen in all of them."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import requests
from django.db import connection

from letters.models import Letter
from tests.environment import FOLDER, WORKER
from tests.letters.test_killed import until
from tests.portal.cached import own_counters
from tests.portal.test_errors import database_away
from tests.trees import publish

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = 1.0


def read(server, path="/en/"):
    # A connection of its own each time: any of the server's processes may answer.
    return requests.get(server + path, headers={"Connection": "close"})


def all_say(servers, words, path="/en/", within=SECOND):
    """Until every process of every server says so."""
    deadline = time.monotonic() + within
    for server in servers:
        right = 0
        while right < 12:  # in a row: with two processes it is not by chance
            right = right + 1 if words in read(server, path).text else 0
            assert time.monotonic() < deadline or right, f"{server}{path} is out of date"


@pytest.fixture
def front():
    """A front cache that only notes what it is to forget. Gives its address and those."""
    purged = []

    class Front(BaseHTTPRequestHandler):
        def do_PURGE(self):
            purged.append(f"{self.headers['Host']}{self.path}")
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield SimpleNamespace(address=f"http://127.0.0.1:{server.server_port}", purged=purged)
    server.shutdown()
    thread.join()
    server.server_close()


def titled(page, title):
    page.title = title
    publish(page)


def test_what_is_published_is_seen_by_every_process_within_a_second(start, site):
    one, other = start(workers=2).address, start().address
    all_say([one, other], "Home en", within=30)
    for number in range(5):
        titled(site.en, f"Changed {number}")
        all_say([one, other], f"Changed {number}")


def test_machines_that_share_nothing_but_the_database_tell_each_other(start, site):
    there = start(PAGES_ROOT=str(FOLDER / WORKER / "elsewhere")).address
    here = start().address
    all_say([here, there], "Home en", within=30)
    for number in range(5):
        titled(site.en, f"Changed {number}")
        all_say([here, there], f"Changed {number}")


def test_who_dies_right_after_the_transaction_has_told_it_all_the_same(start, site, tmp_path):
    server = start().address
    all_say([server], "Home en", within=30)
    with own_counters(tmp_path):  # not those of the server
        titled(site.en, "Changed")
    all_say([server], "Changed")


def test_another_process_listens_when_the_one_that_did_is_killed(start, site):
    elsewhere = str(FOLDER / WORKER / "elsewhere")
    first, second = start(PAGES_ROOT=elsewhere), start(PAGES_ROOT=elsewhere)
    all_say([first.address, second.address], "Home en", within=30)
    first.kill()
    titled(site.en, "Changed")
    all_say([second.address], "Changed", within=3 * SECOND)


def test_a_hidden_letter_is_gone_from_every_process_at_once(start, site):
    letter = Letter.objects.create(kind="survivor", language="en", words="You are not alone.")
    server = start(workers=2).address
    all_say([server], "You are not alone.", letter.address, within=30)
    letter.hide()
    for _time in range(12):
        assert read(server, letter.address).status_code == 404


def behind(front, start, folder):
    """Two processes of one machine that purge what they have given away: their addresses."""
    own = {"FRONT_CACHES": front.address, "PAGES_ROOT": str(folder)}
    servers = [start(**own).address for _number in range(2)]
    all_say(servers, "Home en", within=30)
    return servers


def test_front_caches_forget_what_another_process_has_changed(start, site, front, tmp_path):
    servers = behind(front, start, tmp_path)
    front.purged.clear()
    titled(site.en, "Changed")  # by this process, which keeps no page
    homes = {f"{urlsplit(server).netloc}/en/" for server in servers}
    until(lambda: homes <= set(front.purged))  # each has said so
    all_say(servers, "Changed")


def test_front_caches_forget_pages_that_have_been_made_anew_meanwhile(start, site, front, tmp_path):
    servers = behind(front, start, tmp_path)
    front.purged.clear()
    titled(site.en, "Changed")
    all_say(servers, "Changed")  # of other readers, before a process has looked for changes
    homes = {f"{urlsplit(server).netloc}/en/" for server in servers}
    until(lambda: homes <= set(front.purged))


def test_pages_stay_up_without_the_database_and_say_so(start, site):
    server = start().address
    all_say([server], "Home en", within=30)
    connection.close()
    with database_away():
        answer = read(server)
        assert (answer.status_code, "Home en" in answer.text) == (200, True)
        until(lambda: "Cache-Status" in read(server).headers)
        assert read(server, "/es/").status_code == 503
    until(lambda: "Cache-Status" not in read(server).headers)
    titled(site.en, "Back again")
    all_say([server], "Back again", within=3)
