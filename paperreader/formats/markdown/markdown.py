"""Markdown: lists and tables of papers, digests with a heading for each paper."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from paperreader import text
from paperreader.formats.base import EmptyReason, Heading, Item, Parsed, Unparsed
from paperreader.formats.input.document import Document
from paperreader.formats.markdown import facts, signs, source, titles
from paperreader.formats.markdown import papers as reading
from paperreader.formats.markdown.blocks import Block, Span
from paperreader.formats.markdown.details import with_counts
from paperreader.formats.markdown.papers import Candidate, Prose
from paperreader.formats.markdown.parts import parts
from paperreader.formats.markdown.references import checked, cited_below, reference
from paperreader.formats.markdown.tables import table_papers
from paperreader.formats.markdown.tree import tree
from paperreader.papers.paper import Paper

_SUFFIXES = (".md", ".markdown", ".mkd", ".mdown", ".mdx", ".qmd", ".rmd")
_LINK = re.compile(r"\]\(\s*<?https?://")
_STRUCTURE = re.compile(r"^(?:#{1,6} |[ \t]*[-*+] |[ \t]*\d{1,4}[.)] |\|)", re.MULTILINE)

# The level of a `<summary>`.
_SUMMARY = 7
# In the units of `parts`. After so much without a paper, reading ends: each million takes about a
# second.
_MOST_EMPTY = 6_000_000
# A heading whose section has more links to papers than this is not a title.
_LINKS = 4


class Markdown:
    """Markdown with papers as list items, table rows, headings or links in the text."""

    name = "markdown"
    title = "Markdown"

    def recognises(self, document: Document) -> bool:
        """Whether the text has Markdown links and Markdown structure, or the name says so."""
        start = document.start
        if not start.strip() or start.lstrip().startswith(("<!DOCTYPE", "<html", "<?xml", "{")):
            return False
        if document.suffix in (".csv", ".tsv"):
            return False
        named = document.suffix in _SUFFIXES
        return named or (_LINK.search(start) is not None and _STRUCTURE.search(start) is not None)

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the papers, links to papers without a title, and headings for everything else."""
        content = document.text
        front = source.FRONT_MATTER.match(content)
        if front:
            yield from source.front_matter(front.group(1))
            # Newlines in its place keep the line numbers.
            content = "\n" * front.group().count("\n") + content[front.end() :]
        content, passages = source.without_long_lines(content)
        yield from passages
        count = len(passages)
        for item in _summarised(_of_parts(content)):
            count += not isinstance(item, Heading)
            yield item
        if not count:
            yield EmptyReason("Markdown without a link to a paper")


def _of_parts(content: str) -> Iterator[Item | Prose]:
    """Yield the items of a document part by part, as long as there are papers in it."""
    empty = 0
    for first, part, size in parts(content):
        if empty > _MOST_EMPTY:
            reason = "hardly a paper in all that is before this; the rest was not read"
            yield Unparsed(f"line {first}", reason, part[:200])
            return
        empty += size
        for item in _of_blocks(tree(part, first).children):
            if isinstance(item, Paper):
                empty = 0
            yield item


def papers_of(blocks: Sequence[Block]) -> Iterator[Item]:
    """Yield the papers that blocks name, and everything else in them."""
    yield from _summarised(_of_blocks(blocks))


def _summarised(items: Iterator[Item | Prose]) -> Iterator[Item]:
    """Yield the items, with each run of prose as one heading that counts its blocks."""
    blocks, links, begin = 0, 0, ""
    for item in chain(items, [None]):
        if isinstance(item, Prose):
            blocks, links = blocks + 1, links + item.links
            begin = begin or text.line(item.text)[:60]
            continue
        if blocks:
            yield Heading("no papers", f"{blocks} blocks with {links} links, from “{begin}”")
        blocks, links, begin = 0, 0, ""
        if item is not None:
            yield item


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Item | Prose]:
    index = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if block.kind == "heading" or _is_head(block):
            end = index
            while end < len(blocks) and not _ends_section(blocks[end]):
                end += 1
            section = _section(block, blocks[index:end])
            if section is None:
                yield Prose(block.text(), block.links())
            else:
                paper, length = section
                yield paper
                index += length
        else:
            yield from _of_block(block)


def _ends_section(block: Block) -> bool:
    return block.kind in ("heading", "rule") or _is_head(block)


def _is_head(block: Block) -> bool:
    """Whether a paragraph is only a title, linked or in bold, and so serves as a heading."""
    if block.kind != "paragraph":
        return False
    named = [span for span in block.own_spans() if any(map(str.isalpha, span.text))]
    if len(named) == 1 and signs.is_paper_link(named[0]):
        return not signs.is_generic(named[0].text)
    title = titles.tidy("".join(span.text for span in named))
    is_bold = bool(named) and all(span.strong and not span.url for span in named)
    is_label = facts.label(title)[0] or block.text().rstrip(" *_\n").endswith((":", "："))
    return is_bold and bool(title) and not is_label


def _of_block(block: Block) -> Iterator[Item | Prose]:
    if block.kind == "list":
        for item in block.children:
            yield from _list_item(item)
    elif block.kind == "table":
        yield from table_papers(block)
    elif block.kind == "quote":
        yield from _of_blocks(block.children)
    elif block.kind == "rule":
        return
    else:
        yield from _of_row(block.own_spans(), block, [])


def _section(heading: Block, below: Sequence[Block]) -> tuple[Paper, int] | None:
    """Return the paper that a heading names, and the number of blocks below that belong to it.

    A heading without a link to a paper names one only if the blocks below link to a single paper
    and have no other title. None if the heading names no paper.
    """
    titled = [each for each in reading.papers(heading.own_spans()) if each.title]
    inside = [list(_candidates_in(block)) for block in below]
    if titled:
        candidate = titled[0]
        length = next(
            (n for n, all_of in enumerate(inside) if _foreign(candidate, all_of)), len(below)
        )
    else:
        candidate = _titled_by(heading)
        links = [each for all_of in inside for each in all_of]
        is_sure = heading.level in (0, _SUMMARY) or len(candidate.title.split()) > 1
        # A single word names a part of the list, unless a block below says "Paper: …".
        is_sure = is_sure or (heading.level > 2 and any(map(_is_labelled, below)))
        is_title = (
            is_sure and not signs.is_generic(candidate.title) and not signs.is_part(candidate.title)
        )
        if not is_title or not 0 < len(links) <= _LINKS or _foreign(candidate, links):
            return None
        length = len(below)
    own = list(_flat(below[:length]))
    for each in (each for all_of in inside[:length] for each in all_of):
        candidate.links += each.links
        candidate.identifiers = each.identifiers | candidate.identifiers
    candidate.after += [
        span
        for block in own
        for span in block.own_spans()
        if span.url and signs.is_generic(span.text)
    ]
    paper = reading.with_facts(candidate, [block.text() for block in own])
    return with_counts(paper, heading.text()), length


def _titled_by(heading: Block) -> Candidate:
    """Return a paper with the text of a heading as its title, or with the bold part of it."""
    row = heading.own_spans()
    is_styled = len({(span.strong, span.emphasis) for span in row if span.text.strip()}) > 1
    title = (is_styled and titles.title_in(row)) or titles.tidy(heading.text())
    return Candidate(title, before=row if is_styled else [Span(heading.text())])


def _is_labelled(block: Block) -> bool:
    """Whether a block below a heading says that its link leads to the paper."""
    return any(
        facts.label(inner.text())[0] == "link" or any(map(signs.says_paper, inner.own_spans()))
        for inner in _flat([block])
    )


def _foreign(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether one of the others is a different paper with its own title."""
    return any(
        other.title not in ("", candidate.title) and not candidate.shares_identifier(other)
        for other in others
    )


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks that have text, including those inside lists, quotes and tables."""
    pending = list(reversed(blocks))
    while pending:
        block = pending.pop()
        if block.kind in ("paragraph", "item", "heading", "row"):
            yield block
            pending += (
                child for child in reversed(block.children) if child.kind in ("list", "table")
            )
        else:
            pending += reversed(block.children)


def _candidates_in(block: Block) -> Iterator[Candidate]:
    for inner in _flat([block]):
        yield from reading.papers(inner.own_spans())


def _list_item(item: Block) -> Iterator[Item | Prose]:
    nested = [child for child in item.children if child.kind in ("list", "table")]
    own = item.own_spans()
    details: list[Block] = []
    if nested:
        below = list(_flat(nested))
        untitled = [candidate for block in below for candidate in reading.papers(block.own_spans())]
        if all(not candidate.title for candidate in untitled) and (untitled or reading.papers(own)):
            details = below
            nested = []
    if details:
        links = [span for block in details for span in block.own_spans() if span.url]
        own = [*own, *(span for span in links if signs.is_generic(span.text))]
        if cited := list(cited_below(item.own_spans(), details)):
            yield from cited
            return
    yield from _of_row(own, item, [block.text() for block in details])
    for child in nested:
        yield from _of_block(child)


def _of_row(row: list[Span], block: Block, details: Sequence[str]) -> Iterator[Item | Prose]:
    candidates = reading.papers(row)
    if not candidates:
        kept = checked(row) or reference(row, block)
        yield kept or Prose("".join(span.text for span in row), block.links())
        return
    beside = "".join(span.text for span in row if not span.url).strip(facts.EDGE + "[(")
    in_prose = block.kind == "paragraph"
    for number, candidate in enumerate(candidates):
        # The text of a link in a sentence may be words of it: "the [tutorial of beds](…)".
        is_word = (
            in_prose and candidate.is_linked and candidate.title[:1].islower() and bool(beside)
        )
        if candidate.title and not is_word:
            yield reading.with_facts(candidate, details if number == 0 else ())
        elif signs.is_generic(beside):
            # A list of addresses only.
            name = next(iter(candidate.identifiers.values()), candidate.links[0].url)
            links, ids = tuple(candidate.links), candidate.identifiers
            yield Paper(name, links=links, identifiers=ids, pending=True)
        else:
            urls = " ".join(link.url for link in candidate.links)
            line = text.line("".join(span.text for span in row))[:200]
            reason = f"a link to a paper without its title: {urls}"
            yield Unparsed(f"line {block.line}", reason, line)
