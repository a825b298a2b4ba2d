"""What the documents name is there."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "paperreader/README.md", "tests/README.md", ".github/CONTRIBUTING.md"]


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    links = re.findall(r"\]\(([^)#:]+)\)", text(document))
    assert links
    assert [link for link in links if not (folder / link).exists()] == []


def test_the_modules_that_are_named_exist() -> None:
    names = set(re.findall(r"`((?:\w+/)*\w+\.py)`", text("paperreader/README.md")))
    assert len(names) > 20
    roots = [ROOT / "paperreader", ROOT]
    assert [name for name in names if not any((root / name).exists() for root in roots)] == []


def test_the_commands_of_the_tests_can_be_run() -> None:
    modules = set(re.findall(r"python -m (tests[\w.]+)", text("tests/README.md")))
    assert len(modules) > 10
    assert [module for module in modules if find_spec(module) is None] == []
