import pytest

from tests.letters.writer import Writer
from tests.people import person, signed_in


@pytest.fixture
def amal(db):
    """Reads Arabic and English."""
    return person("amal", "Moderators", reads=["ar", "en"])


@pytest.fixture
def desk(client, amal):
    return signed_in(client, amal)


@pytest.fixture
def alice(site, client):
    """Writes a letter in her browser: `alice.open().press(words=WORDS).press(step="send")`."""
    return Writer(client)


@pytest.fixture(autouse=True)
def easy_sums(monkeypatch):
    monkeypatch.setattr("letters.intake.work.BITS", 4)
