"""Mails as programs write them."""

from email.message import EmailMessage
from email.utils import make_msgid

ADDRESS = "letters@portal.example"
HER = "ana.canary@mail.example"


def plain(words, subject="To you", **headers):
    """The bytes of a mail with this text and these headers; reply_to="…" is Reply-To."""
    mail = EmailMessage()
    mail.set_content(words)
    mail["From"] = f"Ana Canary <{HER}>"
    mail["To"] = ADDRESS
    mail["Subject"] = subject
    mail["Message-ID"] = make_msgid(domain="mail.example")
    for name, value in headers.items():
        name = name.replace("_", "-")
        del mail[name]
        mail[name] = value
    return mail


def raw(body, content_type="text/plain; charset=utf-8", subject="To you", headers=()):
    """A mail whose body is exactly these bytes."""
    lines = [
        f"From: Ana <{HER}>",
        f"To: {ADDRESS}",
        f"Subject: {subject}",
        "Message-ID: <1@mail.example>",
        "MIME-Version: 1.0",
        f"Content-Type: {content_type}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def multipart(kind, *parts, boundary="limit", **options):
    """A multipart mail; parts: (headers, body) in bytes."""
    body = b""
    for head, inner in parts:
        body += b"--" + boundary.encode() + b"\r\n" + head + b"\r\n\r\n" + inner + b"\r\n"
    body += b"--" + boundary.encode() + b"--\r\n"
    return raw(body, f'multipart/{kind}; boundary="{boundary}"', **options)


TEXT = b"Content-Type: text/plain; charset=utf-8"
HTML = b"Content-Type: text/html; charset=utf-8"


def base64_part(kind, name, data, disposition="attachment"):
    import base64

    head = (
        f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: {disposition}; filename="{name}"'
    )
    return head.encode(), base64.encodebytes(data).replace(b"\n", b"\r\n")
