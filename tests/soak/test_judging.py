"""What `make soak` says of what it found."""

import subprocess
import sys

import pytest

from tests.soak import judging


def samples(*sizes):
    """A size for every fifth of the time."""
    return [(second, sizes[second // 20]) for second in range(100)]


@pytest.fixture
def findings():
    """Of a run in which everything held."""
    found = judging.Findings()
    found.answered("reading", 3.0)
    found.read_back(True, "a page")
    found.memory["server"] = samples(50, 100, 101, 103, 104)
    return found


def test_memory_that_settles_is_flat(findings):
    assert judging.missed(findings) == []


@pytest.mark.parametrize("last", [106, 94])
def test_memory_that_goes_on_growing_or_shrinking_is_not(findings, last):
    findings.memory["server"] = samples(50, 100, 102, 104, last)
    assert len(judging.missed(findings)) == 1


def test_a_jump_for_a_moment_is_not_growth(findings):
    findings.memory["server"][90] = (90, 400)
    assert judging.missed(findings) == []


def test_one_error_is_too_many(findings):
    findings.went_wrong("reading", "500")
    assert judging.missed(findings) == ["1 errors"]


def test_one_reading_out_of_date_is_too_many(findings):
    findings.read_back(False, "a page")
    assert judging.missed(findings) == ["1 of 2 readings were out of date"]


def test_who_reads_nothing_back_has_shown_nothing(findings):
    findings.checked = 0
    assert judging.missed(findings) == ["nothing was read back"]


def test_too_short_a_run_says_nothing_of_memory(findings):
    findings.memory["server"] = samples(1, 1, 1, 1, 1)[:9]
    assert judging.missed(findings) == ["server was watched too shortly"]
    assert "server" not in judging.table(findings)


def test_of_a_hundred_requests_the_slowest_but_one_is_the_ninety_ninth():
    assert judging.share(range(1, 101), 50) == 51
    assert judging.share(range(1, 101), 99) == 100
    assert judging.share([7], 99) == 7


HOLDS = "import sys; held = bytearray(int(sys.argv[1])); print('here', flush=True); input()"


def memory_of_one_that_holds(size):
    command = [sys.executable, "-c", HOLDS, str(size)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        found = judging.own_memory(process.pid)
        process.communicate(b"\n")
    return found


def test_the_memory_of_a_process_is_measured():
    more = memory_of_one_that_holds(30_000_000) - memory_of_one_that_holds(0)
    assert 27 < more < 31


def test_who_has_ended_holds_nothing():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        assert judging.own_memory(process.pid) == 0


def test_what_a_server_complains_of_is_an_error(tmp_path):
    log = tmp_path / "log"
    log.write_text("started\nTraceback (most recent call last):\n  File\nKeyError: 'x'\n")
    assert len(judging.complaints(log)) == 1
