"""Keys that the settings give to actions, checked against the actions there are."""

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

_NAMED = {key.value for key in Keys if not key.value.startswith("<")}
_MODIFIERS = {"ctrl", "shift", "alt", "super", "meta", "hyper"}


def checked(
    told: Mapping[str, str], groups: Iterable[Iterable[BindingType]]
) -> tuple[dict[str, str], list[str]]:
    """Return the keys that can be given, by action, and a sentence on each that cannot.

    `groups` are the bindings of one place each: within a place, a key can do one thing.
    """
    places = [{b.id or b.action: b for b in _whole(group)} for group in groups]
    known = {name for place in places for name in place}
    problems = []
    keymap: dict[str, str] = {}
    for action, keys in told.items():
        wrong = [key for key in keys.split(",") if not is_key(key)]
        if action not in known:
            near = get_close_matches(action, known, 1)
            problems.append(
                f"there is no action “{action}”" + (f"; is it {near[0]}?" if near else "")
            )
        elif wrong:
            problems.append(f"“{wrong[0]}” is not a key ({action})")
        else:
            keymap[action] = keys
    for place in places:
        problems += _clashes(place, keymap)
    return keymap, problems


def is_key(key: str) -> bool:
    """Whether a terminal can send this key: a, G, ?, question_mark, ctrl+d, shift+up, f5."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return False
    return len(last) == 1 or last in _NAMED or key in _NAMED or _names_character(last)


def _names_character(name: str) -> bool:
    return any(key_name(chr(code)) == name for code in range(0x21, 0x7F))


def _whole(group: Iterable[BindingType]) -> Iterable[Binding]:
    return [binding for binding in group if isinstance(binding, Binding)]


def _clashes(place: Mapping[str, Binding], keymap: dict[str, str]) -> list[str]:
    """Take from `keymap` what would take another action's key in this place; say so."""
    problems = []
    taken: dict[str, str] = {}
    for action, binding in place.items():
        if action not in keymap:
            taken |= dict.fromkeys(map(key_name, binding.key.split(",")), action)
    for action in [name for name in place if name in keymap]:
        keys = [key_name(key) for key in keymap[action].split(",")]
        clash = next((key for key in keys if key in taken), None)
        if clash is None:
            taken |= dict.fromkeys(keys, action)
        else:
            problems.append(
                f"“{clash}” is the key of {taken[clash]} already; {action} keeps its own"
            )
            del keymap[action]
    return problems


def key_name(key: str) -> str:
    """Return Textual's name of a key that may be given as its character: ? is question_mark."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace(" ", "_").replace("-", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
