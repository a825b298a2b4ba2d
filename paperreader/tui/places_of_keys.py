"""Where keys are bound: within each of these places, a key does one thing."""

from textual.binding import BindingType

from paperreader.tui.desk import Desk
from paperreader.tui.main_screen import MainScreen
from paperreader.tui.panes import Panes
from paperreader.tui.paper_detail import PaperDetail
from paperreader.tui.paper_list import PaperList
from paperreader.tui.reader import Reader
from paperreader.tui.shelf import Shelf

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
