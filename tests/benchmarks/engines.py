"""The engines that are measured: paperreader and its peers, asked the same things.

What is asked is a kind and its words. `typing` is a text of which the last word is a beginning;
`words` are all wanted; a `phrase` stands together; `boolean` wants the first word, one of the two
next ones, and not the last; a `sentence` wants most of its words, best first.
"""

import argparse
import gc
import importlib.util
import multiprocessing
import re
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from paperreader.errors import NEVER
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from paperreader.query.query import Query
from paperreader.query.request import Request
from paperreader.query.tree import Filter
from paperreader.search.vectors import sentence_encoder
from paperreader.settings import MEANING

# As many rows as a screen shows at most.
ROWS = 50
_NUMBER = "benchmark"
Answer = tuple[int, list[str]]


class Engine:
    """Something that searches papers."""

    name: str
    # An engine that takes seconds for an answer is asked fewer things.
    patience = 1_000_000
    folder = Path()

    def build(self, papers: list[Paper], folder: Path) -> None:
        """Index `papers` in `folder`, which is empty."""
        raise NotImplementedError

    def open(self, folder: Path) -> None:
        """Get ready to answer from what was built in `folder`."""
        raise NotImplementedError

    def ask(self, kind: str, text: str) -> Answer:
        """Return how many papers answer, and the titles of the first `ROWS`."""
        raise NotImplementedError

    def rank(self, text: str, depth: int) -> list[int]:
        """Return the best papers for a sentence, by their places in what was built."""
        raise NotImplementedError


class Paperreader(Engine):
    """The library itself, as the screen calls it."""

    name = "paperreader"

    def build(self, papers: list[Paper], folder: Path) -> None:
        with Library(Paths.find(folder)) as library:
            library.add(_numbered(papers), "benchmark")
            (folder / "stored").touch()
            library.catch_up()

    def open(self, folder: Path, meaning: float = MEANING) -> None:
        self.library = Library(Paths.find(folder), meaning)
        self.library.catch_up()
        self.library.make_vectors()

    def ask(self, kind: str, text: str) -> Answer:
        request = Request(written(kind, text), typing=kind == "typing")
        results = self.library.search(request)
        return len(results), [record.paper.title for record in results[:ROWS]]

    def first_title(self) -> str:
        """Return the title that stands first when the program starts."""
        return self.library.search(Request())[0].paper.title

    def rank(self, text: str, depth: int) -> list[int]:
        results = self.library.search(Request(text))
        if results.full < depth:  # what is close in meaning comes after those
            results = self.library.with_close(results)
        return [int(r.paper.identifiers[_NUMBER]) for r in results[:depth]]


class SearchAlone(Engine):
    """The search without the library: no store, no rows read; for those who work on it."""

    name = "search alone"

    def build(self, papers: list[Paper], folder: Path) -> None:
        from paperreader.search.index import SearchIndex

        class Text(NamedTuple):
            revision: int
            row: int
            title: str
            abstract: str
            authors: tuple[str, ...]
            published: str

        texts = [
            Text(n, n, p.title, p.abstract, p.authors, p.published)
            for n, p in enumerate(map(Paper.cleaned, papers), start=1)
        ]
        SearchIndex(folder / "index", "benchmark", lambda: len(texts)).catch_up(
            changes=lambda after, limit: texts[after : after + limit],
            cancel=NEVER,
            progress=lambda papers: None,
        )

    def open(self, folder: Path) -> None:
        from paperreader.search.index import SearchIndex
        from paperreader.search.searcher import Searcher

        self.searcher = Searcher(SearchIndex(folder / "index", "benchmark", lambda: sys.maxsize))

    def ask(self, kind: str, text: str) -> Answer:
        rows = self._rows(written(kind, text), typing=kind == "typing")
        return len(rows), [str(row) for row in rows[:ROWS]]

    def rank(self, text: str, depth: int) -> list[int]:
        return [row - 1 for row in self._rows(text)[:depth]]

    def _rows(self, text: str, *, typing: bool = False) -> list[int]:
        tree = Query.parse(text, typing=typing).tree
        if tree is None:
            return []
        found: list[int] = self.searcher.search(tree, filters=_no_rows).rows.tolist()
        return found


class Fts5(Engine):
    """SQLite's full-text search, with Porter's stems and its indexes of beginnings."""

    name = "sqlite fts5"

    def build(self, papers: list[Paper], folder: Path) -> None:
        database = sqlite3.connect(folder / "fts.sqlite3")
        with database:
            database.execute(
                "CREATE VIRTUAL TABLE paper USING fts5(title, abstract, authors, prefix='2 3',"
                " tokenize='porter unicode61')"
            )
            rows = ((p.title, p.abstract, " ".join(p.authors)) for p in papers)
            database.executemany("INSERT INTO paper VALUES (?, ?, ?)", rows)
        database.close()

    def open(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "fts.sqlite3")

    def ask(self, kind: str, text: str) -> Answer:
        words = [f'"{word}"' for word in plain(text)]
        match kind:
            case "typing":
                begun = "" if text.endswith(" ") else " *"
                told = " ".join(words) + begun
            case "phrase":
                told = " + ".join(words)
            case "boolean":
                told = f"({words[0]} AND ({words[1]} OR {words[2]})) NOT {words[3]}"
            case "sentence":
                told = " OR ".join(words)
            case _:
                told = " AND ".join(words)
        if not words:
            return 0, []
        count = self.database.execute("SELECT count(*) FROM paper(?)", (told,)).fetchone()[0]
        rows = self.database.execute(
            f"SELECT title FROM paper(?) ORDER BY bm25(paper, 2, 1, 1) LIMIT {ROWS}", (told,)
        )
        return count, [title for (title,) in rows]

    def rank(self, text: str, depth: int) -> list[int]:
        told = " OR ".join(f'"{word}"' for word in plain(text))
        rows = self.database.execute(
            f"SELECT rowid - 1 FROM paper(?) ORDER BY bm25(paper, 2, 1, 1) LIMIT {depth}", (told,)
        )
        return [row for (row,) in rows]


class Tantivy(Engine):
    """A search library in Rust, with English stems."""

    name = "tantivy"

    def build(self, papers: list[Paper], folder: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("title", stored=True, tokenizer_name="en_stem")
        schema.add_text_field("text", tokenizer_name="en_stem")
        schema.add_integer_field("place", stored=True)
        index = tantivy.Index(schema.build(), str(folder))
        writer = index.writer(heap_size=100_000_000, num_threads=1)
        for place, paper in enumerate(papers):
            writer.add_document(tantivy.Document(place=place, title=paper.title, text=_text(paper)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self.index = tantivy.Index.open(str(folder))
        self.searcher = self.index.searcher()

    def ask(self, kind: str, text: str) -> Answer:
        words = plain(text)
        if not words:
            return 0, []
        if kind == "typing" and not text.endswith(" "):
            query = self._begun(words)
        else:
            match kind:
                case "phrase":
                    told = f'"{" ".join(words)}"'
                case "boolean":
                    told = f"+{words[0]} +({words[1]} OR {words[2]}) -{words[3]}"
                case "sentence":
                    told = " ".join(words)
                case _:
                    told = " ".join(f"+{word}" for word in words)
            query = self.index.parse_query(told, ["text"])
        found = self.searcher.search(query, ROWS)
        titles = [str(self.searcher.doc(place).get_first("title")) for _, place in found.hits]
        return int(cast("Any", found).count), titles

    def rank(self, text: str, depth: int) -> list[int]:
        query = self.index.parse_query(" ".join(plain(text)), ["text"])
        hits = self.searcher.search(query, depth).hits
        return [int(str(self.searcher.doc(address).get_first("place"))) for _, address in hits]

    def _begun(self, words: list[str]) -> Any:
        from tantivy import Occur, Query

        begun = Query.regex_query(self.index.schema, "text", f"{words[-1]}.*")
        if not words[:-1]:
            return begun
        whole = self.index.parse_query(" ".join(f"+{w}" for w in words[:-1]), ["text"])
        return Query.boolean_query([(Occur.Must, whole), (Occur.Must, begun)])


class WhooshPrefix(Engine):
    """Whoosh as its manual has it: stems, BM25F, and `Prefix` for the word being typed."""

    name = "whoosh Prefix"
    patience = 20

    def build(self, papers: list[Paper], folder: Path) -> None:
        from whoosh import fields, index
        from whoosh.analysis import StemmingAnalyzer

        text = fields.TEXT(analyzer=StemmingAnalyzer(cachesize=-1))
        schema = fields.Schema(title=fields.STORED(), place=fields.STORED(), text=text)
        writer = index.create_in(folder, schema).writer(limitmb=256)
        for place, paper in enumerate(papers):
            writer.add_document(title=paper.title, place=place, text=_text(paper))
        writer.commit()

    def open(self, folder: Path) -> None:
        from whoosh import index
        from whoosh.analysis import StemmingAnalyzer

        self.searcher = index.open_dir(folder).searcher()
        self.analyzer = StemmingAnalyzer(cachesize=-1)

    def ask(self, kind: str, text: str) -> Answer:
        from whoosh import query

        words = plain(text)
        begun = words.pop() if kind == "typing" and words and not text.endswith(" ") else ""
        terms = [query.Term("text", token.text) for token in self.analyzer(" ".join(words))]
        if not terms and not begun:
            return 0, []
        match kind:
            case "phrase":
                asked = query.Phrase("text", [term.text for term in terms])
            case "boolean" if len(terms) == 4:
                asked = (terms[0] & (terms[1] | terms[2])) - terms[3]
            case "sentence":
                asked = query.Or(terms)
            case _:
                asked = query.And([*terms, *([query.Prefix("text", begun)] if begun else [])])
        found = self.searcher.search(asked, limit=ROWS)
        return len(found), [hit["title"] for hit in found]

    def rank(self, text: str, depth: int) -> list[int]:
        from whoosh import query

        terms = [query.Term("text", token.text) for token in self.analyzer(" ".join(plain(text)))]
        return [hit["place"] for hit in self.searcher.search(query.Or(terms), limit=depth)]


def leave_out_the_encoder() -> None:
    """Let queries be read by their words alone, as where the extra `meaning` is not installed."""
    sentence_encoder.PACKAGE = "no_package_has_this_name"


def _numbered(papers: list[Paper]) -> Iterator[Paper]:
    """Write each paper's place on it, so that it is known again."""
    for place, paper in enumerate(papers):
        yield replace(paper, identifiers={**paper.identifiers, _NUMBER: str(place)}).cleaned()


def _text(paper: Paper) -> str:
    return f"{paper.title}\n{paper.abstract}\n{' '.join(paper.authors)}"


def _no_rows(condition: Filter) -> NDArray[np.int64]:
    return np.empty(0, np.int64)


def plain(text: str) -> list[str]:
    """Return the bare words of a text."""
    return re.findall(r"\w+", text.lower())


def written(kind: str, text: str) -> str:
    """Return what is asked in paperreader's query language."""
    if kind == "phrase":
        return f'"{text}"'
    if kind == "boolean":
        first, second, third, last = text.split()
        return f"{first} ({second} OR {third}) -{last}"
    return text


ENGINES: dict[str, type[Engine]] = {
    "paperreader": Paperreader,
    "fts5": Fts5,
    "tantivy": Tantivy,
    "whoosh": WhooshPrefix,
    "search": SearchAlone,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what every measurement of engines can be told."""
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["paperreader"])
    parser.add_argument("--keep", type=Path, help="keep the indexes here, to be used again")
    parser.add_argument("--json", type=Path, help="write the figures here")


def chosen(names: Iterable[str]) -> dict[str, Engine]:
    """Return the engines by those names that are installed, saying which are not."""
    found: dict[str, Engine] = {}
    for name in names:
        if name == "tantivy" and importlib.util.find_spec(name) is None:
            print(f"{name} is not installed and left out; the extra `benchmarks` brings it")
            continue
        found[name] = ENGINES[name]()
    return found


@contextmanager
def opened(
    told: argparse.Namespace, papers: list[Paper]
) -> Iterator[tuple[dict[str, Engine], list[dict[str, Any]]]]:
    """Build and open the engines that the command line chose; yield them and what building cost."""
    with tempfile.TemporaryDirectory() as temporary:
        asked, costs = chosen(told.engines), []
        for name, engine in asked.items():
            folder = (told.keep or Path(temporary)) / f"{name}-{len(papers)}"
            cost = build(name, papers, folder)
            costs += [cost] if cost else []
            engine.folder = folder
            engine.open(folder)
        gc.collect()
        gc.freeze()  # the corpus is no engine's garbage
        yield asked, costs


def build(name: str, papers: list[Paper], folder: Path) -> dict[str, Any]:
    """Build an index in a process of its own; return what it cost.

    An index that is there already is used as it is, and costs nothing.
    """
    if (folder / "built").exists():
        return {}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_build, args=(name, papers, folder, there))
    process.start()
    there.close()
    cost: dict[str, Any] = here.recv()
    process.join()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    (folder / "built").touch()
    return {"engine": ENGINES[name].name, **cost, "size MB": size / 1e6}


def _build(name: str, papers: list[Paper], folder: Path, told: Any) -> None:
    before = _memory()
    wall, cpu = time.perf_counter(), time.process_time()
    ENGINES[name]().build(papers, folder)
    wall = time.perf_counter() - wall
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = time.process_time() - cpu + children.ru_utime + children.ru_stime
    told.send(
        {
            "papers/s": len(papers) / wall,
            "papers/cpu s": len(papers) / cpu,
            "wall s": wall,
            "peak MB more": max(_memory() - before, 0) + children.ru_maxrss / 1024,
        }
    )
    told.close()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
