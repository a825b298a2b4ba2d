"""`paperreader remove`, `merge`, `split` and `undo`."""

import argparse

from paperreader.cli.command import UsageError, open_library
from paperreader.cli.streams import complain
from paperreader.library.add_report import counted
from paperreader.library.library import SAMPLE, Step

NOTHING = 1


def remove(args: argparse.Namespace) -> int:
    """Move papers to the trash: those of the keys, or those that came only from a source."""
    source = SAMPLE if args.sample else args.source
    if bool(args.keys) + (args.source is not None) + args.sample != 1:
        raise UsageError("Say what to remove: KEYs, --source NAME, or --sample.")
    with open_library(args) as library:
        if source is None:
            rows = [library.find(key).row for key in args.keys]
            step = library.remove(rows)
        else:
            step = library.remove_source(source if args.sample else library.find_source(source))
    if step is None:
        complain("There was nothing to remove.")
        return NOTHING
    print(f"{counted(step.papers, 'paper')} removed; `paperreader undo` brings them back.")
    return 0


def merge(args: argparse.Namespace) -> int:
    """Merge two papers into one."""
    with open_library(args) as library:
        first = library.find(args.key)
        step = library.merge([first.row, library.find(args.other).row])
        if step is None:
            complain("These are already one paper.")
            return NOTHING
        whole = library.record(first.row)
    print(f"merged into {whole.key}: {whole.paper.title}; `paperreader undo` takes it back.")
    return 0


def split(args: argparse.Namespace) -> int:
    """Split wrongly merged records into separate papers."""
    with open_library(args) as library:
        step = library.split(args.key)
    papers = step.papers if step else 0
    if papers < 2:
        complain("That key does not separate its records; nothing was split.")
        return NOTHING
    print(f"split into {counted(papers, 'paper')}; `paperreader undo` takes it back.")
    return 0


def undo(args: argparse.Namespace) -> int:
    """Undo or redo the last step, or list the steps."""
    with open_library(args) as library:
        if args.list:
            for step in library.steps():
                state = " (undone)" if step.undone else ""
                print(f"{step.time[:16].replace('T', ' ')}  {_described(step)}{state}")
            return 0
        done = library.redo() if args.redo else library.undo()
    if done is None:
        complain("There is nothing to redo." if args.redo else "There is nothing to undo.")
        return NOTHING
    print(f"{'done again' if args.redo else 'undone'}: {_described(done)}")
    if done.skipped:
        complain("What has changed since was left as it is.")
    return 0


def _described(step: Step) -> str:
    papers = counted(step.papers, "paper") if step.papers != 1 else step.title
    return ", ".join(filter(None, (step.what, papers if step.papers else "")))
