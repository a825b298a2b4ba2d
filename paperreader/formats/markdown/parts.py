"""Large Markdown documents in parts, each parsed by itself: parsing takes 140 times the memory.

A part begins where no block goes on from the part before: at a heading if there is one soon, else
at an item of a list, a row of a table (whose head is repeated) or a paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

# In units of size: a character is one, and so that short lines are not cheap each line and each
# cell of a table is 30 more. Documents that are not larger are one part. A heading is waited for
# until twice, any other start until four times as much.
PART = 300_000
_LINE = 30
_HEADING = re.compile(r"#{1,3} ")
_START = re.compile(r"#{1,6} |[-*+] |\d{1,9}[.)] ")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TABLE_RULE = re.compile(r" {0,3}\|?[ :]*-[-:| ]*")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S[^\n]{0,2000}$", re.MULTILINE)
_MOST_DEFINITIONS = 1_000


class Part(NamedTuple):
    """A part of a document, the number of its first line, and its size."""

    first: int
    source: str
    size: int


def parts(source: str) -> Iterator[Part]:
    """Yield the parts of a document. Link definitions, often at its end, are added to each."""
    lines = source.split("\n")
    whole = sum(map(_size, lines))
    if whole <= PART:
        yield Part(1, source, whole)
        return
    matches = islice(_DEFINITION.finditer(source), _MOST_DEFINITIONS)
    definitions = ["", *(match.group() for match in matches)]
    start = 0
    head: list[str] = []
    for number, next_head in _starts(lines):
        own = lines[start:number]
        source = "\n".join([*head, *own, *definitions])
        yield Part(start + 1 - len(head), source, sum(map(_size, own)))
        start, head = number, next_head


def _starts(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of each line that ends a part, and the head of the table that it is in."""
    size, fence, in_comment = 0, "", False
    head: list[str] = []
    for number, line in enumerate(lines):
        if size >= 4 * PART or (
            size >= PART and not (fence or in_comment) and _begins(lines, number, head, size)
        ):
            yield number, head
            size, fence, in_comment = 0, "", False
        size += _size(line)
        if match := _FENCE.match(line):
            mark = match.group(1)
            fence = mark if not fence else "" if mark.startswith(fence) else fence
        if "<!--" in line or "-->" in line:
            in_comment = line.rfind("<!--") > line.rfind("-->")
        if "|" not in line:
            head = []
        elif number and not head and "-" in line and _TABLE_RULE.fullmatch(line):
            head = [lines[number - 1], line]
    yield len(lines), []


def _size(line: str) -> int:
    return len(line) + _LINE * (1 + line.count("|"))


def _begins(lines: Sequence[str], number: int, head: list[str], size: int) -> bool:
    """Whether a part may begin at a line, after `size` characters of the part before."""
    line = lines[number]
    if size < 2 * PART:
        return _HEADING.match(line) is not None
    is_apart = not lines[number - 1].strip() and bool(line[:1].strip())
    return bool(head) or is_apart or _START.match(line) is not None
