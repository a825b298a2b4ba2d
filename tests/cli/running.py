"""How tests run a command in a library of their own."""

from collections.abc import Callable
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"

# Takes the words of a command; returns its exit code, standard output and standard error.
Run = Callable[..., tuple[int, str, str]]
