"""Keys that the settings give to commands, checked against the commands there are."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from paperreader.tui.commands import COMMANDS, Command

_NAMED = {key.value for key in Keys if not key.value.startswith("<")}
_FOR_PAPERS = ("list.open", "paper.related", "select.toggle", "select.range", "abstract.zoom")
_MODIFIERS = {"ctrl", "shift", "alt", "super", "meta", "hyper"}


def checked(
    asked: Mapping[str, str], commands: Sequence[Command] = COMMANDS
) -> tuple[dict[str, str], list[str]]:
    """Return the keys that can be given, by command, and a sentence on each that cannot."""
    names = {command.name for command in commands}
    problems = []
    keymap: dict[str, str] = {}
    for name, keys in asked.items():
        wrong = [key for key in keys.split(",") if not is_key(key)]
        if name not in names:
            near = get_close_matches(name, names, 1)
            problems.append(
                f"there is no action “{name}”" + (f"; is it {near[0]}?" if near else "")
            )
        elif wrong:
            problems.append(f"“{wrong[0]}” is not a key ({name})")
        else:
            keymap[name] = keys
    while clash := next(clashes(commands, keymap), None):
        key, first, second = clash
        changed, kept = (first, second) if first.name in keymap else (second, first)
        problems.append(f"“{key}” is the key of {kept.name} already; {changed.name} keeps its own")
        del keymap[changed.name]
    return keymap, problems


def clashes(
    commands: Sequence[Command], keymap: Mapping[str, str]
) -> Iterator[tuple[str, Command, Command]]:
    """Yield every key that would do two things somewhere, with both commands."""
    by_key: dict[str, list[Command]] = {}
    for command in commands:
        for key in keymap.get(command.name, command.keys).split(","):
            others = by_key.setdefault(key_name(key), [])
            yield from ((key, command, o) for o in others if o.where & command.where)
            others.append(command)


def is_key(key: str) -> bool:
    """Whether a terminal can send this key: a, G, ?, question_mark, ctrl+d, shift+up, f5."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return False
    return len(last) == 1 or last in _NAMED or key in _NAMED or _names_character(last)


def _names_character(name: str) -> bool:
    return any(key_name(chr(code)) == name for code in range(0x21, 0x7F))


def key_name(key: str) -> str:
    """Return Textual's name of a key that may be given as its character: ? is question_mark."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace(" ", "_").replace("-", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def keys_for_papers(keymap: Mapping[str, str]) -> set[str]:
    """Return Textual's names of the keys of commands that are for papers."""
    return {
        key_name(key)
        for command in COMMANDS
        if command.room in ("open", "note", "paper") or command.name in _FOR_PAPERS
        for key in keymap.get(command.name, command.keys).split(",")
    }
