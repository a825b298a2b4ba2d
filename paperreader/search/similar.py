"""Papers that resemble one: by its most telling words, and by meaning, in the whole library."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from paperreader.search import analysis
from paperreader.search.scoring import Term
from paperreader.search.terms import Terms
from paperreader.search.vectors.blend import RELATED, blended
from paperreader.search.vectors.library_vectors import Standings

# So many words tell what a paper is about.
_TELLING = 24
# So many characters of a text are looked at for them: ten times the longest abstract.
_LOOKED_AT = 60_000
# So many of those that two papers share are named.
_NAMED = 6
# Of a paper that is close in meaning, fewer shared words than this explain nothing.
_EXPLAIN = 2
# A word in the title counts as often as this.
_IN_TITLE = 3


class Related(NamedTuple):
    """A paper that resembles another: its row, how much, and the telling words they share.

    A paper that shares one or none, and is close in meaning, has no such words; `close` is for
    the words that bring it close.
    """

    row: int
    score: float
    words: tuple[str, ...]
    close: tuple[str, ...] = ()


def related(
    terms: Terms,
    row: int,
    text: tuple[str, str],
    limit: int,
    standings: Standings | None = None,
    *,
    check: Callable[[], None],
) -> list[Related]:
    """Return at most `limit` papers that resemble the paper `row`, the nearest first.

    `text` is its title and its abstract, `standings` how close other papers are to its meaning.
    """
    snapshot = terms.snapshot
    telling = _telling(terms, *text, check)
    scores = np.zeros(len(snapshot), np.float32)
    for _, weight, term in telling:
        scores[term.papers] += np.float32(weight) * term.scores
    others = snapshot.alive & (snapshot.rows != row)
    scores[~others] = 0
    holds = scores > 0
    is_close = np.zeros(len(snapshot), np.bool_)
    if standings is not None:
        values = standings.by_ordinal(snapshot.ordinals, len(snapshot))
        is_close = values >= standings.close
        holds |= is_close
        scores = blended(scores, values, RELATED)
    candidates = np.flatnonzero(holds & others)
    best = candidates[np.argsort(-scores[candidates], kind="stable")[:limit]].tolist()
    shared = {paper: _shared(telling, paper) for paper in best}
    return [
        Related(
            row=int(snapshot.rows[paper]),
            score=float(scores[paper]),
            words=() if is_close[paper] and len(words) < _EXPLAIN else words,
        )
        for paper, words in shared.items()
    ]


def stem_counts(title: str, abstract: str) -> tuple[Counter[str], dict[str, str]]:
    """Return how often each stem is in a text, and the word that is most often written for it.

    A word in the title counts for several; stop words, letters and numbers do not count.
    """
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for text, weight in ((title, _IN_TITLE), (abstract, 1)):
        words = [
            w
            for w in analysis.words(text[:_LOOKED_AT]).words
            if len(analysis.bare(w)) > 1 and not w.isdigit()
        ]
        for word, stem in zip(words, analysis.stems(words), strict=True):
            if word not in analysis.STOP_WORDS:
                counts[stem] += weight
                written.setdefault(stem, Counter())[word] += weight
    return counts, {stem: words.most_common(1)[0][0] for stem, words in written.items()}


def _telling(
    terms: Terms, title: str, abstract: str, check: Callable[[], None]
) -> list[tuple[str, float, Term]]:
    """Return the most telling words of a text, as written, with their weights and terms."""
    counts, written = stem_counts(title, abstract)
    weights = {stem: 1 + float(np.log(count)) for stem, count in counts.items()}
    scores = {stem: weight * terms.approximate_idf(stem) for stem, weight in weights.items()}
    best = sorted(scores, key=lambda stem: -scores[stem])[:_TELLING]
    found = []
    for stem in best:
        word = written[stem]
        found.append((word, weights[stem], terms.text(word, check)))
    return found


def _shared(telling: list[tuple[str, float, Term]], paper: int) -> tuple[str, ...]:
    """Return the telling words that a paper holds, those that bind it most first."""
    bound: list[tuple[float, str]] = []
    for word, weight, term in telling:
        at = int(np.searchsorted(term.papers, paper))
        if at < len(term.papers) and term.papers[at] == paper:
            bound.append((-weight * float(term.scores[at]), word))
    return tuple(analysis.bare(word) for _, word in sorted(bound)[:_NAMED])
