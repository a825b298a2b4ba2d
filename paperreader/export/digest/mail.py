"""A digest as a mail: a MIME message with a text and an HTML part, as `msmtp -t` takes it."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from paperreader.export.digest.digest import Digest
from paperreader.export.digest.html import html
from paperreader.export.digest.text import text


def mail(digest: Digest, sender: str, recipient: str) -> bytes:
    """Return the message, its lines ended by newlines; an empty sender is left to the mailer.

    Raises `ValueError` if an address is invalid.
    """
    message = EmailMessage(policy=SMTP.clone(linesep="\n", max_line_length=78))
    message["Subject"] = digest.title
    if sender:
        message["From"] = sender
    message["To"] = recipient
    message["Date"] = format_datetime(digest.until)
    message["Message-ID"] = make_msgid(domain="paperreader.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text(digest), cte="quoted-printable")
    message.add_alternative(html(digest), subtype="html", cte="quoted-printable")
    return message.as_bytes()
