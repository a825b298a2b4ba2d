"""The pages of a source: the requests to a service, and the papers in its responses."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from paperreader import formats
from paperreader.follow.errors import FetchError, StatusError
from paperreader.follow.options import FetchOptions
from paperreader.follow.progress import Progress
from paperreader.follow.response import NO_VALIDATORS, Response, Validators
from paperreader.follow.source import Source, SourceKind
from paperreader.formats.base import Format, Heading, Item, Unparsed
from paperreader.formats.huggingface.api_json import HuggingFaceJson
from paperreader.formats.input.document import Document
from paperreader.formats.input.opening import unpacked
from paperreader.formats.xml_formats.atom import Atom
from paperreader.formats.xml_formats.rss import Rss
from paperreader.papers.paper import Paper

if TYPE_CHECKING:
    from paperreader.follow.client import Client

_TOTAL = re.compile(rb"<opensearch:totalResults[^>]*>\s*(\d{1,9})\s*<")
# Papers per request. arXiv allows 2,000, but answers smaller slices more reliably.
PAGE = 200
# At most this many papers and days are fetched after a long absence, the newest of them.
_MOST = 10_000
_MOST_DAYS = 14


class Page(NamedTuple):
    """One response: its items, and the progress of the source after it.

    `url` and `validators` are for a conditional request next time.
    """

    items: Sequence[Item]
    progress: Progress
    url: str = ""
    validators: Validators = NO_VALIDATORS


class Fetcher:
    """Fetches the pages of sources."""

    def __init__(
        self,
        client: "Client",
        options: FetchOptions,
        validators: Callable[[str], Validators],
        today: date,
    ) -> None:
        """Send requests by `client`; `validators` returns the stored ones of an address, if any."""
        self._client = client
        self._options = options
        self._validators = validators
        self._today = today

    def pages(self, source: Source, progress: Progress) -> Iterator[Page]:
        """Yield the new pages of `source`, each to be stored with its progress.

        Raises `FetchError`, also after some pages: the next run goes on from there.
        """
        match source.kind:
            case SourceKind.ARXIV:
                yield from self._arxiv(source.query, progress)
            case SourceKind.DAILY:
                yield from self._daily(progress)
            case SourceKind.TRENDING:
                yield from self._single(self._papers(sort="trending", limit="100"), progress)
            case SourceKind.HUGGINGFACE:
                query = urlencode({"q": source.query, "limit": "100"})
                base = self._options.services.huggingface
                yield from self._single(f"{base}/api/papers/search?{query}", progress)
            case SourceKind.ADDRESS:
                yield from self._address(source.query, progress)

    def _arxiv(self, query: str, progress: Progress) -> Iterator[Page]:
        """Yield the newest papers back to the last run; one that broke off is completed first."""
        if progress.interrupted:
            for page in self._run(query, progress):
                progress = page.progress
                yield page
        yield from self._run(query, progress.begun())

    def _run(self, query: str, progress: Progress) -> Iterator[Page]:
        most = _MOST if progress.until else self._options.first
        while True:
            size = max(1, min(PAGE, most - progress.start))
            url = (
                self._options.services.arxiv
                + "/api/query?"
                + urlencode(
                    {
                        "search_query": query,
                        "start": progress.start,
                        "max_results": size,
                        "sortBy": "submittedDate",
                        "sortOrder": "descending",
                    }
                )
            )
            response = self._get(url)
            if response.unchanged:
                yield Page((), progress.completed(), url, response.validators)
                return
            items = _parsed(response, Atom(), "Atom")
            entries = [item for item in items if not isinstance(item, Heading)]
            total = _total(response.body)
            if not entries and progress.start < total:
                raise FetchError(
                    f"{response.host} answered with an empty page before the end; the next fetch "
                    "goes on from there."
                )
            dates = [e.published for e in entries if isinstance(e, Paper) and e.published]
            progress = progress.advanced(len(entries), dates)
            end = min(total, most) if total else most
            complete = not entries or progress.start >= end or progress.reached(dates)
            if complete:
                progress = progress.completed()
            yield Page(items, progress, url, response.validators)
            if complete:
                return

    def _daily(self, progress: Progress) -> Iterator[Page]:
        """Yield the lists of the days since the last run, oldest first, then the newest list."""
        day = _day(progress.mark)
        first = self._today - timedelta(days=_MOST_DAYS)
        while day is not None and max(day, first) < self._today:
            day = max(day, first)
            progress = Progress(mark=(day + timedelta(days=1)).isoformat())
            yield from self._single(self._papers(date=day.isoformat(), limit="100"), progress)
            day += timedelta(days=1)
        progress = Progress(mark=self._today.isoformat())
        yield from self._single(self._papers(limit="100"), progress)

    def _papers(self, **query: str) -> str:
        return f"{self._options.services.huggingface}/api/daily_papers?{urlencode(query)}"

    def _single(self, url: str, progress: Progress) -> Iterator[Page]:
        response = self._get(url)
        items = () if response.unchanged else _parsed(response, HuggingFaceJson(), "JSON")
        yield Page(items, progress, url, response.validators)

    def _address(self, url: str, progress: Progress) -> Iterator[Page]:
        response = self._get(url)
        items: list[Item] = []
        if not response.unchanged:
            for document in unpacked(Document.of_bytes(response.url, response.body)):
                items += self._read(document)
        yield Page(items, progress, url, response.validators)

    def _read(self, document: Document) -> list[Item]:
        """Return what a document holds; a feed may be empty, as arXiv's is on weekends."""
        reading = formats.read(document)
        items = list(reading)
        is_feed = isinstance(reading.format, Atom | Rss) and not reading.leftovers
        if not reading.papers and not document.discovered and not is_feed:
            raise FetchError(reading.why_empty())
        return items

    def _get(self, url: str) -> Response:
        try:
            return self._client.get(url, self._validators(url))
        except StatusError as error:
            if message := _explanation(error.body):
                raise FetchError(f"{str(error).rstrip('.')}: {message}") from error
            raise


def _parsed(response: Response, known: Format, called: str) -> list[Item]:
    """Return the items of a response, which must be in the format `known`."""
    document = Document.of_bytes(response.host, response.body)
    if _is_empty_list(response.body):
        return []
    if not response.body or not known.recognises(document):
        what = "a web page" if response.is_web_page else "something"
        raise FetchError(
            f"{response.host} answered with {what} that is not {called}; try again later."
        )
    items = list(formats.Reading(document, known))
    if message := _explanation(response.body):
        raise FetchError(f"{response.host} answered with an error: {message}")
    return items


def _total(body: bytes) -> int:
    """Return how many results arXiv has in all, 0 where it does not say."""
    match = _TOTAL.search(body)
    return int(match[1]) if match else 0


def _is_empty_list(body: bytes) -> bool:
    return len(body) < 16 and body.strip().replace(b" ", b"") == b"[]"


def _explanation(body: bytes) -> str:
    """Return the message of arXiv's error response, a feed with one entry, or ''."""
    document = Document.of_bytes("arXiv", body)
    if b"/api/errors" not in body[:4096] or not Atom().recognises(document):
        return ""
    return next((item.text for item in Atom().parse(document) if isinstance(item, Unparsed)), "")


def _day(mark: str) -> date | None:
    try:
        return date.fromisoformat(mark)
    except ValueError:
        return None
