import pytest
from django.core.cache import cache

from letters.mail import arrive, timetable  # noqa: F401 - their jobs and tasks
from portal import outbox
from tests.letters.mail import servers


@pytest.fixture(scope="session")
def dovecot():
    with servers.dovecot() as server:
        yield server


@pytest.fixture
def mailbox(dovecot, settings, request):
    """A new mailbox on a real IMAP server, in the settings: `mailbox.deliver(mail)`,
    `mailbox.count()`."""
    user = f"user{abs(hash(request.node.nodeid))}"

    class Account:
        server, name = dovecot, user

        def deliver(self, *mails, **options):
            dovecot.deliver(user, *mails, **options)

        def count(self, **options):
            return dovecot.count(user, **options)

    settings.IMAP_URL = dovecot.account(user)
    settings.IMAP_CA_FILE = dovecot.certificate
    return Account()


@pytest.fixture
def sink(settings):
    """A real SMTP server, to which the settings send mail."""
    cache.clear()  # of what was counted
    with servers.sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "noreply@portal.example"
        yield server


@pytest.fixture
def work():
    """Does what is in the outbox."""
    return outbox.drain
