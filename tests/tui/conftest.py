from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.search.vectors import sentence_encoder
from tests.tui.samples import PAPERS


@pytest.fixture(autouse=True)
def plain_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search as without the extra `meaning`, so that the pictures are the same with it."""
    monkeypatch.setattr(sentence_encoder, "PACKAGE", "no_package_has_this_name")


@pytest.fixture
def empty_library(tmp_path: Path) -> Iterator[Library]:
    """A library that searches by words alone: meaning has tests of its own."""
    with Library(Paths.find(tmp_path / "home"), meaning=0) as library:
        yield library


@pytest.fixture
def library(empty_library: Library) -> Library:
    empty_library.add(PAPERS, "samples.bib")
    empty_library.catch_up()
    return empty_library
