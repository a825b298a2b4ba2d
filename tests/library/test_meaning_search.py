"""Search by meaning, by what a person sees of it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from paperreader.cli import main
from paperreader.errors import NEVER, Cancelled, CancelToken
from paperreader.library.library import Library
from paperreader.library.results import Results
from paperreader.library.vector_indexer import VectorIndexer
from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.paths import Paths
from paperreader.query.request import Request, Sort, SortKey
from paperreader.search.vectors.bags import telling, word_counts
from paperreader.search.vectors.library_vectors import LibraryVectors
from paperreader.search.vectors.quantised import Floats
from paperreader.search.vectors.sentence_encoder import SentenceEncoder
from paperreader.search.vectors.word_table import TABLE

PRIVACY = [
    ("Differential privacy for queries", "Noise protects the individuals behind a database."),
    ("Anonymizing medical records", "Removing identities from patient data before its release."),
    ("Membership inference attacks", "Models leak whether sensitive records were used."),
    ("Revisiting k-anonymity", "Generalization and suppression protect tables of individuals."),
]
OTHERS = [
    ("Galaxies of survey {}", "Redshifts of galaxies and their stars, number {}."),
    ("Grammar of language {}", "Syntax and morphology of verbs in dialect {}."),
    ("Proteins of cell {}", "Folding of proteins in tissue {} of mice."),
]


def paper(number: int, title: str, abstract: str) -> Paper:
    return Paper(
        title, abstract=abstract, identifiers={"arxiv": f"2001.{number:05}"}, categories=("cs.CR",)
    )


PAPERS = [paper(n, *text) for n, text in enumerate(PRIVACY)] + [
    paper(100 + n, title.format(n), abstract.format(n))
    for n in range(60)
    for title, abstract in [OTHERS[n % 3]]
]
ASKED = "hiding personal details in datasets"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(tmp_path / "library")


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with Library(paths) as library:
        library.add(PAPERS, "test")
        library.catch_up()
        library.make_vectors()
        yield library


def found(library: Library, text: str, **options: object) -> Results:
    return library.with_close(library.search(Request(text, **options)))  # type: ignore[arg-type]


def close(results: Results) -> list[int]:
    """The rows of the papers that are close in meaning."""
    return [results.row(index) for index in range(results.by_words, len(results))]


def test_papers_are_found_without_their_words(library: Library) -> None:
    results = found(library, ASKED)
    assert results.full == results.by_words == 0
    assert set(close(results)[:3]) < {1, 2, 3, 4}
    reason = results.close_words(0)
    assert 1 <= len(reason) <= 3
    text = f"{results[0].paper.title} {results[0].paper.abstract}".lower()
    assert all(word in text for word in reason)


def test_what_words_find_stays_before_it(library: Library) -> None:
    by_words = library.search(Request("galaxies"))
    results = library.with_close(by_words)
    assert results.full == by_words.full == 20
    assert [r.row for r in results[:20]] == [r.row for r in by_words]
    assert not set(close(results)) & {r.row for r in by_words}
    assert results.close_words(0) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "is:unread",
        '"personal details"',
        "author:hinton",
        "title:privacy",
        "hiding -personal",
        "qwrtzx xkcdq",
        "the of and",
    ],
)
def test_who_asks_for_more_than_words_gets_nothing_else(library: Library, text: str) -> None:
    by_words = library.search(Request(text))
    assert library.with_close(by_words) is by_words


def test_another_order_has_no_papers_close_in_meaning(library: Library) -> None:
    by_words = library.search(Request(ASKED, sort=Sort(SortKey.TITLE)))
    assert library.with_close(by_words) is by_words


def test_filters_and_views_hold(library: Library) -> None:
    everything = close(found(library, ASKED))
    library.tag([2, 50], add=["mine"])
    library.bookmark([4, 3])
    library.remove([everything[0]])
    assert everything[0] not in close(found(library, ASKED))
    assert set(close(found(library, ASKED, view=View.READING))) <= {3, 4}
    assert set(close(found(library, f"{ASKED} tag:mine"))) <= {2, 50}
    assert set(close(found(library, ASKED, chips=("tag:mine",)))) <= {2, 50}
    assert close(found(library, f"{ASKED} year:1901")) == []


def test_a_word_counts_when_it_is_one(library: Library) -> None:
    finished = close(found(library, ASKED))
    assert close(found(library, ASKED, typing=True)) == finished
    assert close(found(library, f"{ASKED} zqx", typing=True)) == finished
    assert close(found(library, "privac", typing=True)) == []
    assert close(found(library, "priv", typing=True)) == []


def test_partial_matches_are_ordered_by_meaning_too(paths: Paths) -> None:
    """Of papers that hold the same half of the words, those that mean the same come first."""
    near = [
        paper(n, f"Hiding identities {n}", "Anonymity of individuals.") for n in range(900, 905)
    ]
    far = [paper(n, f"Hiding galaxies {n}", "Dust of stars.") for n in range(800, 805)]
    order = {}
    for weight in (0.0, 0.1):
        with Library(paths, weight) as library:
            library.add([*PAPERS, *far, *near], "test")
            library.catch_up()
            library.make_vectors()
            results = library.search(Request("hiding privacies"))
            titles = [r.paper.title.split()[1] for r in results if r.paper.title.startswith("Hid")]
            assert len(titles) == 10
            order[weight] = titles
    assert order[0.1] == ["identities"] * 5 + ["galaxies"] * 5
    assert order[0.0] != order[0.1]


def test_weight_0_turns_it_off(paths: Paths, library: Library) -> None:
    assert close(found(library, ASKED))
    with Library(paths, 0) as other:
        by_words = other.search(Request(ASKED))
        assert other.with_close(by_words) is by_words


def test_without_vectors_words_go_on(paths: Paths) -> None:
    with Library(paths) as library:
        library.add(PAPERS, "test")
        library.catch_up()
        by_words = library.search(Request("galaxies survey"))
        assert by_words.full == 20
        assert library.with_close(by_words) is by_words


@pytest.mark.parametrize("damage", [b"", b"paperreader vectors 1\n{}", bytes(10_000)])
def test_damaged_vectors_are_no_error(paths: Paths, library: Library, damage: bytes) -> None:
    paths.vectors.write_bytes(damage)
    by_words = library.search(Request("galaxies survey"))
    assert library.with_close(by_words) is by_words
    assert library.related(1) is not None
    library.make_vectors()
    assert close(found(library, ASKED))


def test_vectors_that_are_cut_during_a_search_are_no_error(
    paths: Paths, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = VectorIndexer.vectors

    def then_cut(vectors: VectorIndexer) -> LibraryVectors | None:
        vectors.catch_up_here(NEVER)
        held = there(vectors)
        os.truncate(paths.vectors, 0)
        return held

    monkeypatch.setattr(VectorIndexer, "vectors", then_cut)
    by_words = library.search(Request("anonymizing medical images of galaxies"))
    assert by_words.full == 0
    assert len(by_words) > 0
    assert library.with_close(by_words) is by_words
    assert len(library.related(1)) > 0


def test_it_can_be_cancelled(library: Library) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        library.with_close(library.search(Request(ASKED)), token)


def test_the_command_line_adds_it_when_asked(
    paths: Paths, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--library", str(paths.home)]
    assert main([*home, "search", *ASKED.split()]) == 1
    assert main([*home, "search", "--meaning", *ASKED.split()]) == 0
    streams = capsys.readouterr()
    assert "close in meaning:" in streams.err
    assert "because of:" in streams.out
    assert main([*home, "search", "--json", "--meaning", "--limit", "2", "galaxies"]) == 0
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [hit["by"] for hit in hits[:2]] == ["words", "words"]
    assert all(hit["by"] == "meaning" for hit in hits[2:])
    assert all(hit["score"] > 0 for hit in hits)


def test_the_setting_reaches_the_search(
    paths: Paths, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.settings.write_text("meaning = 0\n")
    assert main(["--library", str(paths.home), "search", "--meaning", *ASKED.split()]) == 1
    paths.settings.write_text("meaning = 0.15\n")
    assert main(["--library", str(paths.home), "search", "--meaning", *ASKED.split()]) == 0
    capsys.readouterr()


class Encoder:
    """Reads every sentence as if it were about galaxies."""

    def __init__(self, library: Library) -> None:
        vectors = library.vector_indexer.vectors()
        assert vectors is not None
        table = vectors.table
        # What comes out as the vector of "galaxies" when the table makes a vector of it.
        projection = np.load(TABLE / "projection.npy")
        wanted = vectors.of_bags([telling(word_counts("galaxies redshifts stars"))])[0]
        self._sentence: Floats = np.load(TABLE / "encoder_mean.npy") + projection @ wanted
        assert table.from_encoder(self._sentence) @ wanted > 0.9

    def encode(self, text: str) -> Floats:
        return self._sentence


def test_a_sentence_encoder_reads_the_query_if_there_is_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(close(found(library, ASKED))) <= {1, 2, 3, 4}
    encoder = Encoder(library)
    monkeypatch.setattr(SentenceEncoder, "load", lambda pieces: encoder)
    with Library(library.paths) as other:
        titles = [r.paper.title for r in found(other, ASKED)]
        assert titles
        assert all(title.startswith("Galaxies") for title in titles)


def test_related_papers_that_meaning_brought_are_explained_by_their_nearest_words(
    library: Library,
) -> None:
    """Of papers about privacy, some share one word with another or none."""
    related = library.related(2)
    explained = {
        related[index].paper.title: (related.shared[index], related.close_words(index))
        for index in range(len(related))
    }
    shared, close_by = explained["Membership inference attacks"]
    assert shared == ()
    assert close_by
    assert set(close_by) <= {"membership", "inference", "attacks", "models", "leak"} | {
        *("whether", "sensitive", "records", "used")
    }
    assert all(shared or close_by for shared, close_by in explained.values())
    assert not any(shared and close_by for shared, close_by in explained.values())
