"""Hugging Face Papers pages saved as text: lists of every kind, and pages of single papers.

A list page has a header, titles and abstracts with or without links and counts, and a footer; a
file may hold several pages. Facts about the page (its day, its banner, the query) become headings.
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
# Most pieces between a page's banner and its first paper.
_LONGEST_HEADER = 14
_MARKS = {Role.BANNER, Role.COMMUNITY}
_CARD_ROLES = {Role.SUBMITTED, Role.UPVOTE, Role.AUTHORS, Role.GITHUB, Role.NUMBER}


class HuggingFaceText:
    """A page of Hugging Face Papers as text or Markdown, however it was saved."""

    name = "huggingface-text"
    title = "a Hugging Face Papers page saved as text"

    def recognises(self, document: Document) -> bool:
        """Whether it is text with wordings that only these pages have."""
        start = document.start
        if start.lstrip()[:1] in ("<", "{") or start.lstrip()[:2] in ("[{", "[\n{"):
            return False
        return _SIGNS.search(start) is not None or paper_page.recognises(start)

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield headings, papers and unparsed passages in the order of the page."""
        text = document.text
        front = _FRONT_MATTER.match(text)
        if front:
            yield Heading("front matter", front.group().strip())
            text = text[front.end() :]
        line = 1 + front.group().count("\n") if front else 1
        yield from items(pieces(text, line=line))


def items(page_pieces: Sequence[Piece]) -> Iterator[Parsed]:
    """Yield the items of one or several pages."""
    if paper_page.is_single(page_pieces):
        yield from paper_page.items(page_pieces)
        return
    any_paper = False
    piece_roles = roles(page_pieces)
    starts = _page_starts(page_pieces, piece_roles)
    for start, end in zip(starts, [*starts[1:], len(page_pieces)], strict=True):
        body = _header_end(page_pieces, piece_roles, start, end)
        yield from _header(page_pieces[start:body], piece_roles[start:body])
        for item in papers(page_pieces[body:end], piece_roles[body:end]):
            any_paper = any_paper or not isinstance(item, Unparsed)
            yield item
        yield from _furniture(page_pieces[body:end], piece_roles[body:end])
    if not any_paper:
        yield EmptyReason(
            "the head of a Hugging Face Papers page without a paper; scroll to its end, and copy or"
            " save the whole page",
        )


def _page_starts(page_pieces: Sequence[Piece], piece_roles: Sequence[Role | None]) -> list[int]:
    """Return the index of each page's first piece: its banner, or the navigation above that."""
    starts = [0]
    any_paper = False
    for at, role in enumerate(piece_roles):
        if role in _MARKS and any_paper:
            start = at
            while piece_roles[start - 1] is Role.NAVIGATION:
                start -= 1
            starts.append(start)
            any_paper = False
        any_paper = any_paper or _has_papers(page_pieces, piece_roles, at, at + 1)
    return starts


def _has_papers(
    page_pieces: Sequence[Piece], piece_roles: Sequence[Role | None], start: int, end: int
) -> bool:
    return any(
        not piece_roles[at]
        and (page_pieces[at].heading or abstract_score(page_pieces[at].text) > 0)
        for at in range(start, end)
    )


def _header_end(
    page_pieces: Sequence[Piece], piece_roles: Sequence[Role | None], start: int, end: int
) -> int:
    """Return the index of the first paper: after the date button, or else after the last tab."""
    marks = [at for at in range(start, end) if piece_roles[at] in _MARKS]
    if not marks or _has_papers(page_pieces, piece_roles, start, marks[0]):
        return start
    last = marks[0]
    for at in range(marks[0], end):
        piece, role = page_pieces[at], piece_roles[at]
        if at - last > _LONGEST_HEADER or role in _CARD_ROLES or piece.heading > 2:
            break
        if not role and abstract_score(piece.text) > 0:
            break
        if role is Role.DATE:
            return at + 1
        if role in _MARKS or role is Role.NAVIGATION:
            last = at
    return last + 1


def _header(page_pieces: Sequence[Piece], piece_roles: Sequence[Role | None]) -> Iterator[Heading]:
    tabs = []
    for piece, role in zip(page_pieces, piece_roles, strict=True):
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


def _furniture(
    page_pieces: Sequence[Piece], piece_roles: Sequence[Role | None]
) -> Iterator[Parsed]:
    """Yield the navigation below or between the papers, and marks of text cut off."""
    tabs = [
        p.text for p, role in zip(page_pieces, piece_roles, strict=True) if role is Role.NAVIGATION
    ]
    yield from _navigation(tabs)
    for piece, role in zip(page_pieces, piece_roles, strict=True):
        if role is Role.CUT:
            yield Unparsed(f"line {piece.line}", "the page was cut here when saved", piece.text)


def _navigation(tabs: list[str]) -> Iterator[Heading]:
    joined = " · ".join(text for text in tabs if text)
    if joined:
        yield Heading("navigation", joined)
