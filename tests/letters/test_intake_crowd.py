"""Many at a time, against real servers: nothing twice, nothing lost, nobody known."""

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from letters.intake.receipt import find
from letters.models import Submission
from tests.environment import FOLDER, WORKER

WORDS = "You are not alone, and we believe you."
ADDRESS = "203.0.113.9"
BROWSER = "canary-browser/7.1"


def post(address, data, **headers):
    request = urllib.request.Request(
        address,
        urllib.parse.urlencode(data).encode(),
        {"Sec-Fetch-Site": "same-origin", "User-Agent": BROWSER, **headers},
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def token(server, **headers):
    _status, page = post(f"{server}/en/write/survivor/", {"words": WORDS}, **headers)
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def receipt(page):
    return re.sub(r"\D", "", re.search(r'id="receipt">(.*?)</p>', page, re.DOTALL)[1])


def test_fifty_equal_posts_to_two_servers_make_one_letter(serve):
    servers = [serve(), serve()]
    data = {"words": WORDS, "token": token(servers[0])}

    def send(number):
        return post(f"{servers[number % 2]}/en/write/survivor/send/", data)

    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(send, range(50)))
    assert {status for status, _page in answers} == {200}
    assert len({receipt(page) for _status, page in answers}) == 1
    assert Submission.objects.count() == 1


class Crowd:
    """Fifty writers, each in a network of her own, all of whom send at the same moment."""

    def __init__(self, server):
        self.server, self.acknowledged = server, {}
        with ThreadPoolExecutor(10) as crowd:
            self.letters = dict(zip(range(50), crowd.map(self.letter, range(50)), strict=True))

    def letter(self, number):
        network = {"X-Forwarded-For": f"198.51.{number}.7"}
        words = f"{WORDS} {number}"
        return {"words": words, "token": token(self.server.address, **network)}, network

    def send(self, number):
        """Notes the receipt that she sees, if she sees one."""
        data, network = self.letters[number]
        try:
            status, page = post(f"{self.server.address}/en/write/survivor/send/", data, **network)
        except (OSError, http.client.HTTPException):
            return None
        if status == 200:
            self.acknowledged[number] = receipt(page)
        return status

    def send_all(self, numbers=range(50)):
        with ThreadPoolExecutor(50) as crowd:
            return list(crowd.map(self.send, numbers))


def test_fifty_writers_in_fifty_networks_all_get_a_receipt_of_their_own(start):
    crowd = Crowd(start(workers=2, TRUSTED_PROXIES="1"))
    assert set(crowd.send_all()) == {200}
    assert len(set(crowd.acknowledged.values())) == 50
    assert Submission.objects.count() == 50


def test_when_all_processes_are_killed_amid_fifty_nothing_acknowledged_is_lost(start):
    crowd = Crowd(start(workers=2, TRUSTED_PROXIES="1"))
    with ThreadPoolExecutor(1) as aside:
        sending = aside.submit(crowd.send_all)
        while len(crowd.acknowledged) < 10 and not sending.done():
            time.sleep(0.002)
        crowd.server.kill()
        sending.result()
    before = dict(crowd.acknowledged)
    assert 10 <= len(before) < 50
    for number, digits in before.items():
        assert find(digits).words == f"{WORDS} {number}"
    assert Submission.objects.count() <= 50
    crowd.server = start(workers=2, TRUSTED_PROXIES="1")
    # Those who saw no receipt try again, and two others press the button once more.
    waiting = [number for number in range(50) if number not in before]
    assert set(crowd.send_all([*waiting, *list(before)[:2]])) == {200}
    assert before.items() <= crowd.acknowledged.items()
    assert len(set(crowd.acknowledged.values())) == 50
    assert Submission.objects.count() == 50


def test_no_address_and_no_browser_is_written_anywhere(serve):
    server = serve(TRUSTED_PROXIES="1")
    network = {"X-Forwarded-For": ADDRESS}
    data = {"words": WORDS, "token": token(server, **network)}
    for answer in (
        post(f"{server}/en/write/survivor/send/", data, **network),
        post(f"{server}/en/write/survivor/", {"words": ""}, **network),
        post(f"{server}/en/write/survivor/", data, **network | {"Sec-Fetch-Site": "cross-site"}),
        post(f"{server}/en/write/nobody/", data, **network),
    ):
        assert answer[0] in (200, 403, 404, 422)
    folders = [path for path in FOLDER.rglob("*") if path.is_file() and WORKER in str(path)]
    logs = list(FOLDER.glob("server-*.log"))
    assert logs
    for path in folders + logs:
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # a side file of SQLite, gone with the server that had it open
            continue
        assert ADDRESS.encode() not in content, path
        assert BROWSER.encode() not in content, path
