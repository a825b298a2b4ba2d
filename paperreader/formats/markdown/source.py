"""The source of a Markdown document before parsing: front matter, and lines that are too long."""

import re
from collections.abc import Iterator

from paperreader import text
from paperreader.formats.base import Heading, Item, Unparsed
from paperreader.formats.json_formats.generic import generic_paper

FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_LONGEST_LINE, _MOST_MARKS = 200_000, 5_000


def without_long_lines(source: str) -> tuple[str, list[Unparsed]]:
    """Return the text without excessively long lines, and a passage for each of them.

    The parser's time and memory grow with the marks in a line, up to a hundred times the size of
    its text.
    """
    lines = source.split("\n")
    passages: list[Unparsed] = []
    for number, line in enumerate(lines):
        marks = sum(map(line.count, "[*_`<")) if len(line) > _MOST_MARKS else 0
        if len(line) > _LONGEST_LINE or marks > _MOST_MARKS:
            passages.append(Unparsed(f"line {number + 1}", "the line is too long", line[:200]))
            lines[number] = ""
    return ("\n".join(lines) if passages else source), passages


def front_matter(content: str) -> Iterator[Item]:
    """Yield the paper that the front matter of a note describes, or a heading."""
    record: dict[str, object] = {}
    name = ""
    for line in content.split("\n"):
        if match := _FIELD.fullmatch(line):
            name = match.group(1)
            value = match.group(2).strip().strip("\"'")
            listed = value[1:-1].split(",") if value.startswith("[") else None
            record[name] = [v.strip(" \"'") for v in listed] if listed else value
        elif name and line.lstrip().startswith("- "):
            earlier = record[name]
            item = line.lstrip()[2:].strip(" \"'")
            record[name] = [*earlier, item] if isinstance(earlier, list) else [item]
    paper = generic_paper(record)
    if paper and paper.identifiers:
        yield paper
    else:
        yield Heading("front matter", text.line(content)[:200])
