"""A digest for a folder of notes."""

from collections.abc import Iterator

from paperreader.export.digest.digest import Digest, Entry, day
from paperreader.export.markdown import address, escaped


def markdown(digest: Digest) -> str:
    """Return the digest as Markdown; each paper is an item to check off."""
    return "\n".join(_lines(digest)).rstrip() + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield f"# {escaped(digest.title)}"
    yield ""
    yield f"Since {day(digest.since)}, {digest.since:%H:%M}."
    for section in digest.sections:
        yield ""
        yield f"## {escaped(section.title)}"
        yield ""
        if section.note:
            yield escaped(section.note)
            yield ""
        for entry in section.entries:
            yield from _entry(entry)
        if section.more:
            yield ""
            yield f"… and {section.more:,} more."
    if digest.rest:
        yield ""
        yield f"{digest.rest:,} more: `paperreader list --view new`"


def _entry(entry: Entry) -> Iterator[str]:
    title = escaped(entry.title or entry.record.key)
    yield f"- [ ] [{title}]({address(entry.url)})" if entry.url else f"- [ ] **{title}**"
    facts = [escaped(entry.byline)] if entry.byline else []
    if entry.code:
        facts.append(f"[code]({address(entry.code)})")
    if facts:
        yield f"  {' · '.join(facts)}"
    if entry.reasons:
        yield ""
        yield f"  *because of: {escaped(', '.join(entry.reasons))}*"
    if entry.gist:
        yield ""
        yield f"  {escaped(entry.gist)}"
    yield ""
