"""Links are sent only to terminals that are known to show them."""

import pytest

from paperreader.tui.terminal.abilities import shows_links


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "xterm-kitty"},
        {"TERM": "foot"},
        {"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"},
        {"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"},
        {"TERM": "xterm-256color", "VTE_VERSION": "7200"},
        {"TERM": "xterm-256color", "WT_SESSION": "1"},
        {"TERM": "xterm-256color", "KONSOLE_VERSION": "220401"},
        {"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"},
        {"TERM": "screen-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.5a"},
        {"TERM": "xterm-256color", "FORCE_HYPERLINK": "1"},
    ],
    ids=str,
)
def test_a_terminal_that_shows_links(environment: dict[str, str]) -> None:
    assert shows_links(environment)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TERM": "dumb"},
        {"TERM": "linux"},
        {"TERM": "vt100"},
        {"TERM": "screen", "VTE_VERSION": "7200"},
        {"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"},
        {"TERM": "xterm-256color"},
        {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"},
        {"TERM": "xterm-256color", "VTE_VERSION": "4900"},
        {"TERM": "xterm-256color", "VTE_VERSION": "new"},
        {"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"},
    ],
    ids=str,
)
def test_a_terminal_of_which_that_is_not_known(environment: dict[str, str]) -> None:
    assert not shows_links(environment)
