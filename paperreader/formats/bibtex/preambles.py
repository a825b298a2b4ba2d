"""The preambles of a BibTeX file: LaTeX that defines the commands that its entries use."""

import re
from collections.abc import Iterable

_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator"
    r"|[gex]?def|let|font)(?![A-Za-z])\*?\s*\{?\s*(\\(?:[A-Za-z@]+|[^A-Za-z\s]))"
)
_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|[^A-Za-z\s])")
_REMARK = re.compile(r"(?<!\\)%[^\n]*(?:\n\s*|$)")
_MOST = 100


class Preambles:
    """The preambles read so far, without TeX's comments, at most 100."""

    def __init__(self) -> None:
        self._commands: dict[str, frozenset[str]] = {}

    def add(self, latex: str) -> None:
        """Add the text of a preamble."""
        plain = " ".join(_REMARK.sub("", latex).split())
        if len(self._commands) < _MOST:
            self._commands.setdefault(plain, frozenset(_DEFINITION.findall(plain)))

    def needed_by(self, values: Iterable[str]) -> str:
        """Return those that define what the values use, or what they use themselves.

        They are in the order of the file, with an empty line between them.
        """
        if not self._commands:
            return ""
        used = {command for value in values for command in _COMMAND.findall(value)}
        needed: set[str] = set()
        while more := {p for p, own in self._commands.items() if own & used} - needed:
            needed |= more
            used.update(command for latex in more for command in _COMMAND.findall(latex))
        return "\n\n".join(latex for latex in self._commands if latex in needed)
