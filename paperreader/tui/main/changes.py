"""Changes of papers that the person asks for."""

from collections.abc import Callable, Sequence
from functools import partial

from textual.dom import DOMNode

from paperreader.tui.in_turn import InTurn
from paperreader.tui.messages import Changed, Said
from paperreader.tui.state import wording
from paperreader.tui.state.undo_history import MANY

ASK_FROM = 100
"""To change more papers than these at once is asked first."""


class Changes:
    """Does changes for a part of the screen, in their order: says each, and has it shown."""

    def __init__(self, owner: DOMNode) -> None:
        self._owner = owner
        self._in_turn = InTurn(owner)

    def do(self, change: Callable[[], str], *, aloud: bool = True, long: bool = False) -> None:
        """Do something and say it, at once or in its turn; then the screen shows what changed."""
        self._in_turn.do(partial(self._do, change, aloud=aloud), long=long)

    def _do(self, change: Callable[[], str], *, aloud: bool) -> None:
        try:
            said = change()
            if aloud:
                self._owner.post_message(Said(said))
        finally:
            self._owner.post_message(Changed())

    async def ask(self, change: Callable[[], str], rows: Sequence[int], question: str) -> None:
        """Do something to papers; where they are many, only once the person has said yes."""
        do = partial(self.do, change, long=len(rows) > MANY)
        if len(rows) <= ASK_FROM:
            do()
            return
        from paperreader.tui.dialogs.menu import Choice, Menu

        def answered(key: str | None) -> None:
            if key == "y":
                do()

        choices = [Choice("y", "yes; z undoes it"), Choice("n", "no")]
        question = question.format(wording.papers(len(rows)))
        await self._owner.app.push_screen(Menu(question, choices, wide=True), answered)
