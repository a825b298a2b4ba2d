"""What is remembered from one start to the next: theme, layout, view, order, position."""

from collections.abc import Mapping
from typing import Any

from paperreader.papers.record import View
from paperreader.query.request import Request, Sort, SortKey
from paperreader.settings import Settings
from paperreader.tui.state.back_stack import ListPosition
from paperreader.tui.state.layout import Layout, layout_of


class Session:
    """The settings, and how the screen was left and is left now."""

    def __init__(self, settings: Settings, state: Mapping[str, Any]) -> None:
        """Take up what was remembered; what this version does not understand is left out."""
        self.settings = settings
        self.keymap: Mapping[str, str] = {}
        """The keys that the settings give to commands."""
        self.theme = settings.theme or _text(state, "theme")
        chosen = settings.layout if settings.layout != Layout.AUTO else state.get("layout")
        self.layout = layout_of(chosen)
        self.request = _request(settings, state)
        self.row, self.top = _number(state, "row"), _number(state, "top")

    def leave(self, position: ListPosition) -> None:
        """Note where the person is; words, and lists that words lead to, are not taken up again."""
        if position.results.request == Request(view=self.request.view, sort=self.request.sort):
            self.row = position.results.row(position.cursor) if len(position.results) else 0
            self.top = position.top

    def state(self) -> dict[str, object]:
        """Return what is to be remembered."""
        return {
            "view": self.request.view,
            "sort": self.request.sort.key,
            "reverse": self.request.sort.reverse,
            "row": self.row,
            "top": self.top,
        }


def _request(settings: Settings, state: Mapping[str, Any]) -> Request:
    """Return the list to begin with: in the order of the settings, else of the last time."""
    view = next((view for view in View if view == state.get("view")), View.ALL)
    key = next((key for key in SortKey if key == state.get("sort")), SortKey.RELEVANCE)
    if settings.sort != SortKey.RELEVANCE:
        return Request(view=view, sort=Sort(SortKey(settings.sort)))
    return Request(view=view, sort=Sort(key, state.get("reverse") is True))


def _text(state: Mapping[str, Any], name: str) -> str:
    value = state.get(name)
    return value if isinstance(value, str) else ""


def _number(state: Mapping[str, Any], name: str) -> int:
    value = state.get(name)
    return value if isinstance(value, int) and value >= 0 else 0
