"""Judged collections: a folder with docs.jsonl, queries.jsonl and qrels.tsv, read liberally."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperreader.papers.paper import Paper

_ID = ("id", "_id", "doc_id", "docid", "docno", "query_id", "qid", "number", "key")
_TITLE = ("title", "headline", "name")
_BODY = ("abstract", "text", "body", "contents", "content", "summary", "description")
_QUESTION = ("text", "query", "question", "title", "description")


@dataclass(frozen=True)
class Collection:
    """Papers by their ids, questions by theirs, and what is right for each question.

    `judgments` has for each question the grades, above 0, of the papers that answer it.
    """

    name: str
    papers: dict[str, Paper]
    questions: dict[str, str]
    judgments: dict[str, dict[str, float]]


def read(folder: Path) -> Collection:
    """Return the collection in `folder`; only questions that have an answer in it count."""
    papers: dict[str, Paper] = {}
    for place, entry in enumerate(_lines(folder / "docs.jsonl")):
        name = _first(entry, _ID) or str(place)
        papers[name] = _paper(entry, len(papers))
    questions = {}
    for place, entry in enumerate(_lines(folder / "queries.jsonl")):
        questions[_first(entry, _ID) or str(place)] = _first(entry, _QUESTION)
    judgments: dict[str, dict[str, float]] = {}
    for question, paper, grade in _judgments(folder / "qrels.tsv"):
        if grade > 0 and paper in papers and questions.get(question):
            judgments.setdefault(question, {})[paper] = grade
    return Collection(folder.name, papers, questions, judgments)


def _paper(entry: dict[str, Any], place: int) -> Paper:
    """Return the paper of an entry; it has an id of its own, lest two be taken for one."""
    authors = entry.get("authors", entry.get("author"))
    told = authors if isinstance(authors, list) else [_text(authors)]
    return Paper(
        title=_first(entry, _TITLE),
        abstract=_first(entry, _BODY),
        authors=tuple(text for author in told if (text := _text(author))),
        published=_first(entry, ("date", "published", "year"))[:10],
        identifiers={"openreview": f"benchmark{place}"},
    )


def _judgments(path: Path) -> Iterator[tuple[str, str, float]]:
    """Yield question, paper and grade; also from four columns, as TREC has them."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        cells = line.split("\t") if "\t" in line else line.split()
        cells = [cell.strip() for cell in cells]
        if len(cells) >= 4:
            cells = [cells[0], cells[2], cells[3]]
        if len(cells) == 2:
            cells.append("1")
        if len(cells) == 3 and _is_number(cells[2]):  # a line of headings is none
            yield cells[0], cells[1], float(cells[2])


def _is_number(told: str) -> bool:
    try:
        float(told)
    except ValueError:
        return False
    return True


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as lines:
        for line in lines:
            entry = json.loads(line) if line.strip() else None
            if isinstance(entry, dict):
                yield entry


def _first(entry: dict[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of the named values that tells something."""
    for name in names:
        if told := _text(entry.get(name)):
            return told
    return ""


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case list():
            return " ".join(_text(part) for part in value)
        case dict():
            return _first(value, ("name", "text", "value"))
        case _:
            return str(value).strip()
