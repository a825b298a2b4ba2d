"""The number typed before a motion: the 5 of 5j, the 12 of 12G."""


class Count:
    """Digits that were typed and not used yet."""

    def __init__(self) -> None:
        self.digits = ""

    def add(self, digit: str) -> None:
        """Add a digit; a zero alone is none."""
        if self.digits or digit != "0":
            self.digits += digit

    def take(self) -> int | None:
        """Return the number and forget it; None where none was typed."""
        digits, self.digits = self.digits, ""
        return int(digits[:9]) if digits else None
