"""The names in a BibTeX `author` field."""

import re

from paperreader.formats.bibtex.latex_text import printed
from paperreader.papers.names import display_name, is_suffix

_MARK = re.compile(r"(?<!\\)[{}]|(?:\s+and)+\s+|[,;]", re.IGNORECASE)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s*al\.?)", re.IGNORECASE)
_PART = re.compile(r"\s*(family|given|prefix|suffix)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)


def people(told: str) -> tuple[str, ...]:
    """Return the names of an `author` field as they are shown, without "and others"."""
    names = _split(f" {told.strip()} ", "and")
    if len(names) == 1:
        names = _without_and(names[0])
    shown = (_shown(name.strip()) for name in names if not _OTHERS.fullmatch(name.strip()))
    return tuple(name for name in shown if name)


def _split(told: str, mark: str) -> list[str]:
    """Split at `mark` where it stands outside all braces."""
    pieces: list[str] = []
    depth = start = 0
    for match in _MARK.finditer(told):
        found = match.group()
        if found == "{":
            depth += 1
        elif found == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and found.split()[0].lower() == mark:
            pieces.append(told[start : match.start()])
            start = match.end()
    return [*pieces, told[start:]]


def _without_and(told: str) -> list[str]:
    """Split a list of names that are parted by other marks, against the grammar."""
    by_semicolon = [name for name in _split(told, ";") if name.strip()]
    if len(by_semicolon) > 1:
        return by_semicolon
    parts = [part.strip() for part in _split(told, ",")]
    if len(parts) < 3 or any(is_suffix(part) for part in parts):
        return [told]
    if all(" " in part for part in parts):
        return parts
    if len(parts) % 2 == 0:
        return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    return [told]


def _shown(name: str) -> str:
    parts = _split(name, ",")
    keyed = [match for part in parts if (match := _PART.fullmatch(part))]
    if len(keyed) == len(parts):  # "family=Beethoven, given=Ludwig, prefix=van"
        by_key = {match.group(1).lower(): match.group(2).strip() for match in keyed}
        order = ("given", "prefix", "family", "suffix")
        return _plain(" ".join(by_key[key] for key in order if key in by_key))
    if len(parts) == 1:
        return _plain(name)
    # A comma that braces protect is no comma of the grammar.
    return display_name(", ".join(_plain(part).replace(",", "") for part in parts))


def _plain(told: str) -> str:
    return " ".join(printed(told).split())
