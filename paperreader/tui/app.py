"""The application: theme, keys, and the one screen that everything happens on."""

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.filter import LineFilter

from paperreader.settings import Settings
from paperreader.tui.main.main_screen import MainScreen
from paperreader.tui.only_text import OnlyText
from paperreader.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from paperreader.library.library import Library


class PaperReaderApp(App[None]):
    """Reads, searches and marks the papers of a library.

    `notices` are sentences to be said at the start, beside those about the settings.
    """

    TITLE = "paperreader"
    CSS_PATH = "main/main_screen.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "pick_theme", "Change the theme", id="theme", show=False),
    ]

    def __init__(self, library: "Library", settings: Settings, notices: Sequence[str] = ()) -> None:
        super().__init__()
        self._only_text = OnlyText()
        self._library = library
        self._settings = settings
        self._notices = [*notices, *settings.problems]
        self.keymap = self._checked_keys() if settings.keys else {}
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        known = settings.theme in self.available_themes
        if settings.theme and not known:
            self._notices.append(f"there is no theme “{settings.theme}”; Ctrl-t shows all")
        # Setting `theme` itself would have all styles parsed twice.
        self.set_reactive(App.theme, settings.theme if known else DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(self.keymap)

    def _checked_keys(self) -> dict[str, str]:
        """Return the keys of the settings that can be used; what is wrong becomes a notice."""
        from paperreader.tui.keymap import checked
        from paperreader.tui.places_of_keys import PLACES

        keymap, problems = checked(self._settings.keys, PLACES)
        self._notices += problems
        return keymap

    async def action_pick_theme(self) -> None:
        """Choose a theme: our own two, then all that Textual brings."""
        from paperreader.tui.dialogs.picker import Entry, Picker

        ours = [DARK.name, LIGHT.name]
        others = sorted(set(self.available_themes).difference(ours))
        entries = [
            Entry(Content(f"{'●' if name == self.theme else ' '} {name}"), name, name)
            for name in [*ours, *others]
        ]
        await self.push_screen(Picker("Theme", entries), self._theme_chosen)

    def _theme_chosen(self, name: str | None) -> None:
        if name is not None:
            self.theme = name

    def get_default_screen(self) -> MainScreen:
        """Return the screen that the program opens with."""
        return MainScreen(self._library, self._settings.search_url)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let every line that is drawn be only text."""
        return [*super().get_line_filters(), self._only_text]

    def on_mount(self) -> None:
        """Say once what is to be said."""
        self.call_after_refresh(_collect_garbage_again)
        if self._notices:
            self.notify("\n".join(self._notices), severity="warning", markup=False, timeout=10)


def _collect_garbage_again() -> None:
    """End what the start had put off; what it made stays, and need not be looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
