"""Encode a paper as a JSON object and decode it: for the store and for JSON lines.

The names of the object are the names of `Paper`'s fields. Every field of the dataclass is covered
by the rule for its type, so a new field needs nothing here.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from paperreader.papers.paper import BibEntry, Link, LinkKind, Paper

# SQLite stores integers below this.
_LARGEST = 2**63
_KINDS = {str(kind): kind for kind in LinkKind}


class WrongType(ValueError):
    """A value of the wrong type: the `name` of its field, and the type that is `wanted`."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"“{name}” has to be {wanted}")
        self.name = name
        self.wanted = wanted


def to_object(paper: Paper) -> dict[str, Any]:
    """Return the non-empty fields of `paper` as JSON values, in their order.

    A count of 0 is a value; an unknown count is None.
    """
    encoded: dict[str, Any] = {}
    for name, encode in _ENCODERS:
        value = getattr(paper, name)
        if value or (value == 0 and value is not False):
            encoded[name] = encode(value)
    return encoded


def from_object(value: Mapping[str, Any]) -> Paper:
    """Return the paper of an object that `to_object` made; missing or null fields are empty.

    Unknown names are ignored, so that files of a newer version can be read. Nothing is cleaned.
    Raises `WrongType`.
    """
    values: dict[str, Any] = {"title": ""}
    for name, each in value.items():
        if each is not None and (known := _DECODERS.get(name)):
            decode, wanted = known
            try:
                values[name] = decode(each)
            except TypeError as error:
                raise WrongType(name, wanted) from error
    return Paper(**values)


def decoder(kind: Any) -> tuple[Callable[[Any], Any], str]:
    """Return a decoder of JSON values to `kind`, raising `TypeError`, and the name of `kind`."""
    return _TYPES[kind][1:]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_text, value))


def _mapping(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError
    return {name: _text(each) for name, each in value.items()}


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _LARGEST:
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _links(value: object) -> tuple[Link, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_link, value))


def _link(value: object) -> Link:
    if isinstance(value, list) and len(value) == 2:  # as in libraries of schema 1
        kind, url = value
    elif isinstance(value, dict):
        kind, url = value.get("kind"), value.get("url")
    else:
        raise TypeError
    known = _KINDS.get(kind) if isinstance(kind, str) else None
    return Link(known, _text(url)) if known else Link.of(_text(url))


def _entries(value: object) -> tuple[BibEntry, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_entry, value))


def _entry(value: object) -> BibEntry:
    if not isinstance(value, dict):
        raise TypeError
    kind, fields = value.get("kind", ""), value.get("fields", {})
    return BibEntry(_text(value.get("key")), _text(kind), _mapping(fields))


def _entry_objects(entries: tuple[BibEntry, ...]) -> list[dict[str, Any]]:
    return [{"key": each.key, "kind": each.kind, "fields": dict(each.fields)} for each in entries]


def _plain(value: Any) -> Any:
    return value


def _link_objects(links: tuple[Link, ...]) -> list[dict[str, str]]:
    return [{"kind": link.kind.value, "url": link.url} for link in links]


# For every type of field: its encoder, its decoder, and its name in error messages.
_TYPES: dict[Any, tuple[Callable[[Any], Any], Callable[[Any], Any], str]] = {
    str: (_plain, _text, "a text"),
    bool: (_plain, _truth, "true or false"),
    int: (_plain, _number, "a whole number"),
    int | None: (_plain, _number, "a whole number"),
    tuple[str, ...]: (list, _texts, "a list of texts"),
    tuple[Link, ...]: (_link_objects, _links, "a list of objects with kind and url"),
    tuple[BibEntry, ...]: (
        _entry_objects,
        _entries,
        "a list of objects with key, kind and fields",
    ),
    Mapping[str, str]: (dict, _mapping, "an object of texts"),
}
_ENCODERS = tuple((field.name, _TYPES[field.type][0]) for field in fields(Paper))
_DECODERS = {field.name: _TYPES[field.type][1:] for field in fields(Paper)}
