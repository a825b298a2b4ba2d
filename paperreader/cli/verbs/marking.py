"""Verbs for what a person does with papers."""

from pathlib import Path

from paperreader.cli.command import Command
from paperreader.cli.verbs.common import add_key


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
    add_key(command)
    command.add("tags", nargs="*", metavar="+TAG|-TAG", help="without any, the tags are shown")
    return command


def _note() -> Command:
    command = Command(
        "note",
        "write or show the note of a paper",
        "annotating:note",
        ["paperreader note 1706.03762 'read section 3 again'", "paperreader note 1706.03762"],
    )
    add_key(command)
    command.add("text", nargs="*", metavar="TEXT", help="the new note; without it, it is shown")
    command.add("--remove", action="store_true", help="remove the note")
    return command


def _attach() -> Command:
    command = Command(
        "attach",
        "attach a local file, such as a PDF, to a paper",
        "annotating:attach",
        ["paperreader attach 1706.03762 ~/papers/attention.pdf", "paperreader attach 1706.03762"],
    )
    add_key(command)
    command.add("files", nargs="*", metavar="FILE", help="without any, the files are shown")
    command.add("--remove", action="store_true", help="detach the files; they stay on the disk")
    return command


def _judge() -> Command:
    command = Command(
        "judge",
        "ask for more, or less, like a paper in the order for-you",
        "annotating:judge",
        [
            "paperreader judge more arxiv:1706.03762",
            "paperreader judge less 2404.19543       # skips it: it counts as read",
            "paperreader list --view new --sort for-you",
        ],
    )
    command.add("action", choices=("more", "less", "neither"))
    command.add("keys", nargs="+", metavar="KEY", help="papers")
    return command


def _remove() -> Command:
    command = Command(
        "remove",
        "remove papers, or all papers of a source",
        "removing:remove",
        [
            "paperreader remove arxiv:1706.03762",
            "paperreader remove --source ~/Downloads/page.html",
            "paperreader remove --sample             # the papers of the first start",
            "paperreader undo                        # and here they are again",
        ],
    )
    command.add("keys", nargs="*", metavar="KEY", help="the papers")
    command.add("--source", metavar="NAME", help="the papers that came only from NAME")
    command.add("--sample", action="store_true", help="the papers of the sample page")
    return command


def _merge() -> Command:
    command = Command(
        "merge",
        "make one paper of two that are the same",
        "removing:merge",
        ["paperreader merge arxiv:1706.03762 doi:10.5555/3295222.3295349"],
    )
    add_key(command)
    command.add("other", metavar="KEY", help="the key of the other one")
    return command


def _split() -> Command:
    command = Command(
        "split",
        "split records that were merged wrongly into separate papers",
        "removing:split",
        [
            "paperreader split doi:10.5555/3295222.3295349   # what that DOI names",
            "paperreader split title:5f0c3a2e1b4d            # every record",
        ],
    )
    command.add("key", metavar="KEY", help="the key that the wrong records have")
    return command


def _undo() -> Command:
    command = Command(
        "undo",
        "take back what was done last",
        "removing:undo",
        ["paperreader undo", "paperreader undo --list", "paperreader undo --redo"],
    )
    command.add("--list", action="store_true", help="show what can be taken back")
    command.add("--redo", action="store_true", help="do again what was taken back last")
    return command


COMMANDS = {
    "bookmark": _bookmark,
    "tag": _tag,
    "note": _note,
    "attach": _attach,
    "judge": _judge,
    "remove": _remove,
    "merge": _merge,
    "split": _split,
    "undo": _undo,
}
