"""The settings of the letters' mailbox."""

import pytest
from environs import ValidationError

from letters.mail import address
from portal import environment


def test_the_address_of_a_mailbox_is_taken_apart(settings):
    settings.IMAP_URL = "imaps://ana%40mail.example:a%2Fb%3A@mail.example:1993/Post/Letters"
    said = address.configured()
    assert said == ("imaps", "mail.example", 1993, "ana@mail.example", "a/b:", "Post/Letters")
    settings.IMAP_URL = "imap://ana:b@mail.example"
    assert address.configured()[2:] == (143, "ana", "b", "INBOX")
    settings.IMAP_URL = ""
    assert address.configured() is None


def test_it_does_not_tell_the_password(settings):
    settings.IMAP_URL = "imaps://ana:canary@mail.example"
    assert "canary" not in repr(address.configured())


@pytest.mark.parametrize(
    "url",
    [
        *("https://a:b@mail.example", "imaps://mail.example", "imaps://a@mail.example", "INBOX"),
        *("imaps://a:b@", "imaps://a:b@mail.example:none", "imaps://a:b@[mail"),
    ],
)
def test_an_address_that_leads_nowhere_stops_the_start(url):
    with pytest.raises(ValidationError):
        environment.imap(url)


def test_a_short_secret_stops_the_start():
    environment.secret("")
    environment.secret("x" * 40)
    with pytest.raises(ValidationError):
        environment.secret("x" * 39)
