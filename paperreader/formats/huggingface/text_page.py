"""Hugging Face Papers pages saved as text: lists of every kind, and pages of single papers.

A list page is a header, then titles and abstracts with or without links and counts around them,
then a footer; a file may hold several pages. What a page says of itself (the day it was opened,
its banner, the words searched for) is kept as headings.
"""

import re
from collections.abc import Iterator, Sequence

from paperreader.formats.base import EmptyReason, Heading, Parsed, Unparsed
from paperreader.formats.common.title_or_abstract import abstract_score
from paperreader.formats.huggingface import paper_page
from paperreader.formats.huggingface.cards import papers, roles
from paperreader.formats.huggingface.furniture import Role
from paperreader.formats.huggingface.text_pieces import Piece, pieces
from paperreader.formats.input.document import Document

_SIGNS = re.compile(
    r"and the research community|get trending papers in your email inbox"
    r"|huggingface\.co/login\?next=%2Fpapers%2F|ranked by GitHub stars activity",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"\s*---\n(?:[^\n]{0,2000}\n){1,40}?---\n")
# Between a page's banner and its first paper stand at most so many pieces.
_LONGEST_HEADER = 14
_MARKS = {Role.BANNER, Role.COMMUNITY}
_CARD_ROLES = {Role.SUBMITTED, Role.UPVOTE, Role.AUTHORS, Role.GITHUB, Role.NUMBER}


class HuggingFaceText:
    """A page of Hugging Face Papers as text or Markdown, however it was saved."""

    name = "huggingface-text"
    title = "a Hugging Face Papers page saved as text"

    def recognises(self, document: Document) -> bool:
        """Whether it is text that holds words which only these pages have."""
        start = document.start
        if start.lstrip()[:1] in ("<", "{") or start.lstrip()[:2] in ("[{", "[\n{"):
            return False
        return _SIGNS.search(start) is not None or paper_page.recognises(start)

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield headings, papers and leftovers in the order of the page."""
        text = document.text
        front = _FRONT_MATTER.match(text)
        if front:
            yield Heading("front matter", front.group().strip())
            text = text[front.end() :]
        line = 1 + front.group().count("\n") if front else 1
        yield from items(pieces(text, line=line))


def items(found: Sequence[Piece]) -> Iterator[Parsed]:
    """Yield what the pieces of one or several pages hold."""
    if paper_page.is_single(found):
        yield from paper_page.items(found)
        return
    any_paper = False
    told = roles(found)
    starts = _page_starts(found, told)
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        body = _header_end(found, told, start, end)
        yield from _header(found[start:body], told[start:body])
        for item in papers(found[body:end], told[body:end]):
            any_paper = any_paper or not isinstance(item, Unparsed)
            yield item
        yield from _furniture(found[body:end], told[body:end])
    if not any_paper:
        yield EmptyReason(
            "the head of a Hugging Face Papers page without a paper; scroll to its end, and copy or"
            " save the whole page",
        )


def _page_starts(found: Sequence[Piece], told: Sequence[Role | None]) -> list[int]:
    """Return where each page begins: at its banner, or at the site's own bar above that."""
    starts = [0]
    any_paper = False
    for at, role in enumerate(told):
        if role in _MARKS and any_paper:
            start = at
            while told[start - 1] is Role.NAVIGATION:
                start -= 1
            starts.append(start)
            any_paper = False
        any_paper = any_paper or _has_papers(found, told, at, at + 1)
    return starts


def _has_papers(found: Sequence[Piece], told: Sequence[Role | None], start: int, end: int) -> bool:
    return any(
        not told[at] and (found[at].heading or abstract_score(found[at].text) > 0)
        for at in range(start, end)
    )


def _header_end(found: Sequence[Piece], told: Sequence[Role | None], start: int, end: int) -> int:
    """Return where the papers begin: behind the date button, or else behind the last tab."""
    marks = [at for at in range(start, end) if told[at] in _MARKS]
    if not marks or _has_papers(found, told, start, marks[0]):
        return start
    last = marks[0]
    for at in range(marks[0], end):
        piece, role = found[at], told[at]
        if at - last > _LONGEST_HEADER or role in _CARD_ROLES or piece.heading > 2:
            break
        if not role and abstract_score(piece.text) > 0:
            break
        if role is Role.DATE:
            return at + 1
        if role in _MARKS or role is Role.NAVIGATION:
            last = at
    return last + 1


def _header(found: Sequence[Piece], told: Sequence[Role | None]) -> Iterator[Heading]:
    tabs = []
    for piece, role in zip(found, told, strict=True):
        if role is Role.COMMUNITY:
            yield Heading("community", "by AK and the research community")
        elif role is Role.DATE:
            yield Heading("opened", piece.text)
        elif role is Role.BANNER and len(piece.text) > len("subscribe"):
            yield Heading("banner", piece.text)
        elif role:
            tabs.append(piece.text)
        elif piece.text:
            yield Heading("query", piece.text)
    yield from _navigation(tabs)


def _furniture(found: Sequence[Piece], told: Sequence[Role | None]) -> Iterator[Parsed]:
    """Yield the page's own bars below or between its papers, and marks of text cut off."""
    tabs = [p.text for p, role in zip(found, told, strict=True) if role is Role.NAVIGATION]
    yield from _navigation(tabs)
    for piece, role in zip(found, told, strict=True):
        if role is Role.CUT:
            yield Unparsed(f"line {piece.line}", "the page was cut here when saved", piece.text)


def _navigation(tabs: list[str]) -> Iterator[Heading]:
    told = " · ".join(text for text in tabs if text)
    if told:
        yield Heading("navigation", told)
