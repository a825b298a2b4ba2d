"""Where keys are bound: within each of these places, a key does one thing."""

from textual.binding import BindingType

from paperreader.tui.main.browser import Reader
from paperreader.tui.main.list_commands import Shelf
from paperreader.tui.main.list_detail import Panes
from paperreader.tui.main.main_screen import MainScreen
from paperreader.tui.main.paper_commands import Desk
from paperreader.tui.widgets.paper_detail import PaperDetail
from paperreader.tui.widgets.paper_list import PaperList

_AROUND: list[BindingType] = [
    *Panes.BINDINGS,
    *Desk.BINDINGS,
    *Reader.KEYS,
    *Shelf.BINDINGS,
    *MainScreen.BINDINGS,
]
PLACES: tuple[list[BindingType], ...] = (
    [*PaperList.BINDINGS, *_AROUND],
    [*PaperDetail.BINDINGS, *_AROUND],
    Reader.TYPING_KEYS,
)
