"""The dialog that writes papers to a file."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Checkbox, Input, Label, OptionList, RadioButton, RadioSet
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from paperreader import export
from paperreader.errors import PaperreaderError
from paperreader.papers.record import Record
from paperreader.paths import absolute, expanded
from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.state import wording
from paperreader.tui.widgets.line_input import LineInput
from paperreader.tui.widgets.lines import Lines


class Stopped(PaperreaderError):
    """The dialog was closed while the file was being written."""


def with_suffix(path: str, suffix: str) -> str:
    """Return a file name with another ending, where it has one that a format is known by."""
    known = {ending for each in export.FORMATS.values() for ending in each.suffixes}
    stem, dot, ending = path.rpartition(".")
    return stem + suffix if dot and f".{ending}" in known else path


def write(
    path: Path, name: str, papers: Iterable[Record], *, replace: bool, scheme: str = ""
) -> None:
    """Write papers to a file, whole or not at all, with citation keys by `scheme` if given."""
    with export.replacing(path, force=replace) as out:
        export.write(name, papers, out, scheme)


class _Which(RadioButton):
    """A choice whose mark tells without colour whether it is taken."""

    BUTTON_LEFT, BUTTON_INNER, BUTTON_RIGHT = "", "○", ""

    def watch_value(self) -> None:
        """Show whether this is the choice taken."""
        self.BUTTON_INNER = "●" if self.value else "○"
        super().watch_value()


class _Papers(RadioSet):
    """Which papers are written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "next_button", "Next", show=False),
        Binding("k", "previous_button", "Previous", show=False),
    ]


class _Tick(Checkbox):
    """A box that is empty until it is ticked."""

    BUTTON_LEFT, BUTTON_INNER, BUTTON_RIGHT = "", "☐", ""

    def watch_value(self) -> None:
        """Show whether the box is ticked."""
        self.BUTTON_INNER = "☑" if self.value else "☐"
        super().watch_value()


class ExportDialog(Dialog[str]):
    """Asks which papers, in which format, and where to; gives what was written, in words."""

    path = getters.query_one("#path", Input)
    formats = getters.query_one("#formats", OptionList)

    class Ended(Message):
        """The file is written, or not: what is said of it."""

        def __init__(self, said: str, *, written: bool) -> None:
            super().__init__()
            self.said, self.written = said, written

    def __init__(
        self,
        papers: Sequence[Record],
        record: Record | None,
        selected: Sequence[Record] = (),
        scheme: str = "",
    ) -> None:
        super().__init__()
        self._scheme = scheme
        self._papers = papers
        self._alone = selected or ([record] if record else [])

    def compose(self) -> ComposeResult:
        """Lay out papers, format, file."""
        formats = Lines(
            *(
                Option(Content(f"{known.title}  {known.suffixes[0]}"))
                for known in export.FORMATS.values()
            ),
            id="formats",
        )
        formats.styles.height = len(export.FORMATS)
        with Vertical(classes="dialog -export"):
            yield Label(Content("Export"), classes="title")
            with _Papers(id="which", compact=True):
                several = len(self._alone) > 1
                only = f"the {len(self._alone):,} selected papers" if several else "this paper"
                shown = f"the {wording.papers(len(self._papers))} shown"
                yield _Which(Content(shown), value=not several)
                yield _Which(Content(f"only {only}"), value=several, disabled=not self._alone)
            yield formats
            yield LineInput("papers.md", id="path")
            yield _Tick(Content("replace a file that is there"), id="replace", compact=True)
            yield Label(Content("Enter in the file's name writes it · Esc closes"), id="outcome")

    @property
    def first(self) -> OptionList:
        """The formats."""
        return self.formats

    def on_mount(self) -> None:
        """Begin with the format."""
        super().on_mount()
        self.formats.highlighted = 0

    @property
    def _format(self) -> str:
        return list(export.FORMATS)[self.formats.highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _format_changed(self) -> None:
        suffix = export.FORMATS[self._format].suffixes[0]
        self.path.value = with_suffix(self.path.value, suffix)

    @on(OptionList.OptionSelected)
    def _format_chosen(self) -> None:
        self.path.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if not self.path.value.strip():
            return
        path = expanded(self.path.value.strip())
        alone = self.query_one("#which", RadioSet).pressed_index == 1
        papers = self._alone if alone else self._papers
        self.query_one("#outcome", Label).update(Content("writing …"))
        self._write(path, self._format, papers, self.query_one("#replace", Checkbox).value)

    @work(thread=True, exclusive=True, group="export")
    def _write(self, path: Path, name: str, papers: Sequence[Record], replace: bool) -> None:
        cancelled = get_current_worker().cancelled_event.is_set
        try:
            write(path, name, until(cancelled, papers), replace=replace, scheme=self._scheme)
        except export.FileThereError:
            said = f"{path} exists already: tick the box above, or give another name."
            self.post_message(self.Ended(said, written=False))
        except PaperreaderError as error:
            self.post_message(self.Ended(str(error), written=False))
        else:
            said = f"{wording.papers(len(papers))} written to {absolute(path)}"
            self.post_message(self.Ended(said, written=True))

    @on(Ended)
    def _ended(self, message: Ended) -> None:
        if message.written:
            self.dismiss(message.said)
        else:
            self.query_one("#outcome", Label).update(Content(message.said))


def until(cancelled: Callable[[], bool], papers: Iterable[Record]) -> Iterable[Record]:
    """Yield papers until `cancelled`: then the file stays unwritten."""
    for paper in papers:
        if cancelled():
            raise Stopped("the export was stopped; nothing was written")
        yield paper
