"""Search by meaning in libraries of which the table of word vectors knows nothing."""

from pathlib import Path
from typing import NamedTuple

import pytest

from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.query.request import Request
from paperreader.search.vectors import sentence_encoder
from tests.library.other_languages import (
    CHINESE,
    CHINESE_QUESTIONS,
    GERMAN,
    GERMAN_QUESTIONS,
    papers,
)
from tests.library.test_meaning_search import PAPERS

GERMAN_PAPERS, CHINESE_PAPERS = papers(GERMAN), papers(CHINESE, first=100)
LIBRARIES = {
    "German": (GERMAN_PAPERS, GERMAN_QUESTIONS),
    "Chinese": (CHINESE_PAPERS, CHINESE_QUESTIONS),
    "mixed": (
        [*GERMAN_PAPERS, *CHINESE_PAPERS, *PAPERS],
        [*GERMAN_QUESTIONS, *CHINESE_QUESTIONS],
    ),
}


class Answer(NamedTuple):
    """The rows of the papers with all the words, and the subjects of all papers, best first."""

    full: list[int]
    subjects: list[str]

    def worth(self, subject: str) -> float:
        """1 over the place of the first paper that is about a subject."""
        return 1 / (self.subjects.index(subject) + 1) if subject in self.subjects else 0.0


def answers(home: Path, language: str, weight: float) -> list[Answer]:
    some, questions = LIBRARIES[language]
    with Library(Paths.find(home), weight) as library:
        library.add(some, "test")
        library.catch_up()
        library.make_vectors()
        found = [library.with_close(library.search(Request(asked.text))) for asked in questions]
        return [
            Answer(results.found.full_rows().tolist(), [r.paper.categories[0] for r in results])
            for results in found
        ]


@pytest.mark.parametrize("encoder", [sentence_encoder.PACKAGE, "no_package_has_this_name"])
@pytest.mark.parametrize("language", LIBRARIES)
def test_nothing_gets_worse_than_with_words_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, encoder: str
) -> None:
    monkeypatch.setattr(sentence_encoder, "PACKAGE", encoder)
    by_words, by_both = (answers(tmp_path, language, weight) for weight in (0.0, 0.1))
    better = 0
    for asked, words, both in zip(LIBRARIES[language][1], by_words, by_both, strict=True):
        assert both.full == words.full
        assert both.worth(asked.subject) >= words.worth(asked.subject), asked
        better += both.worth(asked.subject) > words.worth(asked.subject)
    if language == "German":
        assert better
