"""Real mail servers on free ports of this machine: Dovecot, and a sink for SMTP."""

import datetime
import email
import grp
import imaplib
import ipaddress
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.server import free_port

PASSWORD, OTHER_PASSWORD = "pass/word@Dovecot", "für:Dovecot"
IN_URL, OTHER_IN_URL = "pass%2Fword%40Dovecot", "f%C3%BCr%3ADovecot"


def until(condition, seconds=60):
    """Waits until `condition()` holds and returns what it says."""
    deadline = time.monotonic() + seconds
    while not (said := condition()):
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.02)
    return said


def certificate(folder):
    """Writes cert.pem and key.pem for localhost; the certificate is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


class Dovecot:
    """`account("ana")` is the URL of a mailbox that nobody has used."""

    def __init__(self, folder, port, tls_port):
        self.folder, self.port, self.tls_port = folder, port, tls_port
        self.certificate = str(folder / "cert.pem")

    def account(self, user, scheme="imaps", port=None):
        port = port or (self.tls_port if scheme == "imaps" else self.port)
        return f"{scheme}://{user}:{IN_URL}@localhost:{port}/INBOX"

    @contextmanager
    def open(self, user, folder="INBOX"):
        context = ssl.create_default_context(cafile=self.certificate)
        client = imaplib.IMAP4_SSL("localhost", self.tls_port, ssl_context=context, timeout=20)
        try:
            client.authenticate("PLAIN", lambda _: f"\0{user}\0{PASSWORD}".encode())
            if folder != "INBOX":
                client.create(folder)
            client.select(folder)
            yield client
        finally:
            client.logout()

    def deliver(self, user, *mails, folder="INBOX"):
        with self.open(user, folder) as client:
            for mail in mails:
                raw = mail if isinstance(mail, bytes) else mail.as_bytes()
                status, said = client.append(folder, None, None, raw)
                assert status == "OK", said

    def count(self, user, folder="INBOX", which="ALL"):
        with self.open(user, folder) as client:
            return len(client.search(None, which)[1][0].split())


@contextmanager
def dovecot():
    """A Dovecot of this test's own: any user, one password, TLS or nothing."""
    folder = Path(tempfile.mkdtemp(prefix="portal-imap-"))
    certificate(folder)
    port, tls_port = free_port(), free_port()
    is_root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
    mail = folder / "mail"
    mail.mkdir()
    if is_root:
        folder.chmod(0o755)
        os.chown(mail, owner.pw_uid, owner.pw_gid)
    internal = "dovecot" if is_root else owner.pw_name
    login = "dovenull" if is_root else owner.pw_name
    group = "dovecot" if is_root else grp.getgrgid(owner.pw_gid).gr_name
    (folder / "dovecot.conf").write_text(
        f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = {owner.pw_uid}
first_valid_gid = 0
auth_failure_delay = 0
mail_location = maildir:{mail}/%u
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
passdb {{
  driver = static
  args = password={PASSWORD}
}}
passdb {{
  driver = static
  args = password={OTHER_PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={mail}/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
""",
        "utf-8",
    )
    with open(folder / "errors", "wb") as errors:
        process = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", folder / "dovecot.conf"],
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
        )
    try:

        def answers():
            if process.poll() is not None:
                texts = [file.read_text() for file in folder.glob("[el][ro][rg]*")]
                raise RuntimeError(f"Dovecot did not start: {texts}")
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", tls_port)) == 0

        until(answers)
        yield Dovecot(folder, port, tls_port)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


class Proxy:
    """Passes bytes on, until the server has said `size` of them: from then on the client is heard
    no more, as if the line were dead in one direction."""

    def __init__(self, port, size):
        self.target, self.size, self.said = port, size, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.sockets = [self.listener]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        try:
            client, _ = self.listener.accept()
            self.listener.close()
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            return
        self.sockets += [client, server]
        threading.Thread(target=self._down, args=(server, client), daemon=True).start()
        self._up(client, server)

    def _down(self, server, client):
        try:
            while data := server.recv(65536):
                self.said += len(data)
                client.sendall(data)
        except OSError:
            return

    def _up(self, client, server):
        try:
            while data := client.recv(65536):
                if self.said < self.size:
                    server.sendall(data)
        except OSError:
            return

    def close(self):
        for each in self.sockets:
            with suppress(OSError):  # a thread that waits at it keeps it open otherwise
                each.shutdown(socket.SHUT_RDWR)
            each.close()


class Sink:
    """Takes mail and keeps it: `mails`. While `drops` is set, it takes a mail and goes away
    without saying so; while `refuses` is set, it refuses every addressee with that code."""

    def __init__(self):
        self.mails, self.drops, self.refuses = [], False, 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refuses:
            return f"{self.refuses} No."
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        mail = email.message_from_bytes(envelope.content)
        mail.sent_from, mail.sent_to = envelope.mail_from, envelope.rcpt_tos
        self.mails.append(mail)
        if self.drops:
            server.transport.abort()
        return "250 OK"


@contextmanager
def sink():
    keeper = Sink()
    controller = Controller(keeper, hostname="127.0.0.1", port=free_port())
    controller.start()
    keeper.port = controller.port
    try:
        yield keeper
    finally:
        controller.stop()
