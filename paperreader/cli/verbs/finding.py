"""Verbs that find, print and export papers."""

from pathlib import Path

from paperreader.cli.command import Command
from paperreader.cli.verbs.common import FORMATS, SORTS, VIEWS, add_key, add_listing


def _search() -> Command:
    command = Command(
        "search",
        "find papers; exit code 1 where there are none",
        "finding:search",
        [
            "paperreader search locally typical sampling",
            "paperreader search 'author:hinton year:2012..2015 \"deep belief\"'",
            "paperreader search attention -survey is:unread",
            "paperreader search 'sampling year:2022..' --save 'my topic'",
            "paperreader search --meaning hiding personal details in datasets",
            "paperreader search --saved 'my topic' --json | jq -r .title",
        ],
        dashed=True,
    )
    command.add(
        "words",
        nargs="*",
        metavar="WORD",
        help='words, "a phrase", OR, -word, author:, title:, year:2019..2023, '
        "category:, tag:, is:unread, has:code; all of it is in the README",
    )
    command.add(
        "--meaning", action="store_true", help="add up to 20 papers that are close in meaning"
    )
    command.add("--saved", metavar="NAME", help="run the saved search NAME instead")
    command.add("--save", metavar="NAME", help="save this search under NAME")
    command.add("--view", choices=VIEWS, help="only papers of this view")
    command.add("--sort", choices=SORTS, help="the order")
    command.add("--reverse", action="store_true", help="in reverse order")
    add_listing(command)
    return command


def _show() -> Command:
    command = Command(
        "show",
        "show one paper",
        "finding:show",
        [
            "paperreader show arxiv:1706.03762",
            "paperreader show 1706.037 --json     # as much of a key as names one paper",
        ],
    )
    add_key(command)
    command.add("--json", action="store_true", help="as a JSON object")
    return command


def _list() -> Command:
    command = Command(
        "list",
        "list papers",
        "finding:list_papers",
        ["paperreader list --view reading", "paperreader list --limit 20 --json"],
    )
    command.add("--view", choices=VIEWS, default="all", help="which papers")
    command.add("--sort", choices=SORTS, help="the order")
    command.add("--reverse", action="store_true", help="in reverse order")
    add_listing(command)
    return command


def _related() -> Command:
    command = Command(
        "related",
        "list the papers most like one",
        "finding:related",
        ["paperreader related arxiv:1706.03762 --limit 5"],
    )
    add_key(command)
    add_listing(command)
    return command


def _export() -> Command:
    command = Command(
        "export",
        "write papers to a file or to standard output",
        "exporting:export",
        [
            "paperreader export --view reading --format markdown",
            "paperreader export --search 'author:hinton' --output hinton.bib",
            "paperreader export --format jsonl --output library.jsonl     # everything there is",
        ],
    )
    command.add("--view", choices=VIEWS, help="which papers")
    command.add("--search", metavar="WORDS", default="", help="only those that WORDS find")
    command.add("--saved", metavar="NAME", help="the papers of the saved search NAME")
    command.add("--format", choices=FORMATS, help="how to write them")
    command.add("--output", type=Path, metavar="FILE", help="its suffix can name the format")
    command.add(
        "--keys", metavar="SCHEME", help="citation keys such as {surname}{year}{title} or {words}"
    )
    command.add("--force", action="store_true", help="replace FILE")
    return command


COMMANDS = {
    "search": _search,
    "list": _list,
    "show": _show,
    "related": _related,
    "export": _export,
}
