"""Markdown: lists and tables of papers, digests with a heading for each paper."""

import re
from collections.abc import Iterator, Sequence

from paperreader import text
from paperreader.formats.base import EmptyReason, Heading, Item, Parsed, Unparsed
from paperreader.formats.input.document import Document
from paperreader.formats.markdown import facts, signs, source
from paperreader.formats.markdown import papers as reading
from paperreader.formats.markdown.details import with_counts
from paperreader.formats.markdown.papers import Found, Prose
from paperreader.formats.markdown.tables import table_papers
from paperreader.formats.markdown.tree import Block, Span, tree
from paperreader.papers.paper import Paper

_SUFFIXES = (".md", ".markdown", ".mkd", ".mdown", ".mdx", ".qmd", ".rmd")
_LINK = re.compile(r"\]\(\s*<?https?://")
_STRUCTURE = re.compile(r"^(?:#{1,6} |[ \t]*[-*+] |[ \t]*\d{1,4}[.)] |\|)", re.MULTILINE)
_BOX = re.compile(r"\s*\[[ xX]\]\s")

# A name above a reference has no more words.
_NAME_WORDS = 12
# The level of a `<summary>`.
_SUMMARY = 7
# A heading whose section has more links to papers is no title.
_LINKS = 4


class Markdown:
    """Markdown in which papers stand as list items, table rows, headings or links in the text."""

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
        """Yield the papers, what names a paper without its title, and what is no paper."""
        told = document.text
        front = source.FRONT_MATTER.match(told)
        if front:
            yield from source.front_matter(front.group(1))
            # The lines keep their numbers.
            told = "\n" * front.group().count("\n") + told[front.end() :]
        told, passages = source.without_walls(told)
        yield from passages
        count = len(passages)
        for item in papers_of(tree(told).children):
            count += not isinstance(item, Heading)
            yield item
        if not count:
            yield EmptyReason("Markdown without a link to a paper")


def papers_of(blocks: Sequence[Block]) -> Iterator[Item]:
    """Yield the papers that blocks name, and what else is in them."""
    yield from _summarised(_of_blocks(blocks))


def _summarised(items: Iterator[Item | Prose]) -> Iterator[Item]:
    """Yield the items, each run of prose as one heading that counts it."""
    run: list[Prose] = []
    for item in items:
        if isinstance(item, Prose):
            run.append(item)
            continue
        yield from _heading_of(run)
        run = []
        yield item
    yield from _heading_of(run)


def _heading_of(run: list[Prose]) -> Iterator[Heading]:
    if run:
        links = sum(prose.links for prose in run)
        begin = next((line for prose in run if (line := text.line(prose.told))), "")[:60]
        yield Heading("no papers", f"{len(run)} blocks with {links} links, from “{begin}”")


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Item | Prose]:
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if block.kind == "heading" or _is_head(block):
            end = place
            while end < len(blocks) and not _ends_section(blocks[end]):
                end += 1
            section = _section(block, blocks[place:end])
            if section is None:
                yield Prose(block.told(), block.links())
            else:
                paper, length = section
                yield paper
                place += length
        else:
            yield from _of_block(block)


def _ends_section(block: Block) -> bool:
    return block.kind in ("heading", "rule") or _is_head(block)


def _is_head(block: Block) -> bool:
    """Whether a paragraph is nothing but a title, linked or in bold, and so stands as a heading."""
    if block.kind != "paragraph":
        return False
    named = [span for span in block.own_spans() if any(map(str.isalpha, span.text))]
    if len(named) == 1 and signs.is_paper_link(named[0]):
        return not signs.is_generic(named[0].text)
    title = reading.tidy("".join(span.text for span in named))
    is_bold = bool(named) and all(span.strong and not span.url for span in named)
    is_label = facts.label(title)[0] or block.told().rstrip(" *_\n").endswith((":", "："))
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
    """Return the paper that a heading names, and how many of the blocks below belong to it.

    None where the heading names no paper: where it is not linked to one, it does so only if
    what is below has links to one paper and no other title.
    """
    titled = [one for one in reading.papers(heading.own_spans()) if one.title]
    inside = [list(_found_in(block)) for block in below]
    if titled:
        found = titled[0]
        length = next((n for n, all_of in enumerate(inside) if _foreign(found, all_of)), len(below))
    else:
        found = Found(reading.tidy(heading.told()), before=[Span(heading.told())])
        links = [one for all_of in inside for one in all_of]
        is_sure = heading.level in (0, _SUMMARY) or len(found.title.split()) > 1
        # One word names a part of the list, unless what is below says "Paper: …".
        is_sure = is_sure or (heading.level > 2 and any(map(_is_labelled, below)))
        is_title = is_sure and not signs.is_generic(found.title) and not signs.is_part(found.title)
        if not is_title or not 0 < len(links) <= _LINKS or _foreign(found, links):
            return None
        length = len(below)
    own = list(_flat(below[:length]))
    for one in (one for all_of in inside[:length] for one in all_of):
        found.links += one.links
        found.identifiers = one.identifiers | found.identifiers
    found.after += [
        span
        for block in own
        for span in block.own_spans()
        if span.url and signs.is_generic(span.text)
    ]
    paper = reading.with_facts(found, [block.told() for block in own])
    return with_counts(paper, heading.told()), length


def _is_labelled(block: Block) -> bool:
    """Whether a block below a heading says that its link leads to the paper."""
    return any(
        facts.label(inner.told())[0] == "link" or any(map(signs.says_paper, inner.own_spans()))
        for inner in _flat([block])
    )


def _foreign(found: Found, others: Sequence[Found]) -> bool:
    """Whether there is another paper with a title of its own among them."""
    return any(one.title not in ("", found.title) and not found.is_also(one) for one in others)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with text of their own, those inside lists, quotes and tables too."""
    pending = list(reversed(blocks))
    while pending:
        block = pending.pop()
        if block.kind in ("paragraph", "item", "heading", "row"):
            yield block
            pending += (one for one in reversed(block.children) if one.kind in ("list", "table"))
        else:
            pending += reversed(block.children)


def _found_in(block: Block) -> Iterator[Found]:
    for inner in _flat([block]):
        yield from reading.papers(inner.own_spans())


def _list_item(item: Block) -> Iterator[Item | Prose]:
    nested = [child for child in item.children if child.kind in ("list", "table")]
    own = item.own_spans()
    details: list[Block] = []
    if nested:
        below = list(_flat(nested))
        untitled = [found for block in below for found in reading.papers(block.own_spans())]
        if all(not found.title for found in untitled) and (untitled or reading.papers(own)):
            details = below
            nested = []
    if details:
        links = [span for block in details for span in block.own_spans() if span.url]
        own = [*own, *(span for span in links if signs.is_generic(span.text))]
        if cited := list(_cited_below(item.own_spans(), details)):
            yield from cited
            return
    yield from _of_row(own, item, [block.told() for block in details])
    for child in nested:
        yield from _of_block(child)


def _cited_below(own: list[Span], details: Sequence[Block]) -> Iterator[Paper]:
    """Yield the paper of a short name with links, whose whole reference stands below it.

    Where there are several references and as many links, each is a paper.
    """
    found = reading.papers(own)
    if len(found) != 1 or found[0].is_linked or any(span.strong for span in own):
        return
    cited = [reading.citation_in(block.own_spans()) for block in details]
    cited = [one for one in cited if one.title and one.people]
    if not cited or len(found[0].title.split()) > _NAME_WORDS:
        return
    spans = [span for span in own if signs.is_paper_link(span)]
    each_has_link = len(spans) == len(cited)
    for number, one in enumerate(cited if each_has_link else cited[:1]):
        paper = Found(one.title, people=one.people)
        for span in [spans[number]] if each_has_link else spans:
            paper.takes(span)
        paper.after = [span for span in own if signs.is_own_link(span)]
        yield reading.with_facts(paper, [])


def _of_row(row: list[Span], block: Block, details: Sequence[str]) -> Iterator[Item | Prose]:
    found = reading.papers(row)
    if not found:
        kept = _checked(row)
        yield kept or Prose("".join(span.text for span in row), block.links())
        return
    beside = "".join(span.text for span in row if not span.url)
    in_prose = block.kind == "paragraph"
    for number, one in enumerate(found):
        # A link in a sentence has words of the sentence: "the [tutorial of beds](…)".
        is_word = in_prose and one.is_linked and one.title[:1].islower() and bool(beside.strip())
        if one.title and not is_word:
            yield reading.with_facts(one, details if number == 0 else ())
        elif signs.is_generic(beside):
            # A list of nothing but addresses.
            name = next(iter(one.identifiers.values()), one.links[0].url)
            links, ids = tuple(one.links), one.identifiers
            yield Paper(name, links=links, identifiers=ids, pending=True)
        else:
            urls = " ".join(link.url for link in one.links)
            told = text.line("".join(span.text for span in row))[:200]
            reason = f"a link to a paper whose title is not told: {urls}"
            yield Unparsed(f"line {block.line}", reason, told)


def _checked(row: list[Span]) -> Paper | None:
    """Return the paper of a reading list's item, "- [ ] Title — authors, year", or None."""
    told = "".join(span.text for span in row)
    head, _, rest = told.partition(" — ")
    if not _BOX.match(told) or not facts.year_in(rest):
        return None
    found = Found(reading.tidy(head), after=[Span(rest)])
    link = next((span for span in row if span.url), None)
    if link and reading.tidy(link.text) == found.title:
        found.takes(link)
    return reading.with_facts(found)
