"""The page of a single paper on Hugging Face, in pieces: the paper and its discussion."""

import re
from collections.abc import Callable, Iterator, Sequence

from paperreader.formats.base import Heading, Item
from paperreader.formats.huggingface.furniture import Role, count_in, date_in, role_of
from paperreader.formats.huggingface.text_pieces import HUB, Piece
from paperreader.papers.paper import Link, LinkKind, Paper

_NUMBER = re.compile(r"arxiv:\s*(\d{4}\.\d{4,5})", re.IGNORECASE)
_SIGNS = ("AI-generated summary", "View arXiv page", "Add to collection", "Paper of the day")
_SUMMARY_MARK = re.compile(r"AI-generated summary\s*", re.IGNORECASE)
# Texts that follow the abstract.
_BELOW = re.compile(
    r"view arxiv page|view pdf|project page|github\b.{0,12}|add to collection|community"
    r"|models citing this paper.{0,9}|datasets citing this paper.{0,9}|upload images.{0,80}",
    re.IGNORECASE,
)
_COMMUNITY = re.compile(r"community(?:\s*\d+)?", re.IGNORECASE)
_CLOSING = re.compile(r"\s+([,.;:)\]])")


def recognises(start: str) -> bool:
    """Whether the text starts like the page of a single paper."""
    return _NUMBER.search(start) is not None and sum(sign in start for sign in _SIGNS) > 1


def is_single(pieces: Sequence[Piece]) -> bool:
    """Whether the pieces are those of a single paper's page."""
    words = {piece.text.casefold() for piece in pieces}
    return "abstract" in words and any(_NUMBER.fullmatch(piece.text) for piece in pieces)


def items(pieces: Sequence[Piece]) -> Iterator[Item]:
    """Yield the paper, and its discussion as a heading."""
    number_at = next(at for at, piece in enumerate(pieces) if _NUMBER.fullmatch(piece.text))
    abstract_at = _first(pieces, number_at, lambda text: text.casefold() == "abstract")
    below = _first(pieces, abstract_at, lambda text: _BELOW.fullmatch(text) is not None)
    talk = _first(pieces, below, lambda text: _COMMUNITY.fullmatch(text) is not None)
    yield _paper(pieces[number_at:abstract_at], pieces[abstract_at + 1 : below], pieces[below:talk])
    if said := "\n".join(piece.text for piece in pieces[talk + 1 :]):
        yield Heading("discussion", said)


def _first(pieces: Sequence[Piece], start: int, fits: Callable[[str], bool]) -> int:
    """Return the index of the first piece that fits, or the number of pieces."""
    return next(
        (index for index in range(start, len(pieces)) if fits(pieces[index].text)), len(pieces)
    )


def _paper(above: Sequence[Piece], middle: Sequence[Piece], below: Sequence[Piece]) -> Paper:
    number = above[0].text.rpartition(":")[2].strip()
    authors_at = _first(above, 0, lambda text: text.casefold().startswith("authors:"))
    head = above[1:authors_at]
    title_at = _first(head, 0, lambda text: bool(text) and not role_of(text))
    details = head[title_at + 1 :]
    names = " ".join(piece.text for piece in above[authors_at:]).partition(":")[2]
    summary, abstract = _summary_and_abstract(middle)
    dates = (date_in(p.text, number) for p in details if role_of(p.text) is Role.DATE)
    return Paper(
        head[title_at].text if title_at < len(head) else "",
        abstract=abstract,
        authors=tuple(name.strip() for name in names.split(",")),
        published=next(filter(None, dates), ""),
        links=(Link(LinkKind.PAGE, f"{HUB}/papers/{number}"), *_links(below)),
        identifiers={"arxiv": number},
        summary=summary,
        organization=_organization(details),
        upvotes=_count_at(details, Role.UPVOTE),
        stars=_count_at(below, Role.GITHUB),
    )


def _summary_and_abstract(middle: Sequence[Piece]) -> tuple[str, str]:
    """Separate the AI's summary from the abstract, which keyword links may have split."""
    joined = _CLOSING.sub(r"\1", " ".join(piece.text for piece in middle))
    parts = _SUMMARY_MARK.split(joined, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) > 1 else ("", joined)


def _organization(pieces: Sequence[Piece]) -> str:
    """Return the last name before the votes that is not the submitter's."""
    names = []
    before: Role | None = None
    for piece in pieces:
        role = role_of(piece.text) if piece.text else Role.DOT
        if role is Role.UPVOTE:
            break
        if role is None and before is not Role.SUBMITTED:
            names.append(piece.text)
        before = role
    return names[-1] if names else ""


def _count_at(pieces: Sequence[Piece], wanted: Role) -> int | None:
    """Return the number in the piece of the wanted role, or in the one after it."""
    for piece, after in zip(pieces, [*pieces[1:], Piece("")], strict=False):
        if role_of(piece.text) is wanted:
            count = count_in(piece.text)
            is_number = role_of(after.text) is Role.NUMBER
            return count_in(after.text) if count is None and is_number else count
    return None


def _links(below: Sequence[Piece]) -> Iterator[Link]:
    for piece in below:
        if piece.url and not piece.url.startswith(HUB):
            is_project = piece.text.casefold() == "project page"
            yield Link(LinkKind.PROJECT, piece.url) if is_project else Link.of(piece.url)
