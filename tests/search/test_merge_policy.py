"""Which segments a commit merges, and what becomes of dead papers."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.errors import NEVER
from paperreader.search import index, merge_policy
from paperreader.search.index import SearchIndex
from paperreader.search.merge_policy import MOST_PAPERS, SegmentSize, segments_to_merge
from paperreader.search.terms import Terms
from tests.corpus import Change, Corpus


def whole(*papers: int) -> list[SegmentSize]:
    return [SegmentSize(number, number) for number in papers]


@pytest.mark.parametrize(
    ("sizes", "new", "merged"),
    [
        (whole(), 5, set()),
        (whole(100, 10, 5), 1, set()),
        (whole(100, 10, 5), 5, {1, 2}),
        (whole(100, 50, 50), 60, {0, 1, 2}),
        (whole(MOST_PAPERS, 9), 10, {1}),
        (whole(MOST_PAPERS, MOST_PAPERS - 5), 10, set()),
        ([SegmentSize(0, 100), *whole(200)], 1, {0}),
        ([SegmentSize(30, 100), *whole(200)], 1, {0}),
        ([SegmentSize(60, 100), *whole(200)], 1, set()),
        ([SegmentSize(30, 100), SegmentSize(30, 100), *whole(200)], 1, {0}),
    ],
)
def test_what_is_merged(sizes: list[SegmentSize], new: int, merged: set[int]) -> None:
    assert segments_to_merge(sizes, new) == merged


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=60))
def test_there_are_few_segments_and_none_is_too_large(batches: list[int]) -> None:
    sizes: list[SegmentSize] = []
    for batch in batches:
        merged = segments_to_merge(sizes, batch)
        new = batch + sum(sizes[index].alive for index in merged)
        sizes = [size for index, size in enumerate(sizes) if index not in merged]
        sizes.append(SegmentSize(new, new))
        assert new <= MOST_PAPERS
    full = sum(size.papers > MOST_PAPERS // 2 for size in sizes)
    assert len(sizes) - full <= 17  # each is larger than the next: powers of two, at the worst
    assert sum(size.papers for size in sizes) == sum(batches)


def test_updates_leave_no_dead_segments_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "FIRST_BATCH", 16)
    monkeypatch.setattr(index, "GROWTH", 1)
    monkeypatch.setattr(merge_policy, "MOST_PAPERS", 64)
    corpus = Corpus(tmp_path / "index")
    for edition in range(8):
        for row in range(200):
            corpus.put(row, f"paper {row} in edition{edition}")
        corpus.build()
        snapshot = corpus.index.snapshot
        assert snapshot.papers == 200
        assert len(snapshot) <= 3 * 200
        for segment, base in zip(snapshot.segments, snapshot.bases, strict=True):
            assert snapshot.alive[base : base + len(segment)].any()
        assert len(corpus.find(f"edition{edition}")) == 200
        assert corpus.find(f"edition{edition - 1}") == []
    assert len(corpus.find("paper")) == 200


def test_dead_papers_do_not_count(tmp_path: Path) -> None:
    """A word is as rare, and a paper as long, as if only the living papers were there."""
    changed, fresh = Corpus(tmp_path / "changed"), Corpus(tmp_path / "fresh")
    for row in range(40):
        changed.put(row, f"old text {row}", "rare word " * 30)
    changed.build()
    for corpus in (changed, fresh):
        for row in range(30):
            corpus.put(row, f"new text {row}", "rare" if row < 3 else "common")
    for row in range(30, 40):
        changed.put(row, "")
    changed.build()
    fresh.build()
    assert changed.index.snapshot.papers == fresh.index.snapshot.papers == 30
    for word in ("rare", "text", "new", "word"):
        terms = [
            Terms(corpus.index.snapshot).word(word, None, lambda: None)
            for corpus in (changed, fresh)
        ]
        assert terms[0].idf == terms[1].idf
        assert sorted(terms[0].scores.tolist()) == pytest.approx(sorted(terms[1].scores.tolist()))


def test_a_paper_that_changes_within_a_batch_is_there_once(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    corpus.put(1, "paper", "first")
    corpus.put(2, "paper")
    corpus.put(1, "paper", "second")
    changes = corpus.changes

    def all_of_them(after: int, limit: int) -> list[Change]:
        return [change for change in changes if change.revision > after][:limit]

    assert corpus.index.catch_up(all_of_them, NEVER, lambda _: None)
    assert sorted(corpus.find("paper")) == [1, 2]
    assert corpus.find("first") == []
    assert corpus.find("second") == [1]
    assert corpus.index.upto == 3


def test_a_commit_of_deletions_only_is_remembered(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    corpus.put(1, "paper")
    corpus.build()
    corpus.put(1, "")
    corpus.build()
    assert corpus.find("paper") == []
    again = SearchIndex(tmp_path / "index", "library", lambda: 2)
    assert again.upto == 2
    assert again.snapshot.papers == 0


WORDS = st.sampled_from("graph graphs graphing network networks x-ray x-rays alba brem".split())
TITLES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(
    before=st.lists(TITLES, min_size=2, max_size=12),
    after=st.dictionaries(st.integers(0, 11), st.one_of(TITLES, st.just("")), min_size=1),
)
def test_a_merged_segment_holds_exactly_the_words_of_living_papers(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: dict[int, str]
) -> None:
    """Compared word by word with an index of the living papers only."""
    changed = Corpus(tmp_path_factory.mktemp("changed"))
    for row, title in enumerate(before):
        changed.put(row, title)
    changed.build()
    for row, title in after.items():
        changed.put(row, title)
    for row in range(100, 120):  # more than there are in the first segment, so that it is merged
        changed.put(row, "filler")
    changed.build()
    (segment,) = changed.index.snapshot.segments
    living = {change.row: change for change in changed.changes if change.title}
    for row, title in after.items():
        if not title:
            living.pop(row, None)
    fresh = Corpus(tmp_path_factory.mktemp("fresh"))
    for change in living.values():
        fresh.put(change.row, change.title)
    fresh.build()
    (expected,) = fresh.index.snapshot.segments
    assert list(segment.words.words()) == list(expected.words.words())
    assert segment.word_counts.tolist() == expected.word_counts.tolist()
    assert list(segment.text.terms.words()) == list(expected.text.terms.words())
    assert segment.text.counts().tolist() == expected.text.counts().tolist()
    assert segment.in_titles.tolist() == expected.in_titles.tolist()
