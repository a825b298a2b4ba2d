"""What the parts of the screen tell the screen."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Said(Message):
    """A word for the status line about what was just done."""

    text: str


@dataclass
class Failed(Message):
    """Something could not be done; the error says what, why, and what to do."""

    error: Exception


@dataclass
class Changed(Message):
    """The state of papers changed: counts are old now, and the `order` perhaps too."""

    order: bool = False
