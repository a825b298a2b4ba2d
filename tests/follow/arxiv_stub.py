"""A stub of arXiv's API: searches papers and answers as the real one does, with its limits."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from paperreader.papers.titles import fold
from tests.follow.stub import Answer, Asked

_TERM = re.compile(r'(\w+):(?:"([^"]*)"|([^\s()]+))')


@dataclass(frozen=True)
class Preprint:
    """A paper as arXiv has it."""

    number: str
    title: str
    abstract: str = "We study it."
    authors: Sequence[str] = ("Ada Lovelace", "Alan Turing")
    published: str = "2025-11-20"
    categories: Sequence[str] = ("cs.CL", "cs.LG")
    doi: str = ""
    comment: str = ""


class ArxivStub:
    """Answers requests for /api/query over `preprints`."""

    def __init__(self, preprints: Sequence[Preprint]) -> None:
        self.preprints = list(preprints)

    def __call__(self, asked: Asked) -> Answer:
        query = asked.query
        start, size = int(query.get("start", 0)), int(query.get("max_results", 10))
        if size > 2000:
            return _feed([_ERROR.format("max_results must be <= 2000")], 1, 0, 400)
        found = self.preprints
        if names := query.get("id_list"):
            wanted = [re.sub(r"v\d+$", "", name) for name in names.split(",")]
            if bad := [n for n in wanted if not re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}", n)]:
                return _feed([_ERROR.format(f"incorrect id format for {bad[0]}")], 1, 0, 400)
            by_number = {paper.number: paper for paper in found}
            found = [by_number[name] for name in wanted if name in by_number]
        if search := query.get("search_query"):
            found = [paper for paper in found if _holds(search, paper)]
        if query.get("sortBy") == "submittedDate":
            found = sorted(found, key=lambda paper: paper.published, reverse=True)
        return _feed([_entry(p) for p in found[start : start + size]], len(found), start)


def _holds(search: str, paper: Preprint) -> bool:
    """Terms joined by AND, OR and ANDNOT, from left to right, without brackets."""
    result = True
    joiner = "AND"
    for part in re.split(r"\s+(AND|OR|ANDNOT)\s+", search):
        if part in ("AND", "OR", "ANDNOT"):
            joiner = part
            continue
        match = _TERM.fullmatch(part.strip("() "))
        here = match is not None and _term(match[1], match[2] or match[3], paper)
        result = {"AND": result and here, "OR": result or here, "ANDNOT": result and not here}[
            joiner
        ]
    return result


def _term(field: str, value: str, paper: Preprint) -> bool:
    if field == "cat":
        if value.endswith("*"):
            return any(c.startswith(value[:-1]) for c in paper.categories)
        return value in paper.categories
    texts = {
        "ti": [paper.title],
        "abs": [paper.abstract],
        "au": paper.authors,
        "all": [paper.title, paper.abstract, *paper.authors],
    }
    return any(f" {fold(value)} " in f" {fold(text)} " for text in texts.get(field, ()))


_ERROR = """<entry><id>https://arxiv.org/api/errors#wrong</id><title>Error</title>
<summary>{}</summary><author><name>arXiv api core</name></author></entry>"""


def _entry(paper: Preprint) -> str:
    named = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    filed = "".join(f'<category term="{name}"/>' for name in paper.categories)
    more = f"<arxiv:doi>{paper.doi}</arxiv:doi>" if paper.doi else ""
    more += f"<arxiv:comment>{escape(paper.comment)}</arxiv:comment>" if paper.comment else ""
    return f"""<entry>
<id>http://arxiv.org/abs/{paper.number}v2</id>
<title>{escape(paper.title)}</title>
<updated>{paper.published}T12:00:00Z</updated><published>{paper.published}T10:00:00Z</published>
<link href="https://arxiv.org/abs/{paper.number}v2" rel="alternate" type="text/html"/>
<link href="https://arxiv.org/pdf/{paper.number}v2" rel="related" title="pdf"/>
<summary>{escape(paper.abstract)}</summary>{filed}
<arxiv:primary_category term="{paper.categories[0]}"/>{named}{more}</entry>"""


def _feed(entries: Sequence[str], total: int, start: int, status: int = 200) -> Answer:
    body = f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>2026-04-12T22:09:27Z</updated>
<opensearch:itemsPerPage>{len(entries)}</opensearch:itemsPerPage>
<opensearch:totalResults>{total}</opensearch:totalResults>
<opensearch:startIndex>{start}</opensearch:startIndex>
{"".join(entries)}</feed>"""
    return Answer(body.encode(), status, {"Content-Type": "application/atom+xml"})


def preprints(
    count: int, *, first: int = 1, day: Callable[[int], str] | None = None
) -> list[Preprint]:
    """Made preprints, the highest numbers the newest."""
    return [
        Preprint(
            f"2511.{number:05}",
            f"Paper number {number} on sampling",
            f"This is what paper {number} says about the sampling of text number {number}.",
            published=day(number) if day else f"2025-11-{1 + number // 40 % 28:02}",
        )
        for number in range(first, first + count)
    ]
