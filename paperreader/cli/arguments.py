"""The command line: its verbs and their arguments."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from paperreader import __version__
from paperreader.cli.command import Command
from paperreader.papers.record import View
from paperreader.query.request import SortKey

_DESCRIPTION = """\
A terminal reader for research papers. Without a command it adds the FILEs, if any, and opens the
reader; a first start with an empty library shows a sample page of papers."""

_VIEWS = tuple(map(str, View))
_SORTS = tuple(map(str, SortKey))
# Listed here, as the exports take long to load; a test compares the two.
_FORMATS = ("markdown", "bibtex", "jsonl", "csl-json", "ris", "csv", "atom")

_DIGITS = 19

_EXAMPLES = """\
commands:
{commands}

examples:
  paperreader                          # open the reader
  paperreader papers.bib page.html     # add these, then open the reader
  paperreader search graph networks    # find papers without opening it
  paperreader COMMAND --help           # how a command is used, with examples
"""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command line; its `run` is the command. Exits with 2 on wrong usage."""
    words = list(arguments)
    library: list[str] = []
    # --library may stand before the verb as well as after it.
    while words[:1] == ["--library"] and len(words) > 1:
        library, words = words[:2], words[2:]
    if words and words[0].startswith("--library="):
        library, words = words[:1], words[1:]
    if words and words[0] in _COMMANDS:
        command = _COMMANDS[words[0]]()
        args = command.parse([*library, *words[1:]])
    else:
        command = _reader(listing=not {"-h", "--help"}.isdisjoint(words))
        if words and not words[0].startswith("-") and not Path(words[0]).exists():
            command.parser.error(_unknown(words[0]))
        args = command.parse([*library, *words])
    args.run = command.run
    return args


def _reader(*, listing: bool) -> Command:
    """Return the command without a verb, which opens the reader; its help lists the others."""
    commands = [command() for command in _COMMANDS.values()] if listing else []
    listed = "\n".join(f"  {command.name:<10} {command.summary}" for command in commands)
    reader = Command("", _DESCRIPTION, "open_reader:open_reader", [])
    reader.parser.prog = "paperreader"
    reader.parser.epilog = _EXAMPLES.format(commands=listed)
    reader.parser.usage = "paperreader [--library DIR] [FILE ...]\n       paperreader COMMAND ..."
    reader.add("files", nargs="*", metavar="FILE", help="papers to add first")
    reader.add("--version", action="version", version=f"paperreader {__version__}")
    return reader


def _unknown(word: str) -> str:
    import difflib

    close = difflib.get_close_matches(word, _COMMANDS, n=1)
    meant = f"; did you mean {close[0]}?" if close else "; --help lists the commands"
    return f"{word!r} is neither a command nor a file that exists{meant}"


def _add() -> Command:
    command = Command(
        "add",
        "add papers from files, folders, archives or standard input",
        "adding:add",
        [
            "paperreader add ~/Downloads/page.html papers.bib",
            "paperreader add papers/                 # a folder, with all that is in it",
            "paperreader add arxiv.jsonl.gz --report json",
            "pbpaste | paperreader add -             # a page from the clipboard",
        ],
    )
    command.add(
        "paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input"
    )
    command.add("--passages", action="store_true", help="show what was not understood")
    command.add("--report", choices=("text", "json"), default="text", help="how to report")
    return command


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
    command.add("--saved", metavar="NAME", help="run the saved search NAME instead")
    command.add("--save", metavar="NAME", help="save this search under NAME")
    command.add("--view", choices=_VIEWS, help="only papers of this view")
    command.add("--sort", choices=_SORTS, help="the order")
    command.add("--reverse", action="store_true", help="in reverse order")
    _listing(command)
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
    _key(command)
    command.add("--json", action="store_true", help="as a JSON object")
    return command


def _list() -> Command:
    command = Command(
        "list",
        "list papers",
        "finding:list_papers",
        ["paperreader list --view reading", "paperreader list --limit 20 --json"],
    )
    command.add("--view", choices=_VIEWS, default="all", help="which papers")
    command.add("--sort", choices=_SORTS, help="the order")
    command.add("--reverse", action="store_true", help="in reverse order")
    _listing(command)
    return command


def _related() -> Command:
    command = Command(
        "related",
        "list the papers most like one",
        "finding:related",
        ["paperreader related arxiv:1706.03762 --limit 5"],
    )
    _key(command)
    _listing(command)
    return command


def _bookmark() -> Command:
    command = Command(
        "bookmark",
        "add, remove, list, export or import bookmarks",
        "annotating:bookmark",
        [
            "paperreader bookmark add arxiv:1706.03762 2404.19543",
            "paperreader bookmark list --json",
            "paperreader bookmark export --output bookmarks.jsonl",
            "paperreader bookmark import bookmarks.jsonl",
        ],
    )
    command.add("action", choices=("add", "remove", "list", "export", "import"))
    command.add("keys", nargs="*", metavar="KEY", help="papers; for import, the FILE")
    command.add("--json", action="store_true", help="list as JSON, one object a line")
    command.add("--output", type=Path, metavar="FILE", help="export to FILE")
    command.add("--force", action="store_true", help="replace FILE")
    return command


def _tag() -> Command:
    command = Command(
        "tag",
        "add and remove tags of a paper",
        "annotating:tag",
        ["paperreader tag 1706.03762 +transformers -old", "paperreader tag 1706.03762"],
        dashed=True,
    )
    _key(command)
    command.add("tags", nargs="*", metavar="+TAG|-TAG", help="without any, the tags are shown")
    return command


def _note() -> Command:
    command = Command(
        "note",
        "write or show the note of a paper",
        "annotating:note",
        ["paperreader note 1706.03762 'read section 3 again'", "paperreader note 1706.03762"],
    )
    _key(command)
    command.add("text", nargs="*", metavar="TEXT", help="the new note; without it, it is shown")
    command.add("--remove", action="store_true", help="remove the note")
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
    command.add("--view", choices=_VIEWS, help="which papers")
    command.add("--search", metavar="WORDS", default="", help="only those that WORDS find")
    command.add("--saved", metavar="NAME", help="the papers of the saved search NAME")
    command.add("--format", choices=_FORMATS, help="how to write them")
    command.add("--output", type=Path, metavar="FILE", help="its suffix can name the format")
    command.add("--force", action="store_true", help="replace FILE")
    return command


def _follow() -> Command:
    command = Command(
        "follow",
        "choose what to fetch new papers from",
        "following:follow",
        [
            "paperreader follow add arxiv:cs.CL hf:daily",
            "paperreader follow add arxiv:'cat:cs.LG AND all:diffusion' 'author:Yann LeCun'",
            "paperreader follow add https://rss.arxiv.org/rss/cs.CL+cs.LG",
            "paperreader follow list",
            "paperreader follow pause hf:daily       # and: resume, remove",
        ],
    )
    command.add("action", choices=("add", "list", "remove", "pause", "resume"))
    command.add(
        "names",
        nargs="*",
        metavar="SOURCE",
        help="arxiv:CATEGORY, arxiv:QUERY, hf:daily, hf:trending, author:NAME, or the address of "
        "anything that `add` can read",
    )
    command.add("--json", action="store_true", help="list as JSON, one object a line")
    return command


def _fetch() -> Command:
    command = Command(
        "fetch",
        "fetch new papers from what is followed; exit code 1 where nothing could be fetched",
        "following:fetch",
        ["paperreader fetch", "paperreader fetch arxiv:cs.CL", "paperreader fetch --quiet  # cron"],
    )
    command.add("names", nargs="*", metavar="SOURCE", help="only these, even if paused")
    command.add("--quiet", action="store_true", help="say only what went wrong")
    return command


def _enrich() -> Command:
    command = Command(
        "enrich",
        "fill in authors, dates, identifiers, code that papers lack, from arXiv and others",
        "enriching:enrich",
        [
            "paperreader enrich                      # every paper that lacks something",
            "paperreader enrich --view reading",
            "paperreader enrich --search 'year:2024 diffusion'",
            "paperreader enrich arxiv:1706.03762",
        ],
    )
    command.add("keys", nargs="*", metavar="KEY", help="only these papers")
    command.add("--view", choices=_VIEWS, help="only papers of this view")
    command.add("--search", metavar="WORDS", default="", help="only those that WORDS find")
    command.add(
        "--again", action="store_true", help="also ask those who knew nothing in the last 30 days"
    )
    return command


def _index() -> Command:
    command = Command(
        "index",
        "check, update or rebuild the search index",
        "maintenance:index",
        ["paperreader index check", "paperreader index rebuild"],
    )
    command.add("action", choices=("check", "update", "rebuild"))
    command.add("--quiet", action="store_true", help="say nothing but errors")
    return command


def _paths() -> Command:
    return Command(
        "paths",
        "show where everything is kept",
        "maintenance:paths",
        ["paperreader paths"],
    )


def _key(command: Command) -> None:
    command.add("key", metavar="KEY", help="a paper's key, or as much of it as names only one")


def _listing(command: Command) -> None:
    command.add("--limit", type=_non_negative, metavar="N", help="at most N papers")
    command.add("--json", action="store_true", help="one JSON object a line")


def _non_negative(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < _DIGITS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a non-negative integer below 10^18")
    return int(text)


# Making a parser takes 0.5 ms, so only the one that is needed is made.
_COMMANDS = {
    "add": _add,
    "search": _search,
    "show": _show,
    "list": _list,
    "related": _related,
    "bookmark": _bookmark,
    "tag": _tag,
    "note": _note,
    "export": _export,
    "follow": _follow,
    "fetch": _fetch,
    "enrich": _enrich,
    "index": _index,
    "paths": _paths,
}
