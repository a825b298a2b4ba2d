"""What a web service answered."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from paperreader.follow.errors import FetchError


class Validators(NamedTuple):
    """What a server called a version of an answer; sent back, it need not send that again."""

    etag: str = ""
    modified: str = ""


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: its bytes unpacked, `url` the address that gave it in the end.

    `unchanged`: the server holds what the validators sent with the request name.
    """

    url: str
    body: bytes = b""
    media_type: str = ""
    validators: Validators = NO_VALIDATORS
    unchanged: bool = False

    @property
    def host(self) -> str:
        """The host that answered."""
        return urlsplit(self.url).netloc

    @property
    def is_web_page(self) -> bool:
        """Whether it is HTML, such as the error page of a service that should answer otherwise."""
        start = self.body[:512].lstrip().lower()
        return start.startswith((b"<!doctype html", b"<html"))

    def json(self) -> Any:
        """Return the body as JSON; raises `FetchError` where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            what = "a web page" if self.is_web_page else "something"
            raise FetchError(
                f"{self.host} answered with {what} that is not JSON; try again later."
            ) from error
