"""Two machines behind one nginx: what is done on one is so on the other, and one may die."""

import gzip
import threading
import time

import brotli
import pytest
import requests
from django.db import connection

from letters.models import Letter
from tests.environment import WORKER
from tests.letters.receipts import alices_letter
from tests.nodes import Nodes
from tests.trees import publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.two_machines]
ENCODINGS = ["br", "gzip", "identity"]
SECOND = 1.0


@pytest.fixture
def nodes(site):
    connection.close()
    nodes = Nodes(WORKER)
    yield nodes
    nodes.stop()


def read(address, encoding="br"):
    """(status, words)"""
    headers = {"Accept-Encoding": encoding, "Connection": "close"}
    with requests.get(address, headers=headers, stream=True) as answer:
        body = answer.raw.read(decode_content=False)
        packed = answer.headers.get("Content-Encoding", "identity")
        assert packed == encoding or answer.status_code != 200
    if packed == "br":
        body = brotli.decompress(body)
    elif packed == "gzip":
        body = gzip.decompress(body)
    return answer.status_code, body.decode()


def everywhere(nodes, path):
    """What each machine says, the second one first, and nginx; in every encoding."""
    places = [*(server.address for server in reversed(nodes.servers)), nodes.address]
    return [read(place + path, encoding) for place in places for encoding in ENCODINGS]


def until_all(nodes, path, is_right, seconds):
    deadline = time.monotonic() + seconds
    while not all(is_right(*said) for said in everywhere(nodes, path)):
        assert time.monotonic() < deadline, f"{path} was not so in time"


def published_letter():
    """Alice's, and her receipt."""
    submission, digits = alices_letter()
    submission.publish(None)
    return Letter.objects.get(submission=submission), digits


def test_what_is_published_on_one_is_read_on_the_other_within_a_second(nodes, site):
    until_all(nodes, "/en/", lambda status, words: "Home en" in words, 30)
    assert any(key.endswith("/en/") for key in nodes.nginx.kept())
    for number in range(3):
        site.en.title = f"Changed {number}"
        publish(site.en)
        until_all(nodes, "/en/", lambda _status, words: site.en.title in words, SECOND)


def test_a_letter_taken_back_on_one_is_gone_everywhere_when_her_receipt_says_so(nodes, site):
    letter, digits = published_letter()
    until_all(nodes, letter.address, lambda status, _words: status == 200, 30)
    assert any(key.endswith(letter.address) for key in nodes.nginx.kept())
    answer = requests.post(
        f"{nodes.servers[0].address}/en/receipt/",
        {"receipt": digits, "step": "withdraw"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    said = everywhere(nodes, letter.address)
    assert answer.status_code == 200
    assert [status for status, _words in said] == [404] * len(said)
    assert not any("says Alice" in words for _status, words in said)
    assert not any(key.endswith(letter.address) for key in nodes.nginx.kept())


def test_readers_do_not_notice_that_one_dies(nodes, site):
    until_all(nodes, "/en/", lambda status, _words: status == 200, 30)
    wrong, done = [], threading.Event()
    read_so_far = [0] * 4

    def reads(number):
        # Some out of nginx's memory, most from the machines behind it.
        addresses = ["/en/", "/es/", "/en/write/survivor/", f"/en/?unknown={number}"]
        while not done.is_set():
            for address in addresses:
                for encoding in ENCODINGS:
                    try:
                        status, _words = read(nodes.address + address, encoding)
                    except (requests.RequestException, AssertionError) as reason:
                        status = repr(reason)
                    if status != 200:
                        wrong.append((address, encoding, status))
                    read_so_far[number] += 1

    def wait_for(more):
        wanted = sum(read_so_far) + more
        deadline = time.monotonic() + 30
        while sum(read_so_far) < wanted:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    threads = [threading.Thread(target=reads, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        wait_for(200)
        nodes.servers[0].kill()
        wait_for(600)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
