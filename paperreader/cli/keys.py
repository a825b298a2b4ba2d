"""`paperreader keys`: the reader's commands and their keys."""

import argparse

from paperreader.paths import Paths
from paperreader.settings import Settings


def keys(args: argparse.Namespace) -> int:
    """Print every command with its name and its keys, as configured."""
    from paperreader.tui.commands import COMMANDS, keys_of, markdown

    asked = Settings.load(Paths.find(args.library).settings).keys
    keymap = {}
    if asked:
        from paperreader.tui.keymap import checked  # which needs Textual

        keymap = checked(asked)[0]
    if args.markdown:
        print(markdown(keymap), end="")
        return 0
    section = ""
    for command in COMMANDS:
        if command.section != section:
            section = command.section
            print(f"\n{section}")
        shown = " ".join(keys_of(command, keymap))
        print(f"  {shown:<18} {command.text:<58} {command.name}")
    return 0
