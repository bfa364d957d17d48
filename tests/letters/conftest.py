import pytest

from tests.people import person, signed_in


@pytest.fixture
def amal(db):
    """Reads Arabic and English."""
    return person("amal", "Moderators", reads=["ar", "en"])


@pytest.fixture
def desk(client, amal):
    return signed_in(client, amal)
