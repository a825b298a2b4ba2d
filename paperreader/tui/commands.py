"""The one table of what the reader can do, and by which key.

Bindings, the footer, help, the palette, `paperreader keys` and the table in the README are made
from it. It needs no Textual, so that the command line can print it.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Flag, auto
from typing import NamedTuple


class Where(Flag):
    """Where a command can be given; two commands with one key clash only where both can."""

    TOP = auto()  # in the list, with nothing to go back to
    BEYOND = auto()  # in the list, with a list before it
    ABSTRACT = auto()
    SEARCH = auto()  # typing in the search box
    TRIAGE = auto()
    LIST = TOP | BEYOND
    PANES = LIST | ABSTRACT


class Command(NamedTuple):
    """A command: its name in the settings, its keys, what it does, where, and how help finds it.

    `keys` are names of Textual's, with commas between. `room` is the part of the screen that does
    the `action`. With a `label` the footer shows it. `words` are others that help finds it by.
    """

    name: str
    keys: str
    action: str
    text: str
    label: str
    room: str
    section: str
    where: Where
    words: str = ""


def _room(room: str, section: str, where: Where, *lines: tuple[str, ...]) -> Iterator[Command]:
    """Yield commands of one room, from lines of name, keys, action, text, label and words."""
    for name, keys, action, text, *rest in lines:
        label, words = (*rest, "", "")[:2]
        yield Command(name, keys, action, text, label, room, section, where, words)


def _with(where: Where, commands: Iterable[Command], *names: str) -> Iterator[Command]:
    """Yield commands; those with one of `names` can be given only in `where`."""
    for command in commands:
        yield command._replace(where=where) if command.name in names else command


# fmt: off
COMMANDS: tuple[Command, ...] = (
    *_room(
        "list", "Move", Where.LIST,
        ("list.down", "j,down", "move(1)", "Next paper", "", "move scroll"),
        ("list.up", "k,up", "move(-1)", "Previous paper", "", "move scroll"),
        ("list.top", "g", "top", "First paper (g g), or the paper of a count (12 g g)"),
        ("list.first", "home", "first", "First paper"),
        ("list.last", "G,end", "last", "Last paper, or the paper of a count (12 G)", "", "goto"),
        ("list.screen_top", "H", "seen(0)", "First paper on the screen"),
        ("list.screen_bottom", "L", "seen(1)", "Last paper on the screen"),
        ("list.half_down", "ctrl+d", "page(0.5)", "Half a page down"),
        ("list.half_up", "ctrl+u", "page(-0.5)", "Half a page up"),
        ("list.page_down", "pagedown,ctrl+f", "page(1)", "A page down"),
        ("list.page_up", "pageup,ctrl+b", "page(-1)", "A page up"),
        ("list.open", "enter,l,right", "open", "Read the abstract", "read", "open"),
    ),
    *_room(
        "list", "Select", Where.LIST,
        ("select.toggle", "space", "select", "Select the paper and go on", "", "mark multiple"),
        ("select.range", "v", "select_range", "Select from here on; again: up to here"),
        ("select.clear", "V", "select_none", "Select nothing"),
        ("select.all", "*", "select_all", "Select all papers shown"),
    ),
    *_with(Where.ABSTRACT, _room(
        "panes", "Move", Where.PANES,
        ("pane.next", "tab", "switch", "Other pane", "", "focus window"),
        ("pane.previous", "shift+tab", "switch", "Other pane"),
        ("pane.back", "h,left,escape", "back", "Back to the list", "back"),
        ("abstract.scroll_down", "J", "scroll(1)", "Scroll the abstract down, from the list too"),
        ("abstract.scroll_up", "K", "scroll(-1)", "Scroll the abstract up"),
    ), "pane.back"),
    *_room(
        "paper", "Move", Where.PANES,
        ("paper.next", "n", "next(1)", "Next hit in the abstract; without a search, next unread"),
        ("paper.prev", "N", "next(-1)", "Previous hit, or previous unread"),
    ),
    *_room(
        "panes", "Show", Where.PANES,
        ("layout.next", "=", "layout", "Layout: list, stacked, beside, automatic", "", "split"),
        ("abstract.zoom", "+", "zoom", "Abstract over the full width", "", "maximise wide zen"),
        ("abstract.raw", "M", "raw", "LaTeX as the source has it", "", "math formula"),
        ("abstract.authors", "@", "authors", "All authors of a long list, or few", "", "names"),
        ("abstract.record", ".", "record", "The whole record: type, pages, publisher, key", "",
         "details fields volume isbn doi cite citation metadata"),
    ),
    *_room(
        "abstract", "Move", Where.ABSTRACT,
        ("abstract.down", "j,down", "lines(1)", "Scroll down"),
        ("abstract.up", "k,up", "lines(-1)", "Scroll up"),
        ("abstract.top", "g,home", "edge(0)", "Top of the abstract"),
        ("abstract.bottom", "G,end", "edge(1)", "End of the abstract"),
        ("abstract.half_down", "ctrl+d", "page(0.5)", "Half a page down"),
        ("abstract.half_up", "ctrl+u", "page(-0.5)", "Half a page up"),
        ("abstract.page_down", "space,pagedown,ctrl+f", "page(1)", "A page down"),
        ("abstract.page_up", "pageup,ctrl+b", "page(-1)", "A page up"),
    ),
    *_with(Where.BEYOND, _room(
        "browser", "Find", Where.PANES,
        ("search", "/", "search", "Search while you type: other words than before, or with → more",
         "search", "find query words"),
        ("list.back", "h,left,escape", "back", "Back: words, a filter, the list before", "back"),
    ), "list.back"),
    *_room(
        "lists", "Find", Where.PANES,
        ("filter", "backslash", "filter", "Filter by year, category, venue, source, tag, state",
         "filter", "narrow facet chip date"),
        ("sort", "s", "sort",
         "Sort: relevance, newest, title, added, upvotes, for you; again reverses",
         "sort", "order"),
        ("search.save", "w", "save", "Save this search under a name", "", "query keep"),
        ("search.saved", "W", "saved_searches", "Saved searches: go, rename, order, forget", "",
         "query delete"),
        ("paper.related", "R", "related", "Related papers, and the words they share", "",
         "similar like"),
    ),
    *_room(
        "follow", "Find", Where.PANES,
        ("fetch", "F", "fetch", "Fetch new papers; again stops", "", "download sync network"),
        ("sources", "S", "sources", "What is followed, with its new papers", "",
         "feeds subscriptions arxiv"),
    ),
    *_room(
        "browser", "Find", Where.SEARCH,
        ("search.keep", "enter", "keep", "Keep the results", "keep"),
        ("search.restore", "escape", "restore", "Back to the old list and place", "back"),
        ("search.next", "down,ctrl+n,ctrl+j", "results(1)", "Next result", "next"),
        ("search.prev", "up,ctrl+p", "results(-1)",
         "Previous result; above the first: past searches", "", "history"),
        ("search.page_down", "pagedown", "results(10)", "Ten results on"),
        ("search.page_up", "pageup", "results(-10)", "Ten results back"),
        ("search.suggestion", "tab", "suggestion", "Accept the proposed spelling"),
    ),
    *_room(
        "views", "Views", Where.PANES,
        ("view.all", "1", "number('1')", "All papers; or a count, as in 12 j"),
        ("view.unread", "2", "number('2')", "Unread papers"),
        ("view.reading", "3", "number('3')", "Reading list", "", "later bookmarks queue"),
        ("view.done", "4", "number('4')", "Papers done with"),
        ("view.new", "I", "show('new')", "New papers: fetched, and not touched since", "",
         "inbox fresh"),
        *((f"saved.{n}", str(n + 4), f"number('{n + 4}')", f"Saved search {n}")
          for n in range(1, 6)),
        ("count.zero", "0", "number('0')", "A digit of a count, as in 10 j"),
    ),
    *_room(
        "paper", "Decide", Where.PANES,
        ("paper.bookmark", "b", "bookmark", "Reading list: on or off", "later",
         "bookmark queue star save"),
        ("paper.read", "r", "read", "Mark as read and go on", "mark read"),
        ("paper.unread", "u", "unread", "Mark as unread"),
        ("paper.done", "d", "done", "Done with it, or not", "done", "archive finish"),
        ("paper.more", "Y", "judge('more')", "More like this in the order for you", "",
         "like interesting"),
        ("paper.less", "x", "judge('less')", "Skip: less like this, and go on", "",
         "dislike boring"),
    ),
    *_room(
        "note", "Decide", Where.PANES,
        ("paper.tags", "t", "tags", "Tags", "", "label keyword"),
        ("paper.note", "a", "note", "Note, kept as you type", "", "annotate comment write"),
        ("paper.editor", "E", "editor", "Note in your editor ($EDITOR)", "", "annotate vim"),
    ),
    *_room(
        "paper", "Decide", Where.PANES,
        ("paper.up", "shift+up", "shift(-1)", "Up the reading list", "", "move order"),
        ("paper.down", "shift+down", "shift(1)", "Down the reading list", "", "move order"),
        ("paper.merge", "&", "merge", "Make one paper of those selected", "",
         "duplicate same identity join"),
        ("paper.split", "%", "split", "Make papers of their own of what was merged", "",
         "duplicate identity unmerge"),
        ("list.all_read", "A", "all_read", "Mark all shown as read", "", "catch up everything"),
        ("paper.remove", "D", "remove", "Remove from the library; undo brings it back", "",
         "delete trash forget"),
        ("source.remove", "X", "remove_source", "Remove a whole source, such as the sample page",
         "", "delete trash forget"),
        ("paper.open_read", "O", "open_read", "Open its page in the browser, and mark it as read",
         "", "url link www"),
        ("undo", "z", "undo", "Undo", "", "back revert"),
        ("redo", "ctrl+r", "redo", "Redo"),
    ),
    *_room(
        "open", "Take along", Where.PANES,
        ("paper.page", "o", "page", "Open its page in the browser", "open", "url link www"),
        ("paper.pdf", "p", "pdf", "Open the PDF: the attached file, else the address", "",
         "file viewer"),
        ("paper.code", "c", "code", "Open the code", "", "github repository"),
        ("paper.links", "f", "links", "All its links", "", "url address"),
        ("paper.copy", "y", "copy", "Copy link, BibTeX, title, Markdown", "copy",
         "clipboard cite citation"),
        ("list.export", "e", "export", "Export", "", "write file bibtex csv markdown"),
        ("list.pipe", "|", "pipe", "Pipe to a command", "", "shell external"),
    ),
    *_with(Where.BEYOND | Where.ABSTRACT, _with(Where.TOP, _room(
        "screen", "Program", Where.PANES,
        ("palette", "colon,ctrl+p", "palette",
         "Every command by name; also :sort title, :tag x, :42"),
        ("help", "question_mark,f1", "help", "Help", "help", "keys manual syntax"),
        ("triage", "T", "triage", "Triage: decide on one paper at a time", "", "inbox queue"),
        ("add", "i", "add", "Add papers: a file or folder, or text that you paste", "add",
         "import insert new"),
        ("quit", "q", "leave", "Quit, at the top of the way back", "quit", "exit leave"),
        ("back", "q", "back", "Back"),
    ), "quit"), "back"),
    *_room(
        "screen", "Program", Where.PANES | Where.SEARCH,
        ("cancel", "ctrl+c", "cancel", "Copy the selection, else go back, else quit", "", "exit"),
    ),
    *_room(
        "triage", "Triage", Where.TRIAGE,
        ("triage.later", "b", "decide('bookmark')", "Read it later", "later"),
        ("triage.more", "y", "decide('more')", "More like this in the order for you", "more"),
        ("triage.skip", "x", "decide('less')", "Skip it: less like this; it counts as read",
         "skip"),
        ("triage.read", "r", "decide('mark_read')", "It is read"),
        ("triage.done", "d", "decide('mark_done')", "Done with it", "done"),
        ("triage.tags", "t", "tags", "Tags", "tag"),
        ("triage.undo", "z", "undo", "Undo, and back to that paper", "undo"),
        ("triage.page", "o", "page", "Open its page", "open"),
        ("triage.next", "space,n,j,right,l", "step(1)", "On without a decision", "on"),
        ("triage.previous", "p,k,left,h", "step(-1)", "Back"),
        ("triage.down", "J,down", "scroll(1)", "Scroll the abstract down"),
        ("triage.up", "K,up", "scroll(-1)", "Scroll the abstract up"),
        ("triage.leave", "q,escape,enter,ctrl+c", "leave", "Back to the list", "back"),
    ),
    *_room(
        "app", "Program", Where.PANES | Where.SEARCH | Where.TRIAGE,
        ("theme", "ctrl+t", "pick_theme", "Change the theme", "", "colours dark light"),
        ("suspend", "ctrl+z", "suspend", "To the shell; fg comes back", "", "background"),
        ("redraw", "ctrl+l", "redraw", "Draw the screen again", "", "refresh repaint"),
    ),
)
# fmt: on

NAMED = {command.name: command for command in COMMANDS}


def of_room(room: str) -> list[Command]:
    """Return the commands that one part of the screen does."""
    return [command for command in COMMANDS if command.room == room]


def shown_key(key: str) -> str:
    """Return a key as it is written for people: ctrl+d is Ctrl-d, question_mark is ?."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    last = _SIGNS.get(last, last)
    names = {"ctrl": "Ctrl", "shift": "Shift", "alt": "Alt"}
    return "-".join([*(names.get(modifier, modifier) for modifier in modifiers), last])


_SIGNS = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home",
    "end": "End", "colon": ":", "question_mark": "?", "backslash": "\\", "f1": "F1",
}  # fmt: skip


def keys_of(command: Command, keymap: Mapping[str, str] = {}) -> list[str]:
    """Return a command's keys as people write them, by the settings where those name it."""
    return [shown_key(key) for key in keymap.get(command.name, command.keys).split(",")]


def markdown(keymap: Mapping[str, str] = {}) -> str:
    """Return all commands as a Markdown table, section by section."""
    lines = ["| key | does | name |", "|---|---|---|"]
    sections = dict.fromkeys(command.section for command in COMMANDS)
    for section in sections:
        lines.append(f"| | **{section}** | |")
        for command in COMMANDS:
            if command.section == section:
                keys = " ".join(f"`{key}`" for key in keys_of(command, keymap))
                keys = keys.replace("|", "\\|")
                lines.append(f"| {keys} | {command.text} | {command.name} |")
    return "\n".join(lines) + "\n"
