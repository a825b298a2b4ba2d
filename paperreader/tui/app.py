"""The application: theme, keys, and the one screen that everything happens on."""

import asyncio
import gc
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import events, on
from textual._compositor import CompositorUpdate
from textual.actions import parse
from textual.app import App
from textual.binding import BindingType
from textual.content import Content
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen
from textual.worker import WorkerFailed

from paperreader.errors import PaperreaderError
from paperreader.settings import Settings
from paperreader.tui.bindings import bindings
from paperreader.tui.in_turn import InTurn
from paperreader.tui.main.main_screen import MainScreen
from paperreader.tui.messages import Failed, StillFailing
from paperreader.tui.only_text import OnlyText
from paperreader.tui.ordering import behind_escape, heard
from paperreader.tui.state.session import Session
from paperreader.tui.terminal.keys import reading_keys
from paperreader.tui.terminal.update import Output
from paperreader.tui.themes import DARK, LIGHT, VARIABLES

if TYPE_CHECKING:
    from paperreader.library.library import Library

_FAILURE_SHOWN = 10.0  # seconds
# Longer than the pause before anything is tried again by itself.
_FORGOTTEN_AFTER = 60.0  # seconds
_LEAVES_WITHIN = 3  # seconds


class PaperReaderApp(App[None], inherit_bindings=False):
    """Reads, searches and marks the papers of a library.

    `notices` are sentences to be said at the start, beside those about the settings. Textual's own
    Ctrl-q is left out: it ends the program also from within a note.
    """

    TITLE = "paperreader"
    CSS_PATH = "main/main_screen.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")

    def __init__(self, library: "Library", settings: Settings, notices: Sequence[str] = ()) -> None:
        super().__init__()
        # Textual writes there.
        self._only_text = OnlyText(getattr(sys.__stderr__, "encoding", "utf-8"))
        self._failure, self._failure_ends = "", 0.0
        self._still_failing_at: dict[str, float] = {}
        self._in_turn = InTurn(self)
        self._library = library
        self._notices = [*notices, *settings.problems]
        self._session = Session(settings, self._remembered())
        if settings.keys:
            self._session.keymap = self._checked_keys(settings)
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        name = self._session.theme
        if settings.theme and settings.theme not in self.available_themes:
            self._notices.append(f"there is no theme “{settings.theme}”; Ctrl-t shows all")
        # Setting `theme` itself would have all styles parsed twice.
        self.set_reactive(App.theme, name if name in self.available_themes else DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(self._session.keymap)

    def _remembered(self) -> dict[str, object]:
        try:
            return self._library.screen_state()
        except PaperreaderError as error:
            self._notices.append(str(error))
            return {}

    def _checked_keys(self, settings: Settings) -> dict[str, str]:
        """Return the keys of the settings that can be used; what is wrong becomes a notice."""
        from paperreader.tui.keymap import checked

        keymap, problems = checked(settings.keys)
        self._notices += problems
        return keymap

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours that our styles need and Textual's own themes lack."""
        return VARIABLES[self.current_theme.dark]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The themes are not shown over another dialog; in a note Ctrl-z takes back letters."""
        if action == "suspend":
            return "ctrl+z" not in getattr(self.focused, "EDITING", {})
        return action != "pick_theme" or not isinstance(self.screen, ModalScreen)

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
        if name is None:
            return
        self.theme = name
        self._in_turn.do(partial(self._library.remember, theme=name))

    def get_default_screen(self) -> MainScreen:
        """Return the screen that the program opens with."""
        return MainScreen(self._library, self._session)

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's driver for this terminal, with our reading of keys."""
        return reading_keys(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let every line that is drawn be only text."""
        return [*super().get_line_filters(), self._only_text]

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        """Say what failed; what fails again and again, such as every row drawn, is said once."""
        text = str(message.error)
        if text != self._failure or monotonic() > self._failure_ends:
            self.notify(text, severity="error", markup=False, timeout=_FAILURE_SHOWN)
            self._failure, self._failure_ends = text, monotonic() + _FAILURE_SHOWN

    @on(StillFailing)
    def _still_failing(self, message: StillFailing) -> None:
        """Say once what goes on failing by itself, until it has not for a while."""
        text, now = str(message.error), monotonic()
        last = self._still_failing_at.get(text, -_FORGOTTEN_AFTER)
        self._still_failing_at[text] = now
        if now - last >= _FORGOTTEN_AFTER:
            self._failed(Failed(message.error))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Send what Textual draws as the differences to what stands on the terminal."""
        if isinstance(renderable, CompositorUpdate):
            renderable = self._output.update(renderable)
        super()._display(screen, renderable)

    @cached_property
    def _output(self) -> Output:
        return Output(self.console)

    def action_suspend(self) -> None:
        """Go to the shell; fg comes back."""
        self.action_suspend_process()

    def action_redraw(self) -> None:
        """Draw all again, over whatever stands on the terminal by now."""
        self._output.frame.forget()
        self.refresh(layout=True)

    async def run_action(
        self,
        action: str | tuple[str, str, tuple[object, ...]],
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do an action; a digit that was typed before it may turn out to be no count."""
        if isinstance(self.screen, MainScreen):
            await self.screen.before(parse(action)[1] if isinstance(action, str) else action[1])
        return await super().run_action(action, default_namespace, namespaces)

    async def on_event(self, event: events.Event) -> None:
        """Pass keys on in their order, and Esc and a letter that came in one packet as two keys.

        A terminal sends the same for Alt and the letter; where that is a key of ours it stays one.
        """
        if isinstance(event, events.Resize):  # the terminal may have moved what stands there
            self._output.frame.forget()
        if isinstance(event, events.InputEvent) and not self.screen.is_mounted:
            await heard(self.screen)  # a dialog that is about to open is what the key is for
        if isinstance(event, events.Key) and not event.is_forwarded:
            letter = behind_escape(event)
            if letter is not None and not self._is_bound(event.key):
                await super().on_event(events.Key("escape", "\x1b"))
                event = letter
        await super().on_event(event)

    def _is_bound(self, key: str) -> bool:
        edited = getattr(self.focused, "EDITING", {})
        return key in edited or key in self.screen.active_bindings

    @property
    def failure(self) -> BaseException | None:
        """What ended the program, if it was not the person."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) else error

    def _fatal_error(self) -> None:
        """Close without the page of details that Textual prints: see `failure`."""
        self._close_messages_no_wait()

    def on_mount(self) -> None:
        """Say once what is to be said, and leave the terminal clean whoever ends the program."""
        self.call_after_refresh(_collect_garbage_again)
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        _exit_on_signals(self, asyncio.get_running_loop())
        if self._notices:
            self.notify("\n".join(self._notices), severity="warning", markup=False, timeout=10)


def _exit_on_signals(app: PaperReaderApp, loop: asyncio.AbstractEventLoop) -> None:
    """Let SIGTERM and SIGHUP leave the terminal clean and the exit status 128 + the signal.

    Where the terminal itself is gone, Textual waits for ever until it takes what is written. The
    handler is not the loop's, since the loop may be what waits; the alarm ends the program then.
    """

    def handle(number: int, _frame: object) -> None:
        signal.alarm(_LEAVES_WITHIN)
        loop.call_soon_threadsafe(partial(app.exit, return_code=128 + number))

    with suppress(AttributeError, ValueError):  # Windows, and threads other than main
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, handle)


def _collect_garbage_again() -> None:
    """End what the start had put off; what it made stays, and need not be looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
