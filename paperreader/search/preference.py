"""What a reader prefers: a linear model over the terms of the index, learnt from marked papers.

The model is a ridge regression (least squares with an L2 penalty) of "liked" against a sample of
the other papers. Its features are what each word adds to the score of a paper (`Term.scores`)
and, where there are any, the numbers of the paper's vector. It has a closed solution, so that it
is learnt again in a fraction of a second whenever a mark changes.

More was tried on 97 readers other than those of the figures below, and gained less than .01 in the
precision of the first 20: 400 numbers of a singular value decomposition of the library, pairs of
words, support vectors and logistic regression, vectors with evened directions, the papers that
score best as further likes, the scores of other papers by the same authors. The nearest marked
paper instead of all of them lost half. Categories are no feature: among the papers of a followed
category they tell nothing apart, and between categories the words do.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.query.text_field import Field
from paperreader.search import analysis
from paperreader.search.scoring import Term
from paperreader.search.similar import stem_counts
from paperreader.search.snapshot import Snapshot
from paperreader.search.terms import Terms
from paperreader.search.vectors.quantised import Matrix

Floats = NDArray[np.float32]

# Words of the model, the most telling ones of the liked and of the skipped papers. With 300, 600
# and 1,200 words the precision of tests/benchmarks/for_you.py was .58, .59 and .59.
_LIKED_WORDS = 600
_SKIPPED_WORDS = 150
# Authors of liked papers, those of most of them first.
_AUTHORS = 100
# Other papers that the marked ones are held against. 4,000 are no better.
_OTHERS = 1500
# The penalty; between 10 and 100 the precision changes by less than .02.
_PENALTY = 40.0
# How much a vector counts beside the words: with 10, 30 and 60 the precision was .63, .66 and .65.
_VECTOR_WEIGHT = 30.0
# So many words of a paper at most explain why it is liked, in so many reasons; of words that stand
# in a row, so many are one reason.
_WORDS = 10
_SHARE = 0.4  # of what the strongest word adds
_REASONS = 4
_NAMES = 2
_LONGEST = 3
_BLOCK = 8192


class Example(NamedTuple):
    """A paper that tells what the reader likes, and whether it is liked."""

    row: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    liked: bool


class Vectors(NamedTuple):
    """Vectors of papers: one in `values` (n, d) for each of `rows`, which are in order.

    Multiplied by `scale`, they have the length 1.
    """

    rows: NDArray[Any]
    values: Matrix
    scale: float = 1.0


class Preference:
    """How much a reader may like each paper, and why."""

    def __init__(
        self, scores: Floats, words: Mapping[str, float], authors: Mapping[str, float]
    ) -> None:
        """Hold the `scores` by row, and what stems and authors add to them that can be reasons.

        A stem adds so much where it occurs once.
        """
        self.scores = scores
        self._words = words
        self._authors = authors

    def of_rows(self, rows: NDArray[Any]) -> Floats:
        """Return the scores of papers by their rows; one that is not indexed yet has 0."""
        scores = np.zeros(len(rows), np.float32)
        known = rows < len(self.scores)
        scores[known] = self.scores[rows[known]]
        return scores

    def reasons(self, title: str, abstract: str, authors: Sequence[str] = ()) -> tuple[str, ...]:
        """Return what in a paper speaks for it, the strongest first: authors, words, phrases."""
        counts, written = stem_counts(title, abstract)
        words = {
            analysis.bare(written[stem]): self._words.get(stem, 0.0) * (1 + float(np.log(count)))
            for stem, count in counts.items()
        }
        names = {name: weight for name in authors if (weight := self._authors.get(name, 0.0)) > 0}
        least = max(_SHARE * max([*words.values(), *names.values()], default=0.0), 1e-9)
        best = sorted((w for w in words if words[w] >= least), key=lambda w: (-words[w], w))
        liked = sorted((n for n in names if names[n] >= least), key=lambda n: -names[n])
        phrases = _joined(best[:_WORDS], f"{title}. {abstract}")
        return (*liked[:_NAMES], *phrases)[:_REASONS]


def _joined(words: Sequence[str], text: str) -> tuple[str, ...]:
    """Return `words`, but as phrases those that stand together in `text`, in their order."""
    place = {word: at for at, word in enumerate(words)}
    phrases: Counter[tuple[str, ...]] = Counter()
    run: list[str] = []
    for sentence in text.split(". "):
        for word in (*map(analysis.bare, analysis.words(sentence).words), ""):
            if word in place:
                run.append(word)
                continue
            if len(run) > 1:
                phrases[tuple(run[:_LONGEST])] += 1
            run = []
    reasons: dict[str, int] = {}
    said: set[str] = set()
    for phrase, _ in sorted(phrases.items(), key=lambda p: (-p[1], min(place[w] for w in p[0]))):
        if said.isdisjoint(phrase):
            said.update(phrase)
            reasons[" ".join(phrase)] = min(place[word] for word in phrase)
    reasons |= {word: at for word, at in place.items() if word not in said}
    return tuple(sorted(reasons, key=lambda reason: reasons[reason]))


def learnt(
    terms: Terms,
    examples: Sequence[Example],
    vectors: Vectors | None,
    check: Callable[[], None],
) -> Preference:
    """Return the preference that `examples` show; at least one of them has to be liked.

    The same examples over the same index give the same preference.
    """
    snapshot = terms.snapshot
    known = [e for e in examples if _ordinal(terms, e.row) >= 0]
    (words, shared), names = _telling_words(terms, known), _authors(known)
    features = [terms.text(word, check) for word in words.values()]
    features += [terms.phrase(_parts(name), Field.AUTHOR, check) for name in names]
    marked = np.array([_ordinal(terms, e.row) for e in known], np.int64)
    liked = np.array([e.liked for e in known], np.bool_)
    ordinals = np.concatenate([marked, _others(snapshot.alive, marked)])
    columns = [_column(term, ordinals) for term in features]
    if vectors is not None:
        columns += list(_VECTOR_WEIGHT * _of(vectors, snapshot.rows[ordinals]).T)
    matrix = np.stack(columns, axis=1) if columns else np.zeros((len(ordinals), 0), np.float32)
    weights = _solved(matrix, _targets(liked, len(ordinals)), _importance(liked, len(ordinals)))
    scores = _scores(snapshot, features, weights)
    if vectors is not None:
        _add_vectors(scores, vectors, weights[len(features) :])
    once = [float(weight) * term.idf for weight, term in zip(weights, features, strict=False)]
    return Preference(
        scores,
        # What a single liked paper has may be chance: it counts, but is no reason.
        {stem: w for stem, w in zip(words, once, strict=False) if stem in shared},
        dict(zip(names, once[len(words) :], strict=True)),
    )


def _scores(snapshot: Snapshot, features: Sequence[Term], weights: Floats) -> Floats:
    """Return what the words and authors say of each paper, by row."""
    by_ordinal = np.zeros(len(snapshot), np.float32)
    for weight, term in zip(weights, features, strict=False):
        by_ordinal[term.papers] += weight * term.scores
    scores = np.zeros(int(snapshot.rows.max(initial=0)) + 1, np.float32)
    scores[snapshot.rows[snapshot.alive]] = by_ordinal[snapshot.alive]
    return scores


def _authors(examples: Sequence[Example]) -> list[str]:
    """Return the authors of liked papers, those of most of them first."""
    counts = Counter(name for e in examples if e.liked for name in dict.fromkeys(e.authors))
    # A lone word is no name that one person has.
    names = [name for name, _ in counts.most_common() if len(_parts(name)) > 1]
    return names[:_AUTHORS]


def _parts(name: str) -> list[str]:
    return analysis.words(name).words


def _ordinal(terms: Terms, row: int) -> int:
    ordinals = terms.snapshot.ordinals
    return int(ordinals[row]) if row < len(ordinals) else -1


def _telling_words(terms: Terms, examples: Sequence[Example]) -> tuple[dict[str, str], set[str]]:
    """Return the stems that tell most about the examples, each with a word as it is written.

    The set is of those that more than one liked paper has.
    """
    chosen: dict[str, str] = {}
    shared: set[str] = set()
    for liked, most in ((True, _LIKED_WORDS), (False, _SKIPPED_WORDS)):
        totals: dict[str, float] = {}
        papers: Counter[str] = Counter()
        written: dict[str, str] = {}
        for example in examples:
            if example.liked is liked:
                counts, forms = stem_counts(example.title, example.abstract)
                written |= forms
                papers.update(counts.keys())
                for stem, count in counts.items():
                    totals[stem] = totals.get(stem, 0.0) + 1 + float(np.log(count))
        values = {stem: total * terms.approximate_idf(stem) for stem, total in totals.items()}
        for stem in sorted(values, key=lambda stem: (-values[stem], stem))[:most]:
            chosen.setdefault(stem, written[stem])
        if liked:
            shared = {stem for stem, count in papers.items() if count > 1}
    return chosen, shared


def _others(alive: NDArray[np.bool_], marked: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a sample of the papers that are not marked."""
    unmarked = alive.copy()
    unmarked[marked] = False
    ordinals = np.flatnonzero(unmarked)
    if len(ordinals) <= _OTHERS:
        return ordinals
    return np.random.default_rng(len(marked)).choice(ordinals, _OTHERS, replace=False)


def _column(term: Term, ordinals: NDArray[np.int64]) -> Floats:
    """Return what a term adds to the scores of some papers."""
    if not len(term.papers):
        return np.zeros(len(ordinals), np.float32)
    at = np.minimum(np.searchsorted(term.papers, ordinals), len(term.papers) - 1)
    column: Floats = np.where(term.papers[at] == ordinals, term.scores[at], np.float32(0))
    return column


def _targets(liked: NDArray[np.bool_], papers: int) -> Floats:
    targets = np.full(papers, -1, np.float32)
    targets[: len(liked)][liked] = 1
    return targets


def _importance(liked: NDArray[np.bool_], papers: int) -> Floats:
    """Return how much each paper counts: the liked ones together as much as all others.

    A skipped paper counts as much as a liked one, but all of them no more than these together.
    """
    likes, skips = int(liked.sum()), int((~liked).sum())
    others = papers - len(liked)
    importance = np.full(papers, 1 / max(others, 1), np.float32)
    importance[: len(liked)] = np.where(liked, 1 / max(likes, 1), 1 / max(likes, skips, 1))
    return importance


def _solved(matrix: Floats, targets: Floats, importance: Floats) -> Floats:
    """Return the weights of the columns that fit the targets best, by weighted ridge regression."""
    if not len(matrix):  # nothing is indexed yet
        return np.zeros(matrix.shape[1], np.float32)
    mean = importance @ matrix / importance.sum()
    centred = matrix - mean
    scaled = centred * importance[:, None]
    normal = scaled.T @ centred
    normal[np.diag_indices_from(normal)] += np.float32(_PENALTY)
    weights: Floats = np.linalg.solve(normal, scaled.T @ targets).astype(np.float32)
    return weights


def _of(vectors: Vectors, rows: NDArray[Any]) -> Floats:
    """Return the vectors of papers by their rows; one that has none has zeros."""
    found = np.zeros((len(rows), vectors.values[:0].shape[1]), np.float32)
    if len(vectors.rows):
        at = np.minimum(np.searchsorted(vectors.rows, rows), len(vectors.rows) - 1)
        there = vectors.rows[at] == rows
        found[there] = vectors.values[at[there]].astype(np.float32) * np.float32(vectors.scale)
    return found


def _add_vectors(scores: Floats, vectors: Vectors, weights: Floats) -> None:
    """Add what the vectors of papers say to their scores, some papers at a time."""
    weights = weights * np.float32(_VECTOR_WEIGHT * vectors.scale)
    for start in range(0, len(vectors.rows), _BLOCK):
        rows = vectors.rows[start : start + _BLOCK]
        here = rows < len(scores)
        values = vectors.values[start : start + _BLOCK][here].astype(np.float32)
        scores[rows[here]] += values @ weights
