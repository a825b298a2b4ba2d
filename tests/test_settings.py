from pathlib import Path

import pytest

from paperreader.settings import SEARCH_URL, Settings


def load(path: Path, text: str) -> Settings:
    path.write_text(text, encoding="utf-8")
    return Settings.load(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_no_file_is_fine(path: Path) -> None:
    assert Settings.load(path) == Settings()


def test_everything_that_can_be_set(path: Path) -> None:
    settings = load(
        path,
        """
        theme = "nord"
        search_url = "https://example.org/?q={title}"
        [keys]
        "paper.bookmark" = "m"
        quit = ["x", "ctrl+x"]
        undo = ","
        """,
    )
    assert settings == Settings(
        theme="nord",
        search_url="https://example.org/?q={title}",
        keys={"paper.bookmark": "m", "quit": "x,ctrl+x", "undo": "comma"},
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 1", "no setting “colour”"),
        ("theme = 1", "theme"),
        ("search_url = 'file:///{title}'", "search_url"),
        ("search_url = 'https://example.org'", "search_url"),
        ("keys = 1", "[keys]"),
        ("[keys]\nquit = 1", "quit"),
        ("[keys]\nquit = ''", "quit"),
        ("[keys]\nquit = ['q', 1]", "quit"),
        ("theme = ", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_used(path: Path, text: str, told: str) -> None:
    settings = load(path, text)
    assert len(settings.problems) == 1
    assert told in settings.problems[0]
    assert settings.search_url == SEARCH_URL
    assert not settings.keys


def test_a_file_that_is_no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    assert "cannot be read" in Settings.load(path).problems[0]
