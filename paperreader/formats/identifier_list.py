"""A plain list of arXiv ids, DOIs and addresses, one or more per line, with optional remarks."""

import re
from collections.abc import Iterator
from dataclasses import replace

from paperreader import text
from paperreader.formats.base import Heading, Item, Unparsed
from paperreader.formats.input.document import Document
from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

_NAME = re.compile(
    r"https?://[^\s<>\"'`]+"  # an address
    # an address without its scheme
    r"|(?<![\w.-])(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+){0,3}\.[a-z]{2,10}/[^\s<>\"'`]+"
    r"|\b(?:doi:\s?)?10\.\d{4,9}/[^\s\"'`]+"
    r"|\b(?:arxiv:\s?)?\d{4}\.\d{4,5}(?:v\d{1,3})?\b"
    r"|\b(?:arxiv:\s?)?[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7}(?:v\d{1,3})?\b",
    re.IGNORECASE,
)
_REMARK_MARKS = ("#", "%", "//")
_WORD = re.compile(r"\w+")
# A line with more other words than this is prose: the first limit is for lines with an identifier,
# the second for those with only an address, which may lead anywhere.
_WORDS_BESIDE, _WORDS_BESIDE_ADDRESS = 12, 3
_CHECKED_LINES = 200
_SHARE = 0.6


class Identifiers:
    """Lines of arXiv ids, DOIs and addresses; each is a paper whose title is not known yet."""

    name = "identifiers"
    title = "a list of arXiv ids, DOIs or addresses"

    def recognises(self, document: Document) -> bool:
        """Whether most lines are an id or an address, with at most a short remark."""
        start = document.start
        lines = [line for line in start.splitlines() if line.strip()][:_CHECKED_LINES]
        listed = [line for line in lines if not _is_remark(line)]
        if start.lstrip()[:1] in ("<", "{", "@") or "](" in start or not listed:
            return False
        return sum(map(_is_named, listed)) >= _SHARE * len(listed)

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a pending paper for each id or address; lines without one are unparsed."""
        for number, line in enumerate(document.lines(), 1):
            names, beside = _split(line)
            papers = [paper for name in names if (paper := _paper(name))]
            yield from (replace(paper, comment=beside) for paper in papers)
            if not papers and line.strip():
                if _is_remark(line):
                    yield Heading("remark", line.strip())
                else:
                    yield Unparsed(f"line {number}", "no arXiv id, DOI or address", line.strip())


def _is_remark(line: str) -> bool:
    return line.lstrip().startswith(_REMARK_MARKS)


def _is_named(line: str) -> bool:
    names, beside = _split(line)
    papers = [paper for name in names if (paper := _paper(name))]
    has_identifier = any(paper.identifiers for paper in papers)
    most = _WORDS_BESIDE if has_identifier else _WORDS_BESIDE_ADDRESS
    return bool(papers) and len(_WORD.findall(beside)) <= most


def _split(line: str) -> tuple[list[str], str]:
    """Return the ids and addresses of a line, and the rest of its text."""
    if _is_remark(line):
        return [], ""
    names = [text.without_sentence(match.group()) for match in _NAME.finditer(line)]
    beside = " ".join(_NAME.sub(" ", line).split()).strip(" -*+•#%/|,;:<>()[]{}\"'`")
    return names, beside


def _paper(name: str) -> Paper | None:
    """Return the paper that an id or an address names, or None if it names none."""
    if number := arxiv_id(name):
        return Paper(name, identifiers={"arxiv": number}, pending=True)
    if number := doi(name):
        return Paper(name, identifiers={"doi": number}, pending=True)
    url = name if "://" in name else f"https://{name}"
    identifiers = identifiers_in(url)
    if not identifiers and "://" not in name:
        return None
    link = Link.of(url)
    if link.kind in {LinkKind.PROJECT, LinkKind.PAPER}:
        link = Link(LinkKind.PAGE, url)
    return Paper(name, links=(link,), identifiers=identifiers, pending=True)
