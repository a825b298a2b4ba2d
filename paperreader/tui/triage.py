"""Triage: one paper at a time, and one key to decide on each."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from paperreader.library.results import Results
from paperreader.papers.record import Interest, Record
from paperreader.tui.attached_screen import AttachedScreen
from paperreader.tui.bindings import bindings
from paperreader.tui.commands import NAMED, keys_of
from paperreader.tui.guard import guarded
from paperreader.tui.in_turn import InTurn
from paperreader.tui.messages import Said
from paperreader.tui.state import wording
from paperreader.tui.state.session import Session
from paperreader.tui.state.tags import changed_tags
from paperreader.tui.widgets.paper_detail import PaperDetail
from paperreader.tui.widgets.paper_row import readable

if TYPE_CHECKING:
    from paperreader.library.library import Library, Step

_SHOWN = ("later", "skip", "done", "undo", "tags", "more", "page")  # while there is room
_DECIDED = {
    "bookmark": "for later",
    "mark_done": "done",
    "mark_read": "read",
    "more": "more like this",
    "less": "skipped",
}


class _Paper(PaperDetail, inherit_bindings=False):
    """The paper whose turn it is; its keys are those of the triage."""


class Decision:
    """What was decided on the paper at an index; whether it made a step is known once it is done.

    It may have to wait for its turn, and undo for its own.
    """

    def __init__(self, index: int, what: str) -> None:
        self.index, self.what = index, what
        self.is_made = False


class Triage(AttachedScreen[bool]):
    """Shows the papers of a list one after the other; ends in a summary.

    Each decision is a step of the history; undo takes it back and returns to its paper.
    """

    CSS_PATH = "triage.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("triage")

    detail = getters.query_one(PaperDetail)

    class Settled(Message):
        """What was decided on a paper was done, or not; `said` where it was so already."""

        def __init__(self, decision: Decision, said: str) -> None:
            super().__init__()
            self.decision, self.said = decision, said

    def __init__(self, library: "Library", session: Session, results: Results) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._results = results
        self._index = 0
        self._decided: list[Decision] = []
        self._in_turn = InTurn(self)
        self._said = ""

    def compose(self) -> ComposeResult:
        """Lay out where the person is, the paper, the keys."""
        settings = self._session.settings
        yield Static(id="where")
        yield _Paper(settings.text_width, settings.date_style)
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Begin with the first paper."""
        self.detail.indent = 4
        self.set_focus(self.detail)
        self._show()

    @property
    def _record(self) -> Record | None:
        return self._results[self._index] if self._index < len(self._results) else None

    @property
    def at_end(self) -> bool:
        """Whether all papers have been decided on: the summary is shown."""
        return self._index >= len(self._results)

    @guarded
    def _show(self) -> None:
        """Show the paper whose turn it is, or the summary."""
        total = len(self._results)
        where = f" Triage   {self._index + 1:,} of {total:,}" if not self.at_end else " Triage"
        said = Content.styled(f"   {self._said}", "$dim")
        self.query_one("#where", Static).update(Content.styled(where, "bold") + said)
        self.detail.display = not self.at_end
        if self.at_end:
            self.query_one("#keys", Static).update(self._summary())
        else:
            self.detail.show(self._record, self._results.spans_of(self._index))
            self.query_one("#keys", Static).update(self._keys())
        self.query_one("#keys", Static).set_class(self.at_end, "-summary")

    def _keys(self) -> Content:
        """Return the keys that have room; the way out always has."""
        line, way_out = Content(""), self._key("leave")
        for name in _SHOWN:
            key = self._key(name)
            if line.cell_length + key.cell_length + way_out.cell_length <= self.app.size.width:
                line += key
        return line + way_out

    def _key(self, name: str) -> Content:
        command = NAMED[f"triage.{name}"]
        key = keys_of(command, self._session.keymap)[0]
        return Content.assemble((f" {key}", "$accent"), (f" {command.label} ", "$dim"))

    def on_resize(self) -> None:
        """Show the keys that have room now."""
        if self.is_mounted:
            self._show()

    def _summary(self) -> Content:
        counts = Counter(decision.what for decision in self._decided)
        lines = [f"{count:>6,}  {what}" for what, count in counts.most_common()]
        left = len(self._results) - len(self._decided)
        if left > 0:
            lines.append(f"{left:>6,}  left as they were")
        head = f"{wording.papers(len(self._results))} gone through"
        foot = "z undoes the last · q or Enter goes back to the list"
        return Content("\n").join(
            [Content.styled(head, "bold"), *map(Content, ("", *lines, "", foot))]
        )

    def _go_on(self, said: str) -> None:
        self._said = said
        self._index = min(self._index + 1, len(self._results))
        self._show()

    def action_decide(self, what: str) -> None:
        """Put the paper on the reading list, mark it done, or skip it, and go on."""
        if (record := self._record) is None:
            return
        if what in (Interest.MORE, Interest.LESS):
            change = partial(self._library.judge, [record.row], Interest(what))
        else:
            change = partial(getattr(self._library, what), [record.row])
        self._decide(_DECIDED[what], change)
        self._go_on(f"{_DECIDED[what]}: {readable(record.paper.title)}")

    def _decide(self, what: str, change: "Callable[[], Step | None]") -> None:
        decision = Decision(self._index, what)
        self._decided.append(decision)
        self._in_turn.do(partial(self._settle, decision, change))

    def _settle(self, decision: Decision, change: "Callable[[], Step | None]") -> None:
        said = ""
        try:
            decision.is_made = change() is not None
            said = "" if decision.is_made else f"was {decision.what} already"
        finally:
            self.post_message(self.Settled(decision, said))

    @on(Settled)
    def _settled(self, message: Settled) -> None:
        if not message.decision.is_made and message.decision in self._decided:
            self._decided.remove(message.decision)
        self._said = message.said or self._said
        self._show()

    @on(Said)
    def _show_said(self, message: Said) -> None:
        message.stop()
        self._said = message.text
        self._show()

    def action_step(self, by: int) -> None:
        """Go to another paper without a decision."""
        self._index = max(0, min(self._index + by, len(self._results)))
        self._said = ""
        self._show()

    def action_undo(self) -> None:
        """Take back the last decision and return to its paper."""
        if self._decided:
            decision = self._decided.pop()
            self._index = decision.index
            self._in_turn.do(partial(self._undo, decision))
        else:
            self._said = "nothing to undo here"
        self._show()

    def _undo(self, decision: Decision) -> None:
        if decision.is_made:
            self._library.undo()
        self.post_message(Said(f"undone: {decision.what}"))

    @guarded
    async def action_tags(self) -> None:
        """Ask for the tags of the paper; it stays."""
        if (record := self._record) is None:
            return
        from paperreader.tui.dialogs.tag_prompt import TagPrompt

        dialog = TagPrompt(record.tags, self._library.tags(), 1)
        await self.app.push_screen(dialog, partial(self._tag, record))

    def _tag(self, record: Record, typed: str | None) -> None:
        if typed is not None:
            add, remove = changed_tags(record.tags, typed)
            self._decide("tagged", partial(self._library.tag, [record.row], add, remove))

    @guarded
    def action_page(self) -> None:
        """Open the page of the paper."""
        from paperreader.tui import outside
        from paperreader.tui.main.open_commands import page_of

        if (record := self._record) is not None:
            url = page_of(record, self._session.settings.search_url)
            self._said = outside.open_address(self.app, url)
            self._show()

    def action_scroll(self, lines: int) -> None:
        """Scroll the abstract."""
        self.detail.action_lines(lines)

    def action_leave(self) -> None:
        """Go back to the list."""
        if self.is_current:
            self.dismiss(True)


def undecided(results: Results, most: int) -> Sequence[int]:
    """Return the rows of the first papers of a list that nothing was decided on yet."""
    rows = []
    for record in results:
        if not (record.read or record.done or record.on_reading_list):
            rows.append(record.row)
            if len(rows) == most:
                break
    return rows
