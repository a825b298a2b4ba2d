"""Help that teaches: the keys that matter, the query language, then every command."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from paperreader.tui.commands import COMMANDS, NAMED, keys_of
from paperreader.tui.dialogs.command_entries import Action, available, entry, explained
from paperreader.tui.dialogs.picker import Entry, Picker, room
from paperreader.tui.ordering import heard
from paperreader.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from paperreader.tui.main.main_screen import MainScreen

_FIRST = (
    ("list.down", "Next paper; k the one before"),
    ("list.open", "Read the abstract; h or Esc goes back"),
    ("search", "Search while you type; Enter keeps what was found, Esc gives it up"),
    ("paper.bookmark", "Read later: the list is on 3"),
    ("paper.done", "Done with it"),
    ("undo", "Undo whatever you did last, also tomorrow"),
    ("triage", "Decide on one paper after the other"),
    ("add", "Add papers: a file, or text that you paste"),
    ("palette", "Every command by name"),
    ("quit", "Back; at the top, quit"),
)
_LANGUAGE = (
    ("graph networks", "papers with both words, in any form, in title, abstract or authors"),
    ('"mixture of experts"', 'exactly these words together; "networks" not network'),
    ("bert OR gpt", "either; a b OR c is a and (b or c); (a b) OR c groups"),
    ("attention -survey", "without a word; also NOT and !"),
    ("terence tao", "a person's papers first; also Tao, Terence and T. Tao"),
    ('author:"g hinton"', "by one author; title: abstract: venue: source: note: likewise"),
    ("vaswani 2017", "a year is met by the word or by the date"),
    ("year:2019..2023", "by date; year:2020.. from then on; before:2019 after:2019-05"),
    ("category:cs.CL", "by category; cat:cs.LG,stat.ML either; tag:rag by your own tags"),
    ("is:unread", "also is:read is:bookmarked is:reading is:done is:untagged"),
    ("has:code", "also has:pdf has:note has:tag has:abstract; no:tag has none"),
    ("transf*", "words that begin so; ~atention: spelled nearly so"),
    ("1706.03762", "that paper; also a DOI, an address, a PDF's name, a pasted citation"),
)


class HelpInput(LineInput):
    """A line that leaves ? to the dialog, which it closes."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say which keys are text here: all but ?."""
        return key != "question_mark" and super().check_consume_key(key, character)


class Help(Picker[Action]):
    """Lines that are found by typing; the command picked is done."""

    HINT = "type to find: add, delete, query … · Enter does it · ? closes"
    BOX = HelpInput
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "close_or_type", "Close", show=False, priority=True),
    ]

    def __init__(self, main: "MainScreen") -> None:
        keymap = main.keymap
        space = room(main.size)
        actions = dict(available(main))
        entries: list[Entry[Action | None]] = [_heading("The keys that matter")]
        for name, text in _FIRST:
            if (command := NAMED.get(name)) is None:
                continue
            line = entry(command._replace(text=text), (main, ""), keymap, space).line
            words = f"{text} {command.words} {' '.join(keys_of(command, keymap))}"
            entries.append(Entry(line, words, actions.get(command)))
        entries.append(_heading("What to type in the search"))
        entries += [
            Entry(
                explained(f" {written}".ljust(23), text, space),
                f"{written} {text} query syntax language search filter",
                None,
            )
            for written, text in _LANGUAGE
        ]
        section = ""
        for command in COMMANDS:
            if command.section != section:
                section = command.section
                entries.append(_heading(section))
            plain = entry(command, (main, ""), keymap, space)
            entries.append(Entry(plain.line, plain.words, actions.get(command)))
        # Headings stand for nothing; the picker never gives None of an entry.
        super().__init__("Help", entries)  # type: ignore[arg-type]

    async def action_close_or_type(self) -> None:
        """Close, as the key that opened it; behind other letters it is text."""
        box = self.query_one(Input)
        await heard(box)
        if box.value:
            box.insert_text_at_cursor("?")
        else:
            self.dismiss(None)


def _heading(text: str) -> Entry[Action | None]:
    return Entry(Content.styled(text, "bold underline"), "", None)
