from pathlib import Path

import pytest
from textual.binding import Binding

from paperreader.library.library import Library
from paperreader.settings import Settings
from paperreader.tui.keymap import checked, is_key
from paperreader.tui.places_of_keys import PLACES
from tests.tui.driving import press, reading, shown

GROUPS = (
    [Binding("a", "one", id="one"), Binding("b,B", "two", id="two")],
    [Binding("a", "three", id="three")],
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
    assert checked({"one": "x", "three": "b"}, GROUPS) == ({"one": "x", "three": "b"}, [])


def test_two_actions_may_swap_their_keys() -> None:
    assert checked({"one": "b", "two": "a"}, GROUPS) == ({"one": "b", "two": "a"}, [])


def test_an_unknown_action_is_said_with_a_near_one() -> None:
    keymap, problems = checked({"thre": "x"}, GROUPS)
    assert not keymap
    assert problems == ["there is no action “thre”; is it three?"]


def test_a_key_that_is_none_is_said() -> None:
    assert checked({"one": "x,foo"}, GROUPS) == ({}, ["“foo” is not a key (one)"])


def test_a_clash_is_said_once_and_not_taken_over() -> None:
    keymap, problems = checked({"one": "B"}, GROUPS)
    assert not keymap
    assert problems == ["“B” is the key of two already; one keeps its own"]


def test_our_own_keys_do_not_clash() -> None:
    everything = {
        binding.id: binding.key
        for place in PLACES
        for binding in place
        if isinstance(binding, Binding) and binding.id
    }
    inner = {"pane.back", "list.down"}
    for place in PLACES:
        names = [b.id for b in place if isinstance(b, Binding)]
        assert len(names) == len(set(names))
        assert all(names)
    assert inner <= set(everything)


@pytest.mark.asyncio
async def test_settings_remap_keys_and_mistakes_are_told_once(library: Library) -> None:
    settings = Settings(keys={"paper.bookmark": "x", "nothing.such": "y"}, theme="sepia")
    async with reading(library, settings=settings) as pilot:
        assert "no action “nothing.such”" in shown(pilot)
        assert "no theme “sepia”" in shown(pilot)
        await press(pilot, "b", "j")
        assert "Reading list 0" in shown(pilot)
        await press(pilot, "x")
        assert "Reading list 1" in shown(pilot)
        assert "x later" in shown(pilot) or "z undoes" in shown(pilot)


def test_the_readme_names_every_action() -> None:
    told = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split()
    named = {b.id for place in PLACES for b in place if isinstance(b, Binding) and b.id}
    assert not named - set(told)
