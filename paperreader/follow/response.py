"""Responses of web services."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from paperreader.follow.errors import FetchError


class Validators(NamedTuple):
    """The ETag and Last-Modified headers of a response, for conditional requests."""

    etag: str = ""
    modified: str = ""


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Response:
    """A response: its body decompressed, and its `url` after redirects.

    `unchanged`: the server answered that the version named by the validators is current.
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
        """Whether it is HTML, such as an error page."""
        start = self.body[:512].lstrip().lower()
        return start.startswith((b"<!doctype html", b"<html"))

    def json(self) -> Any:
        """Return the body as JSON; raises `FetchError` if it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            what = "a web page" if self.is_web_page else "something"
            raise FetchError(
                f"{self.host} answered with {what} that is not JSON; try again later."
            ) from error
