"""Commands that lead to a view or a saved search, and the digits that may be a count."""

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from paperreader.papers.record import View
from paperreader.tui.bindings import bindings
from paperreader.tui.main.browser import Browser
from paperreader.tui.state.session import Session
from paperreader.tui.widgets.view_tabs import NEW_KEY, ViewTabs

if TYPE_CHECKING:
    from textual.timer import Timer

    from paperreader.library.library import Library

_VIEWS = {**dict(zip("1234", View, strict=False)), NEW_KEY: View.NEW}
_COUNT_WAITS = 0.4  # seconds that a digit waits for a motion before it is a view
_FOR_COUNTS = {
    *("number", "move", "page", "top", "first", "last", "seen", "lines", "scroll"),
    *("next", "edge", "results"),
}


class ViewCommands(Container):
    """The browser, and the keys and tabs of the views."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("views")

    browser = getters.query_one(Browser)

    class SavedWanted(Message):
        """The person wants the saved search that has this digit."""

        def __init__(self, digit: str) -> None:
            super().__init__()
            self.digit = digit

    def __init__(self, library: "Library", session: Session) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._count_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the browser."""
        yield Browser(self._library, self._session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave letters to the search box."""
        return not self.browser.typing

    def action_number(self, digit: str) -> None:
        """Take a digit: of a count where a motion follows, else of a view or saved search."""
        count = self.browser.panes.papers.count
        count.add(digit)
        if count.digits:
            self._stop_count()
            self._count_timer = self.set_timer(_COUNT_WAITS, self.end_count)

    async def before(self, action: str) -> None:
        """Something else than a motion is to be done: a digit before it was a view.

        What is to be done is meant for the papers of that view.
        """
        if self.counting and action not in _FOR_COUNTS:
            self.end_count()
            await self.browser.answer()

    def end_count(self) -> None:
        """Show the view or saved search of a digit that no motion followed."""
        self._stop_count()
        count = self.browser.panes.papers.count
        digits, count.digits = count.digits, ""
        if len(digits) == 1:
            self._show(digits)

    def _stop_count(self) -> None:
        if self._count_timer is not None:
            self._count_timer.stop()
            self._count_timer = None

    @property
    def counting(self) -> bool:
        """Whether a digit waits for what follows."""
        return bool(self.browser.panes.papers.count.digits)

    def action_show(self, view: str) -> None:
        """Show another view, by its name."""
        self.browser.show_view(View(view))

    @on(ViewTabs.Chosen)
    def _tab_chosen(self, message: ViewTabs.Chosen) -> None:
        self._show(message.key)

    def _show(self, key: str) -> None:
        """Show the view, or ask for the saved search, of a tab."""
        if key in _VIEWS:
            self.browser.show_view(_VIEWS[key])
        else:
            self.post_message(self.SavedWanted(key))
