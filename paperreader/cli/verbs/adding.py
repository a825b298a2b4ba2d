"""Verbs by which papers come in."""

from pathlib import Path

from paperreader.cli.command import Command
from paperreader.cli.verbs.common import VIEWS, non_negative


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


def _tidy() -> Command:
    command = Command(
        "tidy",
        "let go of papers that were fetched long ago and never touched",
        "following:tidy",
        ["paperreader tidy                # asks first", "paperreader tidy --days 90 --yes"],
    )
    command.add("--days", type=non_negative, metavar="N", help="fetched so long ago, or longer")
    command.add("--yes", action="store_true", help="do not ask")
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
    command.add("--view", choices=VIEWS, help="only papers of this view")
    command.add("--search", metavar="WORDS", default="", help="only those that WORDS find")
    command.add(
        "--again", action="store_true", help="also ask those who knew nothing in the last 30 days"
    )
    return command


def _digest() -> Command:
    command = Command(
        "digest",
        "summarise what is new: by saved search, for you, most upvoted",
        "digesting:digest",
        [
            "paperreader digest                              # since the last one",
            "paperreader digest --since 2d --format markdown --output notes/today.md",
            "paperreader digest --format email | msmtp -t    # or --send, by your own command",
        ],
    )
    command.add("--since", default="last", metavar="WHEN", help="last, 12h, 1d, 2w or 2026-11-20")
    command.add("--format", choices=("text", "markdown", "html", "email"), help="how to write it")
    command.add("--output", type=Path, metavar="FILE", help="write to FILE")
    command.add("--force", action="store_true", help="replace FILE")
    command.add("--send", action="store_true", help="mail it by the command in the settings")
    return command


COMMANDS = {
    "add": _add,
    "follow": _follow,
    "fetch": _fetch,
    "enrich": _enrich,
    "tidy": _tidy,
    "digest": _digest,
}
