"""`paperreader digest`."""

import argparse
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from paperreader.cli.command import UsageError, open_library
from paperreader.cli.finding import caught_up, with_vectors
from paperreader.cli.streams import complain, data
from paperreader.errors import PaperreaderError
from paperreader.export.atomic_file import replacing
from paperreader.export.digest.digest import Digest
from paperreader.export.digest.html import html
from paperreader.export.digest.mail import mail
from paperreader.export.digest.markdown import markdown
from paperreader.export.digest.text import text
from paperreader.library.digester import Digester
from paperreader.paths import Paths
from paperreader.settings import Settings
from paperreader.text import line

_AGO = re.compile(r"(\d{1,4})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
             ".eml": "email"}  # fmt: skip
_PATIENCE = 300  # seconds that a mail command may take


@dataclass(frozen=True, slots=True)
class MailOptions:
    """The recipient and sender of a mailed digest, and the command that sends it."""

    to: str = ""
    sender: str = ""
    command: str = "msmtp -t"

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Self:
        """Read the table [digest] of the settings; raises `PaperreaderError`."""
        names = {"to": "to", "from": "sender", "command": "command"}
        for name, value in table.items():
            if name not in names:
                raise PaperreaderError(
                    f"There is no setting “{name}” in [digest]; there are {', '.join(names)}."
                )
            if not isinstance(value, str):
                raise PaperreaderError(f"[digest] {name} must be text in quotes.")
        return cls(**{names[name]: line(str(value)) for name, value in table.items()})


def digest(args: argparse.Namespace) -> int:
    """Print, write or send the digest of new papers."""
    now = datetime.now().astimezone()
    form = "email" if args.send else args.format or _SUFFIXES.get(_suffix(args), "text")
    if args.send and (args.output or args.format not in (None, "email")):
        raise UsageError("--send mails the digest; it takes no --output and no other --format.")
    options = _mail_options(args) if form == "email" else MailOptions()
    with open_library(args) as library:
        for sentence in (*caught_up(library), *with_vectors(library)):
            complain(sentence)
        digester = Digester(library)
        since = digester.last(now) if args.since == "last" else _since(args.since, now)
        made = digester.digest(since, now)
        if args.send and not made.total:
            complain("nothing is new; nothing was sent.")
            return 0
        message = _written(made, form, options)
        if args.send:
            _send(message, options.command)
        elif args.output is not None:
            with replacing(args.output, force=args.force) as out:
                out.write(message.decode())
        else:
            data().write(message.decode())
            sys.stdout.flush()
        if args.since == "last":
            digester.note(made)
    return 0


def _written(made: Digest, form: str, options: MailOptions) -> bytes:
    if form == "email":
        try:
            return mail(made, options.sender, options.to)
        except ValueError as error:
            raise PaperreaderError(
                f"The addresses under [digest] in the settings cannot be used ({error})."
            ) from error
    return {"text": text, "markdown": markdown, "html": html}[form](made).encode()


def _mail_options(args: argparse.Namespace) -> MailOptions:
    settings = Settings.load(Paths.find(args.library).settings)
    options = MailOptions.of(settings.tables.get("digest", {}))
    if not options.to:
        raise PaperreaderError(
            'A mail needs somebody to go to: set to = "you@example.org" under [digest] in the '
            "settings."
        )
    return options


def _send(message: bytes, command: str) -> None:
    """Pipe the message to the command; raises `PaperreaderError` if that fails."""
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603  (the person's own command, without a shell)
            words, input=message, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
        raise PaperreaderError(
            f"The digest was not sent: {command!r} cannot be run ({error}); check command under "
            "[digest] in the settings."
        ) from error
    if done.returncode:
        why = line(done.stderr.decode(errors="replace"))[:300] or f"exit code {done.returncode}"
        raise PaperreaderError(f"The digest was not sent: {words[0]} says: {why}")


def _since(when: str, now: datetime) -> datetime:
    if match := _AGO.fullmatch(when):
        return now - timedelta(hours=int(match[1]) * _HOURS[match[2]])
    try:
        return datetime.strptime(when, "%Y-%m-%d").astimezone()
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"{when!r} is not a time: write last, 12h, 1d, 2w or 2026-11-20."
        ) from error


def _suffix(args: argparse.Namespace) -> str:
    return args.output.suffix.lower() if args.output else ""
