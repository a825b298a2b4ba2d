"""The long trials in short: their commands work, and nothing goes wrong in a few steps."""

import pytest

from tests.torture import hostile_papers, model, openings


def test_two_processes_see_what_the_model_says() -> None:
    model.torture(0, 60)
    assert model.Processes.actions >= 60


@pytest.mark.parametrize("name", ["emph", "lines", "links"])
def test_a_hostile_paper_is_added_read_and_exported(name: str) -> None:
    assert hostile_papers.try_one(name, 3_000)


def test_opening_again_and_again_leaves_no_file_open() -> None:
    assert not [wrong for wrong in openings.torture(20) if "files" in wrong or "disk" in wrong]
