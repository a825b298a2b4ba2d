"""Where keys are bound: within each of these places, a key does one thing."""

from textual.binding import BindingType

from paperreader.tui.main.browser import Browser
from paperreader.tui.main.list_commands import ListCommands
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.main.main_screen import MainScreen
from paperreader.tui.main.paper_commands import PaperCommands
from paperreader.tui.widgets.paper_detail import PaperDetail
from paperreader.tui.widgets.paper_list import PaperList

_AROUND: list[BindingType] = [
    *ListDetail.BINDINGS,
    *PaperCommands.BINDINGS,
    *Browser.KEYS,
    *ListCommands.BINDINGS,
    *MainScreen.BINDINGS,
]
PLACES: tuple[list[BindingType], ...] = (
    [*PaperList.BINDINGS, *_AROUND],
    [*PaperDetail.BINDINGS, *_AROUND],
    Browser.TYPING_KEYS,
)
