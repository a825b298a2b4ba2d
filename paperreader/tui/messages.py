"""What the parts of the screen tell the screen.

Messages are plain classes: a dataclass takes a millisecond to make, which a start can feel.
"""

from textual.message import Message


class Said(Message):
    """A word for the status line about what was just done."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Failed(Message):
    """Something could not be done; the error says what, why, and what to do."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class StillFailing(Message):
    """Something that is tried again and again by itself failed: said once, not each time."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Changed(Message):
    """The state of papers changed: counts are old now, and the `order` perhaps too."""

    def __init__(self, *, order: bool = False) -> None:
        super().__init__()
        self.order = order
