"""The vectors of a library: made after the index, by another process where there are many."""

from pathlib import Path

import pytest

from paperreader.errors import Cancelled, CancelToken
from paperreader.library import vector_indexer
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths


def papers(count: int, first: int = 0) -> list[Paper]:
    return [
        Paper(
            f"Galaxies of the survey {n}",
            abstract="Redshifts of galaxies.",
            identifiers={"arxiv": f"2001.{n:05}"},
        )
        for n in range(first, first + count)
    ]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(tmp_path / "library")


def with_vectors(library: Library) -> set[int]:
    """The rows of the papers that have vectors."""
    vectors = library.vector_indexer.vectors()
    return set(vectors.rows.tolist()) if vectors else set()


def test_papers_get_vectors_as_they_come(paths: Paths) -> None:
    with Library(paths) as library:
        assert with_vectors(library) == set()
        library.add(papers(3), "test")
        library.make_vectors()
        assert with_vectors(library) == {1, 2, 3}
        library.add(papers(1, first=3), "test")
        library.make_vectors()
        assert with_vectors(library) == {1, 2, 3, 4}


def test_a_removed_paper_loses_its_vector_and_gets_it_back(paths: Paths) -> None:
    with Library(paths) as library:
        library.add(papers(3), "test")
        library.make_vectors()
        library.remove([2])
        library.make_vectors()
        assert with_vectors(library) == {1, 3}
        library.undo()
        library.make_vectors()
        assert with_vectors(library) == {1, 2, 3}


def test_vectors_are_there_at_the_next_start(paths: Paths) -> None:
    with Library(paths) as library:
        library.add(papers(3), "test")
        library.make_vectors()
    with Library(paths) as library:
        assert with_vectors(library) == {1, 2, 3}


def test_another_process_makes_many(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process is left to do is nothing: it would fail."""
    monkeypatch.setattr(vector_indexer, "MANY", 2)
    with Library(paths) as library:
        library.add(papers(5), "test")
        library.make_vectors(if_few=True)
        assert with_vectors(library) == set()
        monkeypatch.setattr(library.vector_indexer, "catch_up_here", lambda token: None)
        library.make_vectors()
        assert with_vectors(library) == {1, 2, 3, 4, 5}


def test_that_process_is_stopped_when_nobody_waits_for_it(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_indexer, "MANY", 2)
    with Library(paths) as library:
        library.add(papers(5), "test")
        token = CancelToken()
        token.cancel()
        with pytest.raises(Cancelled):
            library.make_vectors(token)


def test_rebuilding_makes_the_vectors_anew(paths: Paths) -> None:
    from paperreader.cli import main

    with Library(paths) as library:
        library.add(papers(3), "test")
        library.make_vectors()
    paths.vectors.write_bytes(bytes(1000))
    assert main(["--library", str(paths.home), "index", "rebuild", "--quiet"]) == 0
    with Library(paths) as library:
        assert with_vectors(library) == {1, 2, 3}


ASKED = Paper(
    "Anonymizing medical records",
    abstract="Removing identities from patient data.",
    identifiers={"arxiv": "2002.00001"},
)
NEAR = Paper(
    "Differential privacy revisited",
    abstract="Generalization protects the privacy of individuals in released tables.",
    identifiers={"arxiv": "2002.00002"},
)


def test_related_papers_need_not_share_a_word(paths: Paths) -> None:
    with Library(paths) as library:
        library.add([*papers(30), ASKED, NEAR], "test")
        library.catch_up()
        assert [r.paper.title for r in library.related(31)] == []
        library.make_vectors()
        related = library.related(31)
        assert [other.paper.title for other in related] == [NEAR.title]
        assert related.shared[0] == ()
        assert {"privacy", "individuals", "protects"} & set(related.close_words(0))


def test_related_papers_that_share_words_name_these(paths: Paths) -> None:
    with Library(paths) as library:
        library.add([*papers(30), ASKED, NEAR], "test")
        library.catch_up()
        library.make_vectors()
        assert library.related(1, limit=3)
        assert all("galaxies" in shared for shared in library.related(1, limit=3).shared)
