"""Splits a page saved as text into pieces: blocks of prose, headings, and links with their text.

Programs that convert pages to text write links in four ways, which all become the same pieces:
`[text](address)`, `[text][33]` with or without the list of addresses, the address on a separate
line after the text, and no address at all.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from paperreader.formats.huggingface.furniture import role_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A text on one line; the address of its link, if any; its heading level, or 0.

    `line` is the number of its first line; `joined`: the previous piece ends on that line.
    """

    text: str
    url: str = ""
    heading: int = 0
    line: int = 1
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """A piece with its offsets in the text instead of its line number."""

    start: int
    end: int
    text: str
    url: str = ""
    heading: int = 0


HUB = "https://huggingface.co"

_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()\s]*\)|\[\d{1,6}\])")
_ADDRESS = r"(?:https?://|/)[^\s()]*(?:\([^\s()]*\)[^\s()]*)?"
_BRACKET = re.compile(rf"\]\(({_ADDRESS})(?:\s\"[^\"\n]{{0,200}}\")?\)|\]\[(\d{{1,6}})\]|\[|\]")
_LINK_END = re.compile(rf"\]\({_ADDRESS}|\]\[\d{{1,6}}\]")
_DEFINITION = re.compile(
    r"^[ \t]*(?:\[(\d{1,6})\]:|(\d{1,6})\.)[ \t]+<?(https?://[^\s<>]+)>?[ \t]*$", re.MULTILINE
)
_BARE_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_AT_END = re.compile(r"(?:^|\n)[ \t>*-]*(#{1,6})[ \t]*$")
_LINE_START = re.compile(r"[ \t#>*|-]*")
_HEADING_INSIDE = re.compile(r"\n[ \t]*#{1,6}[ \t]")
_LIST_MARKS = re.compile(r"\A\s*(?:[*+-]\s+(?:\0+\\{0,2}\s+)?)+(?=\w)")
_LIST_MARK = re.compile(r"[*+-][ \t]+(?=\S)")
_ESCAPE = re.compile(r"\\([\[\]*])")
# One backslash before one space is LaTeX.
_BROKEN_LINE = re.compile(r"\\{1,4}(?=[ \t]*\n|[ \t]*$|  )")
_KEYWORD_LINK = "/papers?q="
# Replaces removed markup, so that offsets in the text stay the same.
_GAP = "\0"
# Widths at which programs wrap; narrower lines end on purpose, wider ones are not wrapped.
_NARROWEST_WRAP, _WIDEST_WRAP = 60, 200
# A line that ends _SLACK cells early, though the next word would have fitted, ends on purpose: a
# title above its abstract, or, if more than the share _EARLY do, an item of a list.
_SLACK = 12
_EARLY = 0.4


def pieces(text: str, *, line: int = 1) -> list[Piece]:
    """Return the pieces of a page's text, which starts at `line` of its document."""
    text = text.replace("\u00a0", " ").replace(_GAP, "")
    linked = _LINK_END.search(text) is not None
    spans = _linked_spans(text) if linked else _prose_spans(text, 0, marked=False)
    return list(_with_bare_addresses(_placed(spans, text, line)))


def _placed(spans: Iterator[_Span], text: str, line: int) -> Iterator[Piece]:
    """Convert spans to pieces with line numbers."""
    newlines = [match.start() for match in re.finditer("\n", text)]
    ended = -1
    for span in spans:
        begins = bisect_right(newlines, span.start)
        if span.text or span.url:
            joined = begins == ended
            yield Piece(span.text, span.url, span.heading, line + begins, joined)
            ended = bisect_right(newlines, span.end - 1)


def _with_bare_addresses(candidates: Iterator[Piece]) -> Iterator[Piece]:
    """Give a bare address to the piece before it, if that has none."""
    before: Piece | None = None
    for piece in candidates:
        match = _BARE_ADDRESS.fullmatch(piece.text)
        if not match:
            if before:
                yield before
            before = piece
        elif before and not before.url:
            before = replace(before, url=match.group(1))
        else:
            if before:
                yield before
            before = replace(piece, text="", url=match.group(1))
    if before:
        yield before


def _linked_spans(text: str) -> Iterator[_Span]:
    text = _IMAGE.sub(lambda match: _GAP * len(match.group()), text)
    addresses = {m[1] or m[2]: m[3] for m in _DEFINITION.finditer(text) if m[1] or m[2]}
    text = _DEFINITION.sub(lambda match: " " * len(match.group()), text)
    characters = list(text)
    cards = []
    for start, close, end, address in _links(text):
        url = addresses.get(address, "") if address.isdigit() else address
        url = f"{HUB}{url}" if url.startswith("/") else url
        if _is_inline(text, start, end, url):
            characters[start] = _GAP
            characters[close:end] = _GAP * (end - close)
        else:
            cards.append((start, close, end, url))
    text = "".join(characters)
    done = 0
    for start, close, end, url in cards:
        card = _Span(start, end, text[start + 1 : close], url)
        before = text[done : card.start]
        heading = _HEADING_AT_END.search(before)
        if heading:
            before = before[: heading.start(1)]
        yield from _prose_spans(before, done, marked=True)
        card_text = _LIST_MARKS.sub("", _HEADING_INSIDE.sub("\n", card.text))
        level = len(heading.group(1)) if heading else 0
        yield replace(card, text=_one_line(card_text, marked=True), heading=level)
        done = card.end
    yield from _prose_spans(text[done:], done, marked=True)


def _links(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield each link: the offsets of its start, of its text's end and of its end, and its address.

    The text may contain brackets, also unbalanced ones, as in intervals: the link then starts at
    the first bracket at the start of a line, even if it has been closed since.
    """
    opened: list[int] = []
    closed = -1
    for match in _BRACKET.finditer(text):
        if match.group() == "[":
            opened.append(match.start())
        elif match.group() == "]":
            start = opened.pop() if opened else -1
            if closed < 0 <= start and _begins_line(text, start):
                closed = start
        elif opened or closed >= 0:
            address = match.group(1) or match.group(2)
            start = opened.pop() if opened else closed
            if _KEYWORD_LINK not in address:
                start = next((at for at in opened if _begins_line(text, at)), start)
                opened.clear()
                closed = -1
            yield start, match.start(), match.end(), address


def _begins_line(text: str, at: int) -> bool:
    line = text.rfind("\n", max(0, at - 40), at) + 1
    return (line > 0 or at <= 40) and _LINE_START.fullmatch(text, line, at) is not None


def _is_inline(text: str, start: int, end: int, url: str) -> bool:
    """Whether a link is part of a sentence rather than a separate piece."""
    if _KEYWORD_LINK in url:
        return True
    if f"{HUB}/papers/" in url or f"{HUB}/login" in url:
        return False
    before = text[text.rfind("\n", max(0, start - 80), start) + 1 : start].strip(" \t#>*-\0")
    after = text[end : end + 80].partition("\n")[0].strip(" \t\0")
    if before and not role_of(before) and not before.endswith((")", "]", "·")):
        return True
    return bool(after) and after[0] not in "·[|" and not role_of(after)


def _prose_spans(text: str, offset: int, *, marked: bool) -> Iterator[_Span]:
    """Yield the blocks of text between links; `marked`: it is Markdown."""
    block: list[_Span] = []
    at = offset
    for line in text.split("\n"):
        if line.replace(_GAP, "").strip():
            block.append(_Span(at, at + len(line), line.rstrip()))
        elif block:
            yield from _block_spans(block, marked=marked)
            block = []
        at += len(line) + 1
    if block:
        yield from _block_spans(block, marked=marked)


def _block_spans(lines: list[_Span], *, marked: bool) -> Iterator[_Span]:
    """Join the wrapped lines of a block; keep lines that end on purpose separate."""
    groups: list[list[_Span]] = []
    width = _wrapped_at(lines)
    levelled = (replace(line, heading=_level(line.text)) for line in lines)
    for number, line in enumerate(levelled):
        if groups and _go_on(groups[-1][-1], line, number, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        joined = " ".join(_without_marks(line.text, marked=marked) for line in group)
        first, last = group[0], group[-1]
        yield _Span(first.start, last.end, _one_line(joined, marked=marked), heading=first.heading)


def _wrapped_at(lines: list[_Span]) -> int:
    """Return the width at which the lines were wrapped, or 0 if they end on purpose."""
    width = max(len(line.text) for line in lines)
    breaks = list(pairwise(lines))
    if width < _NARROWEST_WRAP:
        # Two lines may be a title that was wrapped just where its second line is the longer one.
        fits = len(breaks) != 1 or _could_go_on(*breaks[0], _NARROWEST_WRAP)
        return 0 if fits else _NARROWEST_WRAP
    early = sum(_could_go_on(before, line, width - _SLACK) for before, line in breaks)
    return 0 if width > _WIDEST_WRAP or (early > 1 and early > _EARLY * len(breaks)) else width


def _could_go_on(before: _Span, line: _Span, width: int) -> bool:
    """Whether the first word of `line` would have fitted on the line before."""
    word = line.text.split(maxsplit=1)[0]
    return len(before.text) + 1 + len(word) <= width


def _go_on(before: _Span, line: _Span, number: int, width: int) -> bool:
    """Whether `line` continues the one before, in a block wrapped at `width` or not at all."""
    if before.heading or line.heading:
        return before.heading == line.heading
    if role_of(before.text.strip(" \t*\0")) or role_of(line.text.strip(" \t*\0")):
        return False
    inside = line.text.startswith("  ")
    if width:
        inside = inside or line.text[0].islower()
        return inside or number > 1 or not _could_go_on(before, line, width - _SLACK)
    return inside and len(before.text) <= _WIDEST_WRAP


def _level(line: str) -> int:
    match = _HEADING.match(line.lstrip(" \t>*-"))
    return len(match.group(1)) if match else 0


def _without_marks(line: str, *, marked: bool) -> str:
    line = line.strip(" \t")
    if _level(line):
        line = line.lstrip("# \t")
    return _LIST_MARK.sub("", line, count=1) if marked and _LIST_MARK.match(line) else line


def _one_line(text: str, *, marked: bool) -> str:
    text = text.replace(_GAP, "")
    if marked:
        text = _ESCAPE.sub(r"\1", _BROKEN_LINE.sub("", text))
    return " ".join(text.split())
