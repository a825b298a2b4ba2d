"""What the terminal can do, as far as terminfo and the environment say."""

import os
from collections.abc import Mapping
from typing import NamedTuple

# The terminals that show OSC 8 links, by what they set in the environment. SSH passes on only
# TERM; FORCE_HYPERLINK, which other programs know too, says it where nothing else does.
_LINK_TERMS = ("alacritty", "contour", "foot", "wezterm", "xterm-ghostty", "xterm-kitty")
_LINK_PROGRAMS = {"ghostty", "Hyper", "iTerm.app", "mintty", "rio", "Tabby", "vscode", "WezTerm"}
_LINK_VARIABLES = {"DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION"}
_VTE_WITH_LINKS = 5000
_TMUX_WITH_LINKS = (3, 4)
_STANDARD_OUTPUT = 1  # by its number: Textual stands in for sys.stdout


class Abilities(NamedTuple):
    """What a terminal understands beyond the sequences that every terminal knows."""

    scrolls: bool = False
    """Whether some lines of the screen can be scrolled (DECSTBM)."""
    erases: bool = False
    """Whether cells can be erased to the background that is set (ECH, with bce)."""
    links: bool = False
    """Whether text can be a link (OSC 8)."""


def abilities() -> Abilities:
    """Return what the terminal of this process can do; terminfo is read once for a process."""
    scrolls, erases = _terminfo()
    return Abilities(scrolls, erases, shows_links(os.environ))


def _terminfo() -> tuple[bool, bool]:
    try:
        import curses
    except ImportError:  # Windows
        return False, False
    try:
        curses.setupterm(fd=_STANDARD_OUTPUT)
    except curses.error:  # not known here
        return False, False
    erases = curses.tigetflag("bce") > 0 and bool(curses.tigetstr("ech"))
    return bool(curses.tigetstr("csr")), erases


def shows_links(environment: Mapping[str, str]) -> bool:
    """Whether the terminal of an environment is known to show OSC 8 links."""
    forced = environment.get("FORCE_HYPERLINK", "")
    if forced:
        return forced != "0"
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if program == "tmux":  # it passes links on where the terminal outside of it shows them
        return _version(environment.get("TERM_PROGRAM_VERSION", "")) >= _TMUX_WITH_LINKS
    if term in ("", "dumb", "linux") or term.startswith(("screen", "tmux", "vt")):
        return False
    if term.startswith(_LINK_TERMS) or program in _LINK_PROGRAMS:
        return True
    vte = environment.get("VTE_VERSION", "")
    return (vte.isdecimal() and int(vte) >= _VTE_WITH_LINKS) or bool(
        _LINK_VARIABLES.intersection(environment)
    )


def _version(text: str) -> tuple[int, ...]:
    """Return 3.4 of tmux's "3.4a"."""
    parts = (part.rstrip("abcdefghijklmnopqrstuvwxyz") for part in text.split("."))
    return tuple(int(part) if part.isdecimal() else 0 for part in parts)
