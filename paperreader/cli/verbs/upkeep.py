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
    command.add("--words", action="store_true", help="leave out the vectors for search by meaning")
    return command


def _paths() -> Command:
    return Command(
        "paths",
        "show where everything is kept",
        "maintenance:paths",
        ["paperreader paths"],
    )


def _keys() -> Command:
    command = Command(
        "keys",
        "list what the reader can do, by which key and under which name",
        "keys:keys",
        ["paperreader keys", "paperreader keys --markdown > keys.md"],
    )
    command.add("--markdown", action="store_true", help="as a Markdown table")
    return command


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


def _settings() -> Command:
    command = Command(
        "settings",
        "print a settings file with all settings as comments; edit or check one's own",
        "settings_file:settings",
        ["paperreader settings --edit", "paperreader settings --check", "paperreader settings"],
    )
    command.add("--edit", action="store_true", help="open your own in $VISUAL or $EDITOR")
    command.add("--path", action="store_true", help="print where it is")
    command.add("--check", action="store_true", help="print what in it cannot be used")
    return command


def _doctor() -> Command:
    return Command(
        "doctor",
        "check the library, the index, the settings and the terminal",
        "doctor:doctor",
        ["paperreader doctor"],
    )


def _completion() -> Command:
    command = Command(
        "completion",
        "print what makes a shell complete commands, options, keys and tags",
        "completing:completion",
        [
            'eval "$(paperreader completion bash)"   # in ~/.bashrc; zsh is alike',
            "paperreader completion fish > ~/.config/fish/completions/paperreader.fish",
        ],
    )
    command.add("shell", choices=("bash", "zsh", "fish"))
    return command


COMMANDS = {
    "index": _index,
    "paths": _paths,
    "keys": _keys,
    "restore": _restore,
    "settings": _settings,
    "doctor": _doctor,
    "completion": _completion,
}
