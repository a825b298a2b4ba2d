import dataclasses
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.query.request import SortKey
from paperreader.settings import SEARCH_URL, SETTINGS, Settings, commented


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
        layout = "beside"
        lines_per_paper = 2
        list_width = 40
        text_width = 100
        date_style = "age"
        sort = "newest"
        advance = true
        read_delay = 2.5
        search_url = "https://example.org/?q={title}"
        citation_keys = "{surname}{year}"
        viewer = "zathura --fork"
        [keys]
        "paper.bookmark" = "m"
        quit = ["x", "ctrl+x"]
        undo = ","
        [fetch]
        contact = "me@example.org"
        """,
    )
    assert settings == Settings(
        theme="nord",
        layout="beside",
        lines_per_paper=2,
        list_width=40,
        text_width=100,
        date_style="age",
        sort="newest",
        advance=True,
        read_delay=2.5,
        search_url="https://example.org/?q={title}",
        citation_keys="{surname}{year}",
        viewer="zathura --fork",
        keys={"paper.bookmark": "m", "quit": "x,ctrl+x", "undo": "comma"},
        tables={"fetch": {"contact": "me@example.org"}},
    )


def test_each_setting_is_a_field_with_its_default() -> None:
    fields = [(field.name, field.default) for field in dataclasses.fields(Settings)][:-3]
    assert fields == [(setting.name, setting.default) for setting in SETTINGS]
    assert [s.check(s.default) for s in SETTINGS] == [""] * len(SETTINGS)
    [sort] = [setting for setting in SETTINGS if setting.name == "sort"]
    assert [sort.check(str(key)) for key in SortKey] == [""] * len(SortKey)


def test_the_commented_file_says_the_defaults(path: Path) -> None:
    assert load(path, commented()) == Settings()
    lines = commented().splitlines()
    bare = [line[1:] for line in lines if line.startswith("#") and not line.startswith("# ")]
    settings = Settings.of(tomllib.loads("\n".join(bare)))
    assert settings.problems == ()
    assert dataclasses.replace(settings, keys={}, tables={}) == Settings()
    assert set(settings.keys) == {"paper.bookmark", "list.down"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("colour = 1", "no setting “colour”"),
        ("theme = 1", "theme must be a text in quotes"),
        ("layout = 'side'", 'layout must be "auto" or "list" or "stacked" or "beside"'),
        ("layout = ['list']", "layout must be"),
        ("lines_per_paper = 3", "lines_per_paper must be 1 or 2"),
        ("lines_per_paper = true", "lines_per_paper must be 1 or 2"),
        ("advance = 1", "advance must be false or true"),
        ("read_delay = -1", "read_delay must be a number from 0 to 3600"),
        ("read_delay = nan", "read_delay must be a number from 0 to 3600"),
        ("list_width = true", "list_width must be a number from 20 to 80"),
        ("search_url = 'file:///{title}'", "search_url must be"),
        ("search_url = 'https://example.org'", "search_url must be"),
        ("citation_keys = '{author}'", "citation_keys must be a text with {surname}"),
        ("citation_keys = '{surname} {year}'", "citation_keys must be a text with {surname}"),
        ("viewer = 3", "viewer must be a text in quotes"),
        ('viewer = "\'"', "viewer must be a command (No closing quotation)"),
        ("citation_keys = 3", "citation_keys must be a text with {surname}"),
        ("keys = 1", "[keys]"),
        ("fetch = 1", "[fetch]"),
        ("[keys]\nquit = 1", "the keys of quit must be a string or a list of strings"),
        ("[keys]\nquit = ''", "quit"),
        ("[keys]\nquit = ['q', 1]", "quit"),
        ("theme = ", "cannot be read"),
        ("theme = " + "[\n" * 50_000, "nested too deeply"),
        (".".join("a" * 50_000) + " = 1", "longer than 4,000 characters"),
        (f"list_width = {'9' * 5000}", "cannot be read"),
        (f"theme = '{'x' * 300_000}'", "larger than 200 kB"),
        ("theme = '\\u0000'", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_used(
    path: Path, text: str, problem: str
) -> None:
    settings = load(path, text if "\\u" not in text else "theme = '\0'")
    assert len(settings.problems) == 1
    assert problem in settings.problems[0]
    assert settings.search_url == SEARCH_URL
    assert not settings.keys


def test_no_more_problems_are_said_than_anybody_reads(path: Path) -> None:
    settings = load(path, "\n".join(f"k{number} = 1" for number in range(500)))
    assert len(settings.problems) == 21
    assert settings.problems[-1] == "and 480 more of the kind"


def test_a_file_that_is_no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    assert "cannot be read" in Settings.load(path).problems[0]


def test_what_is_not_a_regular_file_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    assert "not a regular file" in Settings.load(path).problems[0]
    path.unlink()
    path.symlink_to("/dev/zero")
    assert "not a regular file" in Settings.load(path).problems[0]
    path.unlink()
    path.mkdir()
    assert "cannot be read" in Settings.load(path).problems[0]
    path.rmdir()
    path.symlink_to(path)
    assert "cannot be read" in Settings.load(path).problems[0]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*(setting.name for setting in SETTINGS), "keys", "fetch"]) | st.text()


@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_whatever_is_set_is_used_or_said(values: dict[str, object]) -> None:
    settings = Settings.of(values)
    for setting in SETTINGS:
        assert setting.check(getattr(settings, setting.name)) == ""
    for problem in settings.problems:
        assert "\n" not in problem
        assert "\x1b" not in problem
