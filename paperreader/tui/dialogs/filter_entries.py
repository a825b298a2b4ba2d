"""Filters as chips: pieces of query text that can be put on and taken off."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from paperreader.tui.dialogs.picker import Entry
from paperreader.tui.widgets.paper_text import tail

if TYPE_CHECKING:
    from paperreader.library.facets import Facet

STANDING = (
    *("is:unread", "is:bookmarked", "is:done", "is:untagged"),
    *("has:code", "has:pdf", "has:note"),
)
"""What can be chosen before anything is counted."""
_OF_STATES = ("is", "has")


def chip(name: str, value: str) -> str:
    """Return the query text that asks for a value: category:cs.CL, venue:"ACL 2020"."""
    bare = value.replace('"', "")
    return f"{name}:{bare}" if bare == value and " " not in value else f'{name}:"{bare}"'


def entries(on: Sequence[str], facets: Sequence["Facet"], room: int) -> list[Entry[str]]:
    """Return lines of `room` cells: the filters that are on, those of states, the values."""
    lines = [_entry("✕", each, "off", each, room) for each in on]
    states = _states(facets) if facets else [(text, "") for text in STANDING]
    states = [state for state in states if state[0] not in on]
    for index, (text, shown) in enumerate(states):
        lines.append(_entry("" if index else "state", text, shown, text, room))
    values = [facet for facet in facets if facet.name not in _OF_STATES]
    for facet in sorted(values, key=lambda facet: facet.name == "year"):  # the longest one last
        for index, (value, count) in enumerate(facet.values):
            name = facet.name if index == 0 else ""
            text = chip(facet.name, value)
            if text not in on:
                line = tail(value, room - 18) if facet.name == "source" else value
                lines.append(_entry(name, line, f"{count:,}", text, room))
    return lines


def _states(facets: Sequence["Facet"]) -> list[tuple[str, str]]:
    """Return the filters of states, with how many papers each leaves."""
    return [
        (chip(facet.name, value), f"{count:,}")
        for facet in facets
        if facet.name in _OF_STATES
        for value, count in facet.values
    ]


def source_entries(sources: Sequence[tuple[str, int]], room: int) -> list[Entry[str]]:
    """Return lines of `room` cells: the sources of a library, and how many papers each has."""
    return [
        Entry(_entry("", tail(name, room - 18), f"{count:,}", name, room).line, name, name)
        for name, count in sources
    ]


def _entry(name: str, value: str, aside: str, text: str, room: int) -> Entry[str]:
    width = max(4, room - 18)
    shown = value if cell_len(value) <= width else set_cell_size(value, width - 1) + "…"
    line = Content.assemble(
        (name.ljust(10), "$dim"),
        set_cell_size(shown, width) if aside else shown,
        (aside.rjust(8) if aside else "", "$dim"),
    )
    return Entry(line, f"{text} {name}", text)
