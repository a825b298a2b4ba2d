"""Filters as chips: pieces of query text that can be put on and taken off."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from paperreader.tui.picker import Entry

if TYPE_CHECKING:
    from paperreader.facets import Facet

_VALUE = 40  # cells
STANDING = ("is:unread", "is:bookmarked", "has:code", "has:pdf", "has:note")


def chip(name: str, value: str) -> str:
    """Return the query text that asks for a value: category:cs.CL, venue:"ACL 2020"."""
    bare = value.replace('"', "")
    return f"{name}:{bare}" if bare == value and " " not in value else f'{name}:"{bare}"'


def entries(on: Sequence[str], facets: Sequence["Facet"]) -> list[Entry[str]]:
    """Return lines to pick: the filters that are on, the standing ones, then values with counts."""
    lines = [_entry("✕", each, "off", each) for each in on]
    lines += [_entry("", each, "", each) for each in STANDING if each not in on]
    for facet in facets:
        for place, (value, count) in enumerate(facet.values):
            name = facet.name if place == 0 else ""
            text = chip(facet.name, value)
            if text not in on:
                lines.append(_entry(name, value, f"{count:,}", text))
    return lines


def _entry(name: str, value: str, aside: str, text: str) -> Entry[str]:
    shown = set_cell_size(value if cell_len(value) <= _VALUE else value[: _VALUE - 1] + "…", _VALUE)
    line = Content.assemble(
        (name.ljust(10), "$foreground 50%"),
        shown,
        (aside.rjust(9), "$foreground 60%"),
    )
    return Entry(line, f"{text} {name}", text)
