from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.settings import Settings
from paperreader.tui.app import PaperReaderApp
from paperreader.tui.commands import COMMANDS, Command, Where, markdown
from paperreader.tui.keymap import checked, clashes, is_key
from paperreader.tui.main import main_screen
from paperreader.tui.main.main_screen import MainScreen
from paperreader.tui.triage import Triage
from tests.tui.driving import press, reading, shown

ROOMS = {
    **main_screen.ROOMS,
    "screen": MainScreen,
    "app": PaperReaderApp,
    "triage": Triage,
}


def command(name: str, keys: str, where: Where) -> Command:
    return Command(name, keys, name, name, "", "list", "Move", where)


COMMANDS_HERE = (
    command("one", "a", Where.LIST),
    command("two", "b,B", Where.LIST),
    command("three", "a", Where.ABSTRACT),
    command("four", "q", Where.TOP),
    command("five", "q", Where.BEYOND | Where.ABSTRACT),
)


@pytest.mark.parametrize(
    "key", ["a", "G", "?", "question_mark", "/", "+", "ctrl+d", "shift+up", "f5", "space", "é"]
)
def test_keys(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize("key", ["", "aa", "ctrl+", "control+a", "f99", "shift+nothing"])
def test_no_keys(key: str) -> None:
    assert not is_key(key)


def test_keys_are_taken_over() -> None:
    assert checked({"one": "x", "three": "b"}, COMMANDS_HERE) == ({"one": "x", "three": "b"}, [])


def test_two_actions_may_swap_their_keys() -> None:
    assert checked({"one": "b", "two": "a"}, COMMANDS_HERE) == ({"one": "b", "two": "a"}, [])


def test_an_unknown_action_is_said_with_a_near_one() -> None:
    keymap, problems = checked({"thre": "x"}, COMMANDS_HERE)
    assert not keymap
    assert problems == ["there is no action “thre”; is it three?"]


def test_a_key_that_is_none_is_said() -> None:
    assert checked({"one": "x,foo"}, COMMANDS_HERE) == ({}, ["“foo” is not a key (one)"])


def test_a_clash_is_said_once_and_not_taken_over() -> None:
    keymap, problems = checked({"one": "B"}, COMMANDS_HERE)
    assert not keymap
    assert problems == ["“B” is the key of two already; one keeps its own"]


def test_a_key_may_do_two_things_that_are_never_possible_at_once() -> None:
    taken = checked({"five": "a"}, COMMANDS_HERE)[1]
    assert taken == ["“a” is the key of one already; five keeps its own"]
    assert checked({"four": "x", "five": "x"}, COMMANDS_HERE) == ({"four": "x", "five": "x"}, [])
    assert checked({"three": "a"}, COMMANDS_HERE) == ({"three": "a"}, [])


def test_our_own_keys_do_not_clash() -> None:
    assert not list(clashes(COMMANDS, {}))
    names = [command.name for command in COMMANDS]
    assert len(names) == len(set(names))
    defaults = {command.name: command.keys for command in COMMANDS}
    assert checked(defaults) == (defaults, [])


def test_a_real_clash_is_found() -> None:
    [(key, *both)] = clashes(COMMANDS, {"paper.done": "b"})
    assert key == "b"
    assert {command.name for command in both} == {"paper.bookmark", "paper.done"}


@pytest.mark.asyncio
async def test_commands_are_possible_where_the_table_says(library: Library) -> None:
    steps = {
        Where.TOP: (),
        Where.BEYOND: ("/", *"sampl", "enter"),
        Where.ABSTRACT: ("enter",),
        Where.SEARCH: ("/",),
        Where.TRIAGE: ("escape", "T"),
    }
    async with reading(library) as pilot:
        for where, keys in steps.items():
            await press(pilot, "escape", "escape", "escape", *keys)
            active = pilot.app.screen.active_bindings.values()
            possible = {entry.binding.id for entry in active if entry.enabled and entry.binding.id}
            meant = {command.name for command in COMMANDS if where in command.where}
            assert possible - meant == set(), where
            assert meant - possible == set(), where


@pytest.mark.asyncio
async def test_settings_remap_keys_and_mistakes_are_told_once(library: Library) -> None:
    settings = Settings(keys={"paper.bookmark": "B", "nothing.such": "y"}, theme="sepia")
    async with reading(library, settings=settings) as pilot:
        assert "no action “nothing.such”" in shown(pilot)
        assert "no theme “sepia”" in shown(pilot)
        await press(pilot, "b", "j")
        assert "Reading list 0" in shown(pilot)
        await press(pilot, "B")
        assert "Reading list 1" in shown(pilot)
        assert "B later" in shown(pilot) or "z undoes" in shown(pilot)


def test_every_command_has_an_action_where_the_table_says() -> None:
    for command in COMMANDS:
        name = command.action.partition("(")[0]
        assert hasattr(ROOMS[command.room], f"action_{name}"), command.name


def test_the_readme_holds_the_table() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert markdown() in text
