"""Assembles papers from the pieces of a Hugging Face Papers page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Self

from paperreader.formats.base import Item, Unparsed
from paperreader.formats.common.title_or_abstract import SURE, Part, abstract_score, likeliest_parts
from paperreader.formats.huggingface.furniture import Role, count_in, date_in, role_of
from paperreader.formats.huggingface.text_pieces import HUB, Piece
from paperreader.papers.identifiers import identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.titles import fold

_VOTES = re.compile(r"%2Fpapers%2F(\d{4}\.\d{4,5})", re.IGNORECASE)
_PAPER_PAGE = re.compile(rf"{HUB}/papers/(\d{{4}}\.\d{{4,5}})(?:v\d+)?/?(?:\?[^#]*)?")
_PROFILE = re.compile(rf"{HUB}/(?!papers|login|join|models|datasets|spaces|docs)[\w.-]+")
# If this share of the texts is marked as titles, by links or headings, no other text is a title.
_MARKED = 0.25
# Roles that count only next to other such pieces: a paper may be called "Privacy".
_IN_COMPANY = {Role.NAVIGATION, Role.NUMBER, Role.DATE, Role.BANNER}


@dataclass(slots=True)
class _Card:
    """A paper under construction."""

    title: str
    number: str = ""
    paragraphs: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    published: str = ""
    organization: str = ""
    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None

    def paper(self) -> Paper:
        """Return the paper that the card shows."""
        page = [Link(LinkKind.PAGE, f"{HUB}/papers/{self.number}")] if self.number else []
        return Paper(
            self.title,
            abstract="\n\n".join(self.paragraphs),
            published=self.published,
            links=(*page, *self.links),
            identifiers={"arxiv": self.number} if self.number else {},
            organization=self.organization,
            upvotes=self.upvotes,
            comments=self.comments,
            stars=self.stars,
        )

    def is_same(self, other: Self) -> bool:
        """Whether the other card shows the same paper."""
        if self.number and other.number:
            return self.number == other.number
        return fold(self.title) == fold(other.title) and (
            self.paragraphs == other.paragraphs or not self.paragraphs or not other.paragraphs
        )

    def complete(self, other: Self) -> None:
        """Fill in missing attributes from the other card."""
        for attribute in fields(self):
            if getattr(self, attribute.name) in ("", None, []):
                setattr(self, attribute.name, getattr(other, attribute.name))


def roles(pieces: Sequence[Piece]) -> list[Role | None]:
    """Return the role of each piece, or None where it is a title or an abstract."""
    worded = [_role(piece) for piece in pieces]
    result: list[Role | None] = []
    for at, (piece, role) in enumerate(zip(pieces, worded, strict=True)):
        before = worded[at - 1] if at else None
        after = worded[at + 1] if at + 1 < len(pieces) else Role.NAVIGATION
        if role in _IN_COMPANY and not (before or after or piece.url or not at):
            result.append(None)
        elif role is None and not piece.heading:
            result.append(_role_by_neighbours(piece, before, after, result))
        else:
            result.append(role)
    return result


def _role(piece: Piece) -> Role | None:
    return Role.DOT if not piece.text else role_of(piece.text)


def _role_by_neighbours(
    piece: Piece, before: Role | None, after: Role | None, earlier: list[Role | None]
) -> Role | None:
    """Recognise names of people and organisations by the neighbouring pieces."""
    if _PAPER_PAGE.fullmatch(piece.url) or abstract_score(piece.text) > 0:
        return None
    if before is Role.SUBMITTED:
        return Role.SUBMITTER
    if earlier and earlier[-1] is None and (after is Role.DOT or _PROFILE.fullmatch(piece.url)):
        return Role.ORGANIZATION
    return None


def papers(pieces: Sequence[Piece], piece_roles: Sequence[Role | None]) -> Iterator[Item]:
    """Yield the papers of a page without duplicates, and passages that belong to none."""
    cards: list[_Card] = []
    votes: dict[str, int | None] = {}
    parts = iter(
        _parts([piece for piece, role in zip(pieces, piece_roles, strict=True) if not role])
    )
    before: Role | None = None
    waiting: int | None = None
    for piece, role in zip(pieces, piece_roles, strict=True):
        part = None if role else next(parts)
        if part is Part.TITLE:
            number = _number(piece.url)
            cards.append(_Card(piece.text, number, upvotes=votes.get(number, waiting)))
        elif part is not None and cards:
            cards[-1].paragraphs.append(piece.text)
            _add_link(cards[-1], piece)
        elif role is None:
            reason = "an abstract whose title is missing" if part else "neither title nor abstract"
            yield Unparsed(f"line {piece.line}", reason, piece.text)
        elif match := _VOTES.search(piece.url):
            votes[match.group(1)] = count_in(piece.text)
            if cards and cards[-1].number == match.group(1):
                cards[-1].upvotes = count_in(piece.text)
        elif cards and role:
            _add_detail(cards[-1], piece, role, before)
        # A separate number is the vote count of the title that follows it.
        alone = role is Role.NUMBER and not piece.url and not piece.joined
        waiting = count_in(piece.text) if alone else None
        before = role
    for card in _without_duplicates(cards):
        yield card.paper()


def _parts(prose: Sequence[Piece]) -> list[Part | None]:
    """Classify titles and abstracts by links and headings, or else by their wording."""
    titles = list(_are_titles(prose))
    scores = [abstract_score(piece.text) for piece in prose]
    if sum(titles) < _MARKED * len(prose):
        marked = zip(titles, scores, strict=True)
        return [*likeliest_parts([-SURE if is_title else score for is_title, score in marked])]
    parts: list[Part | None] = []
    for piece, is_title, score in zip(prose, titles, scores, strict=True):
        if is_title:
            parts.append(Part.TITLE)
        elif parts and parts[-1] is Part.TITLE:
            parts.append(Part.ABSTRACT)
        else:
            # The role of a short text between two papers is unknown.
            parts.append(Part.FURTHER if score > 0 or _number(piece.url) else None)
    return parts


def _are_titles(prose: Sequence[Piece]) -> Iterator[bool]:
    """Yield whether each piece is marked as a title: a heading, or the first link to a paper."""
    title, number = "", ""
    for piece in prose:
        linked = _number(piece.url)
        repeated = linked and piece.text == title
        if is_title := piece.heading > 1 or (linked and linked != number) or repeated:
            title, number = piece.text, linked
        yield bool(is_title)


def _number(url: str) -> str:
    match = _PAPER_PAGE.fullmatch(url)
    return match.group(1) if match else ""


def _add_detail(card: _Card, piece: Piece, role: Role, before: Role | None) -> None:
    """Store what a piece beside the title says in the card."""
    count = count_in(piece.text)
    if role is Role.UPVOTE or (role is Role.NUMBER and before is Role.UPVOTE):
        card.upvotes = count if count is not None else card.upvotes
    elif role is Role.GITHUB or (role is Role.NUMBER and before is Role.GITHUB):
        card.stars = count if count is not None else card.stars
        _add_link(card, piece)
    elif role is Role.NUMBER and (piece.joined or piece.url.endswith("#community")):
        card.comments = count
    elif role is Role.DATE:
        card.published = card.published or date_in(piece.text, card.number)
    elif role is Role.ORGANIZATION:
        card.organization = card.organization or piece.text
    elif role is Role.ARXIV:
        card.number = card.number or identifiers_in(piece.url).get("arxiv", "")


def _add_link(card: _Card, piece: Piece) -> None:
    if piece.url and not piece.url.startswith(HUB):
        card.links.append(Link.of(piece.url))


def _without_duplicates(cards: list[_Card]) -> list[_Card]:
    """Return the cards without duplicates: pages for two screen widths hold each card twice."""
    known: dict[str, _Card] = {}
    kept = []
    for card in cards:
        names = [name for name in (card.number, fold(card.title)) if name]
        first = next((known[name] for name in names if name in known), None)
        if first and first.is_same(card):
            first.complete(card)
        else:
            kept.append(card)
            known |= dict.fromkeys(names, card)
    return kept
