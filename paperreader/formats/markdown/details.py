"""Details below a paper in a Markdown digest: labelled lines, counts, a description."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from paperreader import text
from paperreader.formats.common.dates import iso_date
from paperreader.formats.common.people import people_in
from paperreader.formats.markdown import facts, signs
from paperreader.papers.paper import Paper

_COUNT = re.compile(r"(▲|👍|💬|⭐)\ufe0f?\s*(\d[\d,]{0,11})")


def with_details(paper: Paper, texts: Sequence[str]) -> Paper:
    """Return the paper with the details of the lines and paragraphs below it."""
    description: list[str] = []
    for line in _lines_of(texts):
        name, value = facts.label(line)
        value = value.strip()
        if not value:
            continue
        if name == "authors":
            paper = replace(paper, authors=people_in(value))
        elif name == "abstract":
            paper = replace(paper, abstract=value)
        elif name == "published":
            paper = replace(paper, published=iso_date(value) or paper.published)
        elif name == "venue":
            paper = replace(paper, venue=value.strip(facts.EDGE))
        elif name == "upvotes":
            paper = replace(paper, upvotes=int(value[:9]) if value.isdecimal() else None)
        elif name == "keywords":
            paper = replace(paper, keywords=tuple(w.strip(facts.EDGE) for w in value.split(",")))
        elif name == "categories":
            paper = replace(paper, categories=tuple(re.findall(r"[\w.-]+", value)))
        elif _COUNT.search(line):
            paper = with_counts(paper, line)
        elif name == "summary" or not (name or _is_only_links(line)):
            description.append(value)
    if not description:
        return paper
    if not (paper.authors or paper.abstract):
        people = facts.people(description[0])
        # A single name alone may be the description.
        if len(people) > 1 or (people and len(description) > 1):
            paper, description = replace(paper, authors=people), description[1:]
    return _described(paper, "\n\n".join(description))


def with_counts(paper: Paper, line: str) -> Paper:
    """Return the paper with the counts of a line such as "▲ 35 • 💬 3 • ⭐ 26,259"."""
    counts = {sign: int(number.replace(",", "")) for sign, number in _COUNT.findall(line)}
    return replace(
        paper,
        upvotes=counts.get("▲", counts.get("👍", paper.upvotes)),
        comments=counts.get("💬", paper.comments),
        stars=counts.get("⭐", paper.stars),
    )


def _described(paper: Paper, description: str) -> Paper:
    summary = "\n\n".join(filter(None, [paper.summary, description]))
    return replace(paper, summary=summary)


def _lines_of(texts: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs, split before each source line that starts with a label."""
    for block in texts:
        for paragraph in block.split("\n\n"):
            words: list[str] = []
            for line in paragraph.split("\n"):
                if words and facts.label(line)[0]:
                    yield " ".join(words)
                    words = []
                words += line.split()
            if words:
                yield " ".join(words)


def _is_only_links(line: str) -> bool:
    """Whether a line below a paper holds nothing but "[paper] [code]" and addresses."""
    for url in text.urls(line):
        line = line.replace(url, " ")
    return signs.is_generic(facts.label(line)[1])
