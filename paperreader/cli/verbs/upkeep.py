"""Verbs for the library itself."""

from paperreader.cli.command import Command


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


def _restore() -> Command:
    command = Command(
        "restore",
        "list the daily backups of the library, or bring one back",
        "maintenance:restore",
        [
            "paperreader restore                     # which backups there are",
            "paperreader restore latest",
            "paperreader restore 2026-11-25",
        ],
    )
    command.add("day", nargs="?", metavar="DAY", help="the day of the backup, or `latest`")
    return command


COMMANDS = {
    "index": _index,
    "paths": _paths,
    "restore": _restore,
}
