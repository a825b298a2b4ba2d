"""A digest for a terminal, or the text part of a mail."""

import textwrap
from collections.abc import Iterator

from paperreader.export.digest.digest import Digest, Entry, day

_WIDTH = 78


def text(digest: Digest) -> str:
    """Return the digest as text in lines of at most 78 letters, addresses whole."""
    return "\n".join(_lines(digest)) + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield digest.title
    yield f"since {day(digest.since)}, {digest.since:%H:%M}"
    for section in digest.sections:
        yield ""
        yield section.title
        yield "─" * len(section.title)
        if section.note:
            yield from _wrapped(section.note, "")
        for entry in section.entries:
            yield ""
            yield from _entry(entry)
        if section.more:
            yield ""
            yield f"… and {section.more:,} more"
    if digest.rest:
        yield ""
        yield f"{digest.rest:,} more: paperreader list --view new"


def _entry(entry: Entry) -> Iterator[str]:
    yield from _wrapped(entry.title or entry.record.key, "")
    if entry.byline:
        yield from _wrapped(entry.byline, "  ")
    if entry.reasons:
        yield from _wrapped(f"because of: {', '.join(entry.reasons)}", "  ")
    if entry.gist:
        yield from _wrapped(entry.gist, "  ")
    for url in (entry.url, entry.code):
        if url:
            yield f"  {url}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
